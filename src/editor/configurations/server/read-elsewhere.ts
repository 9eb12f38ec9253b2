import type { Run } from '../../../analysis/run.ts';
import { folderOf, isBelow } from '../../../text/path.ts';

const absoluteInclude = /^[ \t]*Include(?:Optional)?[ \t]+["']?(\/[^"'\s;]+)/gim;

/**
 * An include of a copy for which the server program reads files of this machine, and not those of the workspace that have their place
 * here. Undefined where it reads what is seen.
 * @param realPath of a folder: one may be a link to the other
 */
export function readElsewhere(
  { files, included }: Pick<Run['project'], 'files' | 'included'>,
  realPath: (folder: string) => string,
): string | undefined {
  for (const { document } of files.values()) {
    for (const [, pattern = ''] of document.text.matchAll(absoluteInclude)) {
      const folder = realPath(folderOf(pattern.replace(/[*?[].*$/s, '')));
      if (included(pattern)?.some((file) => !isBelow(realPath(folderOf(file)), folder))) return pattern;
    }
  }
  return undefined;
}
