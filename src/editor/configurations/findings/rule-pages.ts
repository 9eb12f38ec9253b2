import {
  type Disposable,
  type ExtensionContext,
  commands as editorCommands,
  languages as editorLanguages,
  Uri,
  window,
  workspace,
} from 'vscode';
import { commands, diagnosticSource, section, settings } from '../../ids.ts';
import { registerCommand } from '../../register.ts';

/** Opens a rule's page, rendered. The pages lie in the package, so no network is needed. */
export function registerRulePages(context: ExtensionContext): Disposable {
  return registerCommand(commands.showRulePage, async (rule?: string) => {
    const id = rule ?? (await pickRule(context));
    if (id === undefined) return;
    // The id comes from a link, which anybody can write: only that of a page becomes a path.
    if (!(await rulePages(context.extensionUri)).has(id)) {
      void window.showInformationMessage(`There is no page for the rule "${id}". Its message says what to do.`);
      return;
    }
    await editorCommands.executeCommand('markdown.showPreview', rulePage(context.extensionUri, id));
  });
}

function rulePage(extension: Uri, rule: string): Uri {
  return Uri.joinPath(extension, 'docs', 'rules', `${rule}.md`);
}

let pages: Promise<ReadonlySet<string>> | undefined;

/** Ids of the rules that have a page. */
export function rulePages(extension: Uri): Promise<ReadonlySet<string>> {
  pages ??= listPages(Uri.joinPath(extension, 'docs', 'rules'));
  return pages;
}

async function listPages(folder: Uri): Promise<ReadonlySet<string>> {
  const entries = await workspace.fs.readDirectory(folder);
  return new Set(entries.flatMap(([name]) => /^([a-z0-9-]+)\.md$/.exec(name)?.[1] ?? []));
}

async function pickRule({ extension, extensionUri }: ExtensionContext): Promise<string | undefined> {
  const titles = ruleTitles(extension.packageJSON);
  const existing = await rulePages(extensionUri);
  const here = rulesAtCursor().filter((rule) => existing.has(rule));
  const ids = [...new Set([...here, ...[...existing].sort()])];
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
