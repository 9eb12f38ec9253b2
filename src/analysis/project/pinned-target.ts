import { type Files, isUnreadable } from '../../host/host.ts';
import type { Language, VersionRange } from '../../languages/language.ts';
import { foldersAround, pathIn } from '../../text/path.ts';
import { compareVersions } from '../../text/version.ts';
import type { Target, VersionOrigin } from '../../tls/target.ts';
import { decodeText, maximumFileSize } from './decode.ts';

/** Folders above that are looked into, where nothing says that the project ends before. */
const mostFolders = 8;

/**
 * The target with the version that files of the project itself name (`requirements.txt`), in its folder or the nearest one above.
 * A version that was asked for goes before them; that of a distribution does not, which the project need not run.
 */
export async function pinnedTarget(
  entry: string,
  language: Language,
  { files, target, root }: { readonly files: Files; readonly target: Target; readonly root?: string | undefined },
): Promise<Target> {
  const { id, pins } = language;
  if (!pins || target.origins?.[id]?.label === '') return target;
  for (const folder of foldersAround(entry).slice(0, mostFolders)) {
    const names = await namesIn(folder, files);
    const pin = await pinIn(folder, names, pins, files);
    if (pin !== undefined) return withPin(pin, target, id);
    if (folder === root || names.includes('.git')) break;
  }
  return target;
}

interface Pin extends VersionRange {
  /** The file that says so, seen from its project. */
  readonly file: string;
}

/** What a file says that names one version goes before what others leave open. */
async function pinIn(
  folder: string,
  names: readonly string[],
  { rank, read }: NonNullable<Language['pins']>,
  files: Files,
): Promise<Pin | undefined> {
  const ranked = names.flatMap((file) => {
    const place = rank(file);
    return place === undefined ? [] : [{ file, place }];
  });
  ranked.sort((a, b) => a.place - b.place || (a.file < b.file ? -1 : 1));
  const found: Pin[] = [];
  for (const { file } of ranked) {
    const bytes = await files.read(pathIn(folder, file), maximumFileSize);
    const range = isUnreadable(bytes) ? undefined : read(file, decodeText(bytes));
    if (range === undefined) continue;
    if (range.lowest === range.highest) return { ...range, file };
    found.push({ ...range, file });
  }
  return found[0];
}

/** Names in a folder, and paths in that of its requirements. */
async function namesIn(folder: string, files: Files): Promise<readonly string[]> {
  const entries = await files.list(folder);
  if (isUnreadable(entries)) return [];
  const names = entries.map(({ name }) => name);
  const inner = entries.find(({ name, kind }) => name === 'requirements' && kind !== 'file');
  const parts = inner && (await files.list(pathIn(folder, inner.name)));
  return parts === undefined || isUnreadable(parts)
    ? names
    : [...names, ...parts.map(({ name }) => `requirements/${name}`)];
}

function withPin({ lowest, highest, file }: Pin, target: Target, id: Language['id']): Target {
  const of = (version: string, origin: VersionOrigin): Target => ({
    ...target,
    [id]: version,
    origins: { ...target.origins, [id]: origin },
  });
  if (lowest === highest) return of(lowest, { label: file });
  if (compareVersions(target[id], lowest) < 0)
    return of(lowest, { label: `the oldest that ${file} takes`, assumed: true });
  if (highest !== undefined && compareVersions(target[id], highest) > 0)
    return of(highest, { label: `the newest that ${file} takes`, assumed: true });
  return target;
}
