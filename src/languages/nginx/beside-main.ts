import { remember } from '../../memory/remember.ts';
import type { Project } from '../language.ts';
import { isMain } from './context.ts';
import type { NginxFile } from './parse/file.ts';

/** Folders that hold parts of a configuration, whose main file lies beside them. */
const folderOfParts =
  /\/(?:sites-(?:available|enabled)|conf\.d|snippets|includes|(?:http|stream|default)\.d)\/(?=[^/]*$)/;

/**
 * Where the main file lies, from which relative paths count: that of a part which nothing includes here, as a site before it is
 * enabled, too.
 */
export function besideMain(entry: string, files: ReadonlyMap<string, NginxFile>): string {
  const main = entry.replace(folderOfParts, '/');
  const file = main === entry ? undefined : files.get(entry);
  return file !== undefined && isMain(file) ? entry : main;
}

export const mainFile = remember(({ entry, files }: Project<NginxFile>) => besideMain(entry, files));
