import { type Files, isUnreadable } from '../host/host.ts';
import type { Language, Project } from '../languages/language.ts';
import { folderOf } from '../text/path.ts';
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

/** The project of the first candidate that includes `file`, or undefined where none does. */
export function gatherFromMain(
  file: string,
  candidates: readonly string[],
  language: Language,
  optionsFor: (entry: string) => GatherOptions,
): Promise<Gathered | undefined> {
  return gatherMain(candidates, language, optionsFor, ({ files }) => files.has(file));
}

/** The first candidate that is a whole configuration, and fits. */
export async function gatherMain(
  candidates: readonly string[],
  language: Language,
  optionsFor: (entry: string) => GatherOptions,
  fits: (project: Project) => boolean = () => true,
): Promise<Gathered | undefined> {
  for (const candidate of candidates) {
    const options = optionsFor(candidate);
    const info = await options.files.stat(candidate);
    if (isUnreadable(info) || info.size > maximumFileSize) continue;
    const bytes = await options.files.read(candidate);
    if (isUnreadable(bytes)) continue;
    const gathered = await gather(candidate, decodeText(bytes), language, options);
    if (gathered.project.complete && fits(gathered.project)) return gathered;
  }
  return undefined;
}
