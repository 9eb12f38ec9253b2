import { type Files, isUnreadable } from '../../host/host.ts';
import type { Language, VersionRange } from '../../languages/language.ts';
import { baseName, foldersAround, pathIn } from '../../text/path.ts';
import { compareVersions } from '../../text/version.ts';
import { isAssumed, type Target, type VersionOrigin } from '../../tls/target.ts';
import { decodeText, maximumFileSize } from './decode.ts';

/** What folders say of versions, for a run that asks for many files of the same ones. */
export type PinMemo = Map<string, Promise<Said>>;

interface Said {
  readonly pin: Pin | undefined;
  /** A repository begins here. */
  readonly isTop: boolean;
}

/** Folders above that are looked into, where nothing says that the project ends before. */
const mostFolders = 8;

/**
 * The target with the version that files of the project itself name (`requirements.txt`), in its folder or the nearest one above.
 * A version that was asked for goes before them; that of a distribution does not, which the project need not run.
 */
export async function pinnedTarget(
  entry: string,
  language: Language,
  { files, target, root, pins: memo }: PinOptions,
): Promise<Target> {
  const { id, pins } = language;
  if (!pins || isAskedFor(language, target)) return target;
  for (const folder of foldersAround(entry).slice(0, mostFolders)) {
    const key = `${id}:${folder}`;
    const asked = memo?.get(key) ?? saidIn(folder, pins, files);
    memo?.set(key, asked);
    const { pin, isTop } = await asked;
    if (pin !== undefined) return withPin(pin, target, language);
    if (folder === root || isTop) break;
  }
  return target;
}

interface PinOptions {
  readonly files: Files;
  readonly target: Target;
  readonly root?: string | undefined;
  readonly pins?: PinMemo | undefined;
}

/** The target of a configuration that stands in a text which may name the version as well (Docker Compose). */
export function pinnedBeside(text: string, file: string, language: Language, target: Target): Target {
  const pin = isAskedFor(language, target) ? undefined : language.pins?.read(file, text);
  return pin ? withPin({ ...pin, file: baseName(file) }, target, language) : target;
}

/** Its version was, or what files name was named itself: an image. */
function isAskedFor({ id, pins }: Language, target: Target): boolean {
  if (target.origins?.[id]?.label === '') return true;
  return pins?.build !== undefined && target.distribution?.id === pins.build.distribution?.id && !isAssumed(id, target);
}

async function saidIn(folder: string, pins: NonNullable<Language['pins']>, files: Files): Promise<Said> {
  const names = await namesIn(folder, files);
  return { pin: await pinIn(folder, names, pins, files), isTop: names.includes('.git') };
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

function withPin({ lowest, highest, file }: Pin, target: Target, { id, pins }: Language): Target {
  const of = (version: string, origin: VersionOrigin): Target => ({
    ...target,
    ...pins?.build,
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
