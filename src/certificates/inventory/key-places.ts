import { type Files, isUnreadable } from '../../host/host.ts';
import { type TrackedFiles, trackedFilesAround } from './git-index.ts';
import type { KeyRecord } from './records.ts';

/** Who may come at a key file by where it lies. */
export interface KeyPlace {
  /** A folder above it keeps other users out, whatever the file's own mode. */
  readonly closed: boolean;
  readonly tracked: boolean;
  /** A folder above it that web servers usually serve. */
  readonly documentRoot: string | undefined;
}

/** Names that mean a served folder wherever they stand; `public` and `html` need a page in it. */
const certainRoots = /^(?:public_html|htdocs|wwwroot|docroot|webroot|document-?root)$/i;
const likelyRoots = /^(?:public|html|www|web|site|_site|static)$/i;
const pages = ['index.html', 'index.htm', 'index.php'];

/** Looks at the folders above key files; nothing rejects, and what cannot be told is no place to worry about. */
export async function placesOf(
  keys: readonly Pick<KeyRecord, 'file'>[],
  files: Files,
): Promise<ReadonlyMap<string, KeyPlace>> {
  const closed = remember((folder) => isClosed(folder, files));
  const served = remember((folder) => isServed(folder, files));
  const repositories = remember((folder) => trackedFilesAround(folder, files));
  const places = new Map<string, KeyPlace>();
  for (const { file } of keys) {
    if (places.has(file)) continue;
    const above = foldersAbove(file);
    places.set(file, {
      closed: await some(above, closed),
      tracked: isTracked(file, await repositories(above[0] ?? '')),
      documentRoot: await find(above, served),
    });
  }
  return places;
}

/** `/a/b/c` lies in `/a/b` and `/a`, the nearest first. */
function foldersAbove(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/')).filter((folder) => folder !== '');
}

/** POSIX: without the right to search a folder, nothing below it can be opened. */
async function isClosed(folder: string, files: Files): Promise<boolean> {
  const info = await files.stat(folder);
  return !isUnreadable(info) && info.mode !== undefined && (info.mode & 0o001) === 0;
}

async function isServed(folder: string, files: Files): Promise<boolean> {
  const name = folder.slice(folder.lastIndexOf('/') + 1);
  if (certainRoots.test(name)) return true;
  if (!likelyRoots.test(name)) return false;
  const found = await Promise.all(pages.map((page) => files.stat(`${folder}/${page}`)));
  return found.some((info) => !isUnreadable(info));
}

function isTracked(file: string, repository: TrackedFiles | undefined): boolean {
  return repository?.paths.has(file.slice(repository.root.length + 1)) === true;
}

async function find(folders: readonly string[], test: (folder: string) => Promise<boolean>) {
  for (const folder of folders) if (await test(folder)) return folder;
  return undefined;
}

async function some(folders: readonly string[], test: (folder: string) => Promise<boolean>): Promise<boolean> {
  return (await find(folders, test)) !== undefined;
}

/** Many keys lie in one folder. */
function remember<T>(ask: (folder: string) => Promise<T>): (folder: string) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (folder) => {
    const known = answers.get(folder) ?? ask(folder);
    answers.set(folder, known);
    return known;
  };
}
