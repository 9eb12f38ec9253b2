import { readFile } from 'node:fs/promises';
import { AcmeProblem } from '../client/problem.ts';
import { errorCode } from './atomic.ts';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
  EISDIR: 'it is a folder',
};

/** The text of a file that the plan names; undefined where there is none. @throws AcmeProblem of type `file-unreadable` */
export async function readNamedFile(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new AcmeProblem(
      'file-unreadable',
      `${path} cannot be read: ${reasons[code] ?? code}. Let this user read it, or correct its path in the plan.`,
      { cause: error },
    );
  }
}
