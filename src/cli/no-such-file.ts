import { isListed } from '../analysis/project/expand.ts';
import type { Files, Unreadable } from '../host/host.ts';
import { cannotRead, UsageError } from './io.ts';

/** That a path of the command line cannot be looked at: `ls` shows a link that leads nowhere. */
export async function noSuchFile(path: string, info: Unreadable, files: Files): Promise<UsageError> {
  if (info.error !== 'missing' || !(await isListed(path, files))) return cannotRead(info);
  return new UsageError(`${path} is a link that leads nowhere. Put its file there, or name another one.`);
}
