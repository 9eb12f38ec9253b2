import { type Disposable, commands as editorCommands, type QuickPickItem, Uri, window } from 'vscode';
import { commands } from './ids.ts';
import { registerCommand } from './register.ts';

/** A page of the package; the rules have a list of their own. */
const pages: readonly (QuickPickItem & { readonly file?: string })[] = [
  { label: 'Rules', detail: 'What each finding means, what the server really does, how to mend it' },
  {
    label: 'Settings',
    detail: 'The lint section of tls-workbench.yaml, targets, profiles of your own, comments in configurations',
    file: 'docs/settings.md',
  },
  { label: 'JSON', detail: 'What the command line prints with --format json', file: 'docs/json.md' },
];

/** `TLS: Show Documentation…`: VS Code follows no link from an extension’s page to a file of the package. */
export function registerDocumentation(extension: Uri): Disposable {
  return registerCommand(commands.showDocumentation, async () => {
    const page = await window.showQuickPick(pages, { title: 'Show documentation', placeHolder: 'About what?' });
    if (page === undefined) return;
    if (page.file === undefined) await editorCommands.executeCommand(commands.showRulePage);
    else await editorCommands.executeCommand('markdown.showPreview', Uri.joinPath(extension, page.file));
  });
}
