import { folderOf } from '../text/path.ts';

/** What a machine makes anew at each boot, or a service as it starts: nobody misses it before. */
const passing = /^\/(?:run|var\/(?:run|lock)|tmp|var\/tmp|dev|proc)(?:\/|$)/;

/**
 * The folder that has to be there for a server to make what a path names, where it is not among those seen before; undefined where it
 * makes itself, or is no folder of a disk.
 */
export function writableFolder(path: string, seen: Set<string>): string | undefined {
  if (!path.startsWith('/')) return undefined;
  const folder = folderOf(path.endsWith('/') ? path.replace(/\/+$/, '') : path);
  if (seen.has(folder)) return undefined;
  seen.add(folder);
  return folder === '/' || passing.test(folder) ? undefined : folder;
}
