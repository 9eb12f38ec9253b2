import { Uri, window, workspace } from 'vscode';
import { isBelow, relativePath } from '../../../text/path.ts';
import { extensionOf, isIgnored } from './gitignore-lines.ts';

/** Before the first key is written into a folder under version control: a key in a repository is a key for everybody. */
export async function offerGitignore(folder: string, keyFile: string): Promise<void> {
  if (!isBelow(keyFile, folder) || !(await exists(Uri.joinPath(Uri.file(folder), '.git')))) return;
  const file = Uri.joinPath(Uri.file(folder), '.gitignore');
  const text = await readOr(file, '');
  const path = relativePath(folder, keyFile);
  if (isIgnored(text, path)) return;
  const pattern = `*${extensionOf(path)}`;
  const add = { title: `Ignore ${pattern}` };
  // What leaving the question means: "Cancel" would seem to end the request.
  const leave = { title: 'Leave as It Is', isCloseAffordance: true };
  const chosen = await window.showWarningMessage(
    `The private key ${path} will be written into a folder under version control.`,
    { modal: true, detail: `Shall .gitignore get a line for it, so that it is not committed by accident?` },
    add,
    leave,
  );
  if (chosen !== add) return;
  const separator = text === '' || text.endsWith('\n') ? '' : '\n';
  const bytes = new TextEncoder().encode(`${text}${separator}# Private keys\n${pattern}\n`);
  await workspace.fs.writeFile(file, bytes);
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

async function readOr(uri: Uri, fallback: string): Promise<string> {
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(uri));
  } catch {
    return fallback;
  }
}
