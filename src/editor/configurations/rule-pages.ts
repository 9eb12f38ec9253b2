import { type Disposable, type ExtensionContext, commands as editorCommands, Uri, window, workspace } from 'vscode';
import { commands } from '../ids.ts';
import { registerCommand } from '../register.ts';

/** Opens a rule's page, rendered. The pages lie in the package, so no network is needed. */
export function registerRulePages(context: ExtensionContext): Disposable {
  return registerCommand(commands.showRulePage, async (rule?: string) => {
    const id = rule ?? (await pickRule(context.extensionUri));
    if (id === undefined) return;
    // The id comes from a link, which anybody can write: only a plain name may become a path.
    const page = /^[a-z0-9-]+$/.test(id) ? rulePage(context.extensionUri, id) : undefined;
    if (page === undefined || !(await exists(page))) {
      void window.showInformationMessage(`There is no page for the rule "${id}". Its message says what to do.`);
      return;
    }
    await editorCommands.executeCommand('markdown.showPreview', page);
  });
}

export function rulePage(extension: Uri, rule: string): Uri {
  return Uri.joinPath(extension, 'docs', 'rules', `${rule}.md`);
}

async function pickRule(extension: Uri): Promise<string | undefined> {
  const entries = await workspace.fs.readDirectory(Uri.joinPath(extension, 'docs', 'rules'));
  const rules = entries.map(([name]) => name).filter((name) => /^[a-z0-9-]+\.md$/.test(name));
  return window.showQuickPick(rules.map((name) => name.slice(0, -3)).sort(), {
    title: 'Show rule page',
    placeHolder: 'Rule to explain',
  });
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
