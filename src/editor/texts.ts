import { Uri, workspace } from 'vscode';
import { folderOf } from '../text/path.ts';
import { replaceText } from './convert.ts';
import { displayPath } from './uris.ts';

/** A file of the disk as the editor has it, unsaved changes included; undefined where there is none yet. */
export async function readText(file: string): Promise<string | undefined> {
  try {
    return (await workspace.openTextDocument(Uri.file(file))).getText();
  } catch {
    return undefined;
  }
}

/**
 * Through the editor, so that an open file with unsaved changes keeps them and the change can be undone.
 * @throws Error where it cannot be written: what reads the file next would miss the change
 */
export async function writeText(file: string, before: string | undefined, after: string): Promise<void> {
  const uri = Uri.file(file);
  if (before === undefined) {
    await workspace.fs.createDirectory(Uri.file(folderOf(file)));
    await workspace.fs.writeFile(uri, new TextEncoder().encode(after));
    return;
  }
  const document = await workspace.openTextDocument(uri);
  const isChanged = await workspace.applyEdit(replaceText(uri, before, after));
  if (isChanged && (await document.save())) return;
  throw new Error(`${displayPath(file)} could not be written. Make it writable, then try again.`);
}
