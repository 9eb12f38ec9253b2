import { type Files, isUnreadable } from '../host/host.ts';
import type { Language, Project } from '../languages/language.ts';
import { baseName, folderOf } from '../text/path.ts';
import { decodeText, maximumFileSize } from './decode.ts';
import { type Gathered, type GatherOptions, gather } from './gather.ts';

/** What packages and images call their main file. */
export const mainFileNames: Readonly<Record<Language['id'], readonly string[]>> = {
  nginx: ['nginx.conf', 'nginx.conf.template'],
  apache: ['apache2.conf', 'httpd.conf'],
};

/** Main files that lie beside or above a file, the nearest first, up to `root` or eight folders. */
export async function mainFilesAbove(
  file: string,
  language: Language,
  files: Files,
  root?: string,
): Promise<readonly string[]> {
  const found: string[] = [];
  let folder = folderOf(file);
  for (let level = 0; level < 8; level++) {
    for (const name of mainFileNames[language.id]) {
      const path = folder === '/' ? `/${name}` : `${folder}/${name}`;
      const info = await files.stat(path);
      if (!isUnreadable(info) && info.kind === 'file' && path !== file) found.push(path);
    }
    if (folder === '/' || folder === root) break;
    folder = folderOf(folder);
  }
  return found;
}

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
    const { files } = optionsFor(candidate);
    const link = await linkTo(file, gathered.project, files);
    if (link === undefined) continue;
    const links = new Map([[link, file]]);
    return gatherMain([candidate], language, (entry) => ({ ...optionsFor(entry), links }));
  }
  return undefined;
}

/** A file of the project that is a link to this one, called the same as those of `sites-enabled` are. */
async function linkTo(file: string, project: Project, files: Files): Promise<string | undefined> {
  const name = baseName(file);
  const called = [...project.files.keys()].filter((path) => baseName(path) === name);
  if (called.length === 0) return undefined;
  const real = await files.realPath(file);
  for (const path of called) if ((await files.realPath(path)) === real) return path;
  return undefined;
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
