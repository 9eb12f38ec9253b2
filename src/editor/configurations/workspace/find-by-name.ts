import { setTimeout as pause } from 'node:timers/promises';
import { CancellationTokenSource, FileType, Uri, workspace } from 'vscode';
import { baseName } from '../../../text/path.ts';
import { fileOf } from '../../uris.ts';

/** Milliseconds. A search that is there answers sooner. */
const patience = 1_500;

/** Folders that are looked into where nothing searches. */
const mostFolders = 300;

/** Where nobody offers a search, nobody will. */
let isSearched = true;

/** Files of the workspace with one of these names, those of the first name first: a search gives them in any order. */
export async function findByName(names: readonly string[], most: number): Promise<readonly string[]> {
  const roots = workspace.workspaceFolders?.map(({ uri }) => uri) ?? [];
  if (roots.length === 0 || names.length === 0) return [];
  // Where no file system of the workspace has a search, VS Code waits for one for ever.
  const isSure = roots.some(({ scheme }) => scheme === 'file');
  const found = isSure || isSearched ? await search(names, most, isSure) : undefined;
  isSearched = found !== undefined;
  const files = (found ?? (await walk(roots, new Set(names), most))).map(fileOf);
  const rank = (file: string) => names.indexOf(baseName(file));
  return files.sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1));
}

/** Undefined where nobody answers. */
async function search(names: readonly string[], most: number, isSure: boolean): Promise<readonly Uri[] | undefined> {
  const cancellation = new CancellationTokenSource();
  const found = workspace.findFiles(`**/{${names.join(',')}}`, '**/node_modules/**', most, cancellation.token);
  if (isSure) return found;
  const timer = new AbortController();
  const waited = pause(patience, undefined, { signal: timer.signal }).catch(() => undefined);
  const answer = await Promise.race([found, waited]);
  timer.abort();
  if (answer === undefined) cancellation.cancel();
  return answer;
}

/** The folders nearest to the roots first. */
async function walk(roots: readonly Uri[], names: ReadonlySet<string>, most: number): Promise<readonly Uri[]> {
  const found: Uri[] = [];
  const folders = [...roots];
  for (let index = 0; index < folders.length && index < mostFolders && found.length < most; index++) {
    const folder = folders[index] as Uri;
    const entries = await workspace.fs.readDirectory(folder).then(
      (read) => read,
      () => [],
    );
    for (const [name, type] of entries) {
      if ((type & FileType.Directory) !== 0) {
        if (name !== 'node_modules' && name !== '.git') folders.push(Uri.joinPath(folder, name));
      } else if (names.has(name)) found.push(Uri.joinPath(folder, name));
    }
  }
  return found.slice(0, most);
}
