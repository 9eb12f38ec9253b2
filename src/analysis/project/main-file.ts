import { type FileInfo, type Files, isUnreadable } from '../../host/host.ts';
import type { Language, Project } from '../../languages/language.ts';
import { baseName, folderOf, foldersAround, pathIn, resolvePath } from '../../text/path.ts';
import { decodeText, maximumFileSize } from './decode.ts';
import { type Gathered, type GatherOptions, gather } from './gather.ts';

/**
 * Main files that lie beside or above a file, the nearest first, up to `root` or eight folders; also in a `conf` beside the
 * folder of the file, as on Red Hat (`conf/httpd.conf`, `conf.d/ssl.conf`).
 */
export async function mainFilesAbove(
  file: string,
  language: Language,
  files: Files,
  root?: string,
): Promise<readonly string[]> {
  if (language.takenOverBy) return takersBeside(file, language.takenOverBy, files);
  const found: string[] = [];
  const own = folderOf(file);
  for (const around of foldersAround(file).slice(0, 8)) {
    const beside = pathIn(around, 'conf');
    const hasBeside = beside !== own && (await isKind('directory', beside, files));
    for (const folder of hasBeside ? [around, beside] : [around]) {
      for (const name of language.mainFileNames) {
        const path = pathIn(folder, name);
        if (path !== file && (await isKind('file', path, files))) found.push(path);
      }
    }
    if (around === root) break;
  }
  return found;
}

async function isKind(kind: FileInfo['kind'], path: string, files: Files): Promise<boolean> {
  const info = await files.stat(path);
  return !isUnreadable(info) && info.kind === kind;
}

/** Files in the same folder, and in the one around it, that may take over all of a file. */
async function takersBeside(
  file: string,
  { pattern, rank }: NonNullable<Language['takenOverBy']>,
  files: Files,
): Promise<readonly string[]> {
  const found: string[] = [];
  const own = folderOf(file);
  for (const folder of new Set([own, folderOf(own)])) {
    const entries = await files.list(folder);
    if (isUnreadable(entries)) continue;
    const paths = entries.filter(({ kind }) => kind === 'file').map(({ name }) => pathIn(folder, name));
    found.push(...paths.filter((path) => path !== file && pattern.test(path)).sort());
  }
  return found.sort((a, b) => rank(a) - rank(b)).slice(0, mostTakers);
}

/** More files than these in one folder are no settings. */
const mostTakers = 40;

/** The project of the first candidate that includes `file`, by its name or by a link to it, or undefined where none does. */
export async function gatherFromMain(
  file: string,
  candidates: readonly string[],
  language: Language,
  optionsFor: (entry: string) => GatherOptions,
): Promise<Gathered | undefined> {
  for (const candidate of candidates) {
    const gathered = await gatherMain([candidate], language, optionsFor);
    if (gathered === undefined) continue;
    if (gathered.project.files.has(file)) return gathered;
    const links = await linksFor(file, gathered.project, optionsFor(candidate).files);
    if (links === undefined) continue;
    return gatherMain([candidate], language, (entry) => {
      const options = optionsFor(entry);
      return { ...options, nameOf: (path) => links.get(path) ?? options.nameOf?.(path) ?? path };
    });
  }
  return undefined;
}

/**
 * Where a file of the project is a link to this one, called the same as those of `sites-enabled` are: that link, and with it
 * the others, so that each site has one name whichever of them is edited.
 */
async function linksFor(
  file: string,
  project: Project,
  files: Files,
): Promise<ReadonlyMap<string, string> | undefined> {
  const paths = [...project.files.keys()];
  const name = baseName(file);
  if (!paths.some((path) => baseName(path) === name)) return undefined;
  const real = await files.realPath(file);
  const reals = await Promise.all(paths.map((path) => files.realPath(path)));
  if (!reals.includes(real)) return undefined;
  const links = new Map<string, string>();
  for (const [index, path] of paths.entries()) {
    const target = reals[index] ?? path;
    if (target === real) links.set(path, file);
    else if (folderOf(target) === folderOf(real)) links.set(path, resolvePath(folderOf(file), baseName(target)));
  }
  return links;
}

/** The first candidate that is a whole configuration. */
export async function gatherMain(
  candidates: readonly string[],
  language: Language,
  optionsFor: (entry: string) => GatherOptions,
): Promise<Gathered | undefined> {
  for (const candidate of candidates) {
    const options = optionsFor(candidate);
    const info = await options.files.stat(candidate);
    if (isUnreadable(info) || info.size > maximumFileSize) continue;
    const bytes = await options.files.read(candidate);
    if (isUnreadable(bytes)) continue;
    const gathered = await gather(candidate, decodeText(bytes), language, options);
    if (gathered.project.complete) return gathered;
  }
  return undefined;
}
