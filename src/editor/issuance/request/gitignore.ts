import { Uri, window, workspace } from 'vscode';
import { foldersAround, isBelow, relativePath, resolvePath } from '../../../text/path.ts';
import { readText, writeText } from '../../texts.ts';
import { extensionOf, isIgnored } from './gitignore-lines.ts';

/** Before the first key is written into a folder under version control: a key in a repository is a key for everybody. */
export async function offerGitignore(folder: string, keyFile: string): Promise<void> {
  if (!isBelow(keyFile, folder)) return;
  const versioned = await foldersUnderVersionControl(folder);
  if (versioned.length === 0) return;
  // The nearest list that says something has the last word.
  for (const each of versioned) {
    const said = isIgnored((await readText(gitignoreOf(each))) ?? '', relativePath(each, keyFile));
    if (said === true) return;
    if (said === false) break;
  }
  const path = relativePath(folder, keyFile);
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
  // What is not saved of an open one stays, and is saved with it: the key comes next.
  const file = gitignoreOf(folder);
  const before = await readText(file);
  const separator = !before || before.endsWith('\n') ? '' : '\n';
  await writeText(file, before, `${before ?? ''}${separator}# Private keys\n${pattern}\n`);
}

function gitignoreOf(folder: string): string {
  return resolvePath(folder, '.gitignore');
}

/** The folder and those around it up to that of the repository, each of which may have a list; none where there is no repository. */
async function foldersUnderVersionControl(folder: string): Promise<readonly string[]> {
  const around = [folder, ...foldersAround(folder)];
  for (const [index, each] of around.entries()) {
    if (await exists(Uri.file(resolvePath(each, '.git')))) return around.slice(0, index + 1);
  }
  return [];
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
