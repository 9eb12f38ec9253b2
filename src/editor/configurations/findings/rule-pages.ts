import {
  type Disposable,
  type ExtensionContext,
  commands as editorCommands,
  languages as editorLanguages,
  Uri,
  window,
} from 'vscode';
import { commands, diagnosticSource, section, settings } from '../../ids.ts';
import { registerCommand } from '../../register.ts';
import { readRulePages, registerRulePageFiles, rulePageUri } from './rule-page-files.ts';

/** Opens a rule's page, rendered. The pages lie in the package, so no network is needed. */
export function registerRulePages(context: ExtensionContext): Disposable[] {
  const show = registerCommand(commands.showRulePage, async (rule?: string) => {
    const id = rule ?? (await pickRule(context));
    if (id === undefined) return;
    // The id comes from a link, which anybody can write.
    if (!(await readRulePages(context.extensionUri)).has(id)) {
      void window.showInformationMessage(`There is no page for the rule "${id}". Its message says what to do.`);
      return;
    }
    await editorCommands.executeCommand('markdown.showPreview', rulePageUri(id));
  });
  return [registerRulePageFiles(context.extensionUri), show];
}

async function pickRule({ extension, extensionUri }: ExtensionContext): Promise<string | undefined> {
  const titles = ruleTitles(extension.packageJSON);
  const existing = await readRulePages(extensionUri);
  const here = rulesAtCursor().filter((rule) => existing.has(rule));
  const ids = [...new Set([...here, ...existing.keys()])];
  const items = ids.map((id) => ({ label: id, description: titles[id] ?? '' }));
  const picked = await window.showQuickPick(items, {
    title: 'Show rule page',
    placeHolder: 'Rule to explain',
    matchOnDescription: true,
  });
  return picked?.label;
}

/** Rules of the findings that the cursor is in, or of its line where it is in none: mostly one of them is meant. */
function rulesAtCursor(): readonly string[] {
  const editor = window.activeTextEditor;
  if (editor === undefined) return [];
  const { active } = editor.selection;
  const found = editorLanguages
    .getDiagnostics(editor.document.uri)
    .flatMap(({ source, code, range }) =>
      source === diagnosticSource && typeof code === 'object' ? [{ rule: String(code.value), range }] : [],
    );
  const touched = found.filter(({ range }) => range.contains(active));
  const near = touched.length > 0 ? touched : found.filter(({ range }) => range.start.line === active.line);
  return near.map(({ rule }) => rule);
}

interface Manifest {
  readonly contributes: {
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Schema>> }[];
  };
}
interface Schema {
  readonly properties?: Readonly<Record<string, { readonly description: string }>>;
}

/** What each rule finds, as the setting of its severity says it. */
function ruleTitles({ contributes: { configuration } }: Manifest): Readonly<Record<string, string>> {
  const schema = configuration.flatMap(({ properties }) => properties[`${section}.${settings.rules}`] ?? [])[0];
  return Object.fromEntries(Object.entries(schema?.properties ?? {}).map(([id, { description }]) => [id, description]));
}

/** The page lies in the package, so that it opens without a network. */
export function rulePageLink(rule: string): Uri {
  return Uri.parse(`command:${commands.showRulePage}?${encodeURIComponent(JSON.stringify([rule]))}`);
}
