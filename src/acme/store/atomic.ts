import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { AcmeProblem } from '../client/problem.ts';
import {
  access,
  chmod,
  constants,
  lstat,
  mkdir,
  readdir,
  readFile,
  removeFile,
  rename,
  stat,
  sync,
  writeNewFile,
} from './files.ts';

/** A name beside `path` that nobody else uses. */
export function temporaryName(path: string): string {
  return `${path}.${randomBytes(6).toString('hex')}.tmp`;
}

/**
 * Whether a write must outlive a power cut (`durable`) or only the death of this process, which costs no waiting for the
 * disk.
 */
export type Durability = 'durable' | 'quick';

/** Writes a new file; the mode, and the owner where it is like another, holds from its first byte. @throws where the file exists already */
export async function writeNew(
  path: string,
  data: string | Uint8Array,
  mode: number,
  durability: Durability,
  like?: string,
): Promise<void> {
  await writeNewFile(path, data, mode, like);
  if (durability === 'quick') return;
  await sync(path).catch(async (error: unknown) => {
    await removeFile(path).catch(() => undefined);
    throw error;
  });
}

/** Removes what killed processes left half-written. Only under the lock of what the names belong to. */
export async function sweepTemporaries(folder: string, prefix = ''): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(prefix) && /\.[0-9a-f]{12}\.tmp$/.test(name)) await removeFile(join(folder, name));
  }
}

/** Replaces a whole file at once: a reader sees the old or the new one, also after a crash. */
export async function writeAtomic(
  path: string,
  data: string | Uint8Array,
  mode: number,
  durability: Durability = 'durable',
): Promise<void> {
  const temporary = temporaryName(path);
  try {
    await writeNew(temporary, data, mode, durability);
    await rename(temporary, path);
  } catch (error) {
    await removeFile(temporary).catch(() => undefined);
    throw error;
  }
  if (durability === 'durable') await syncFolder(dirname(path));
}

/** Lets a file that was written quickly outlive a power cut after all. */
export async function makeDurable(path: string): Promise<void> {
  await Promise.all([sync(path), syncFolder(dirname(path))]);
}

/** What file systems say that cannot wait for a folder, such as those of cloud storage (fsync(2)). */
const unsyncedCodes = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EBADF']);

/** A rename is durable when its folder is. Windows cannot open folders, and needs it not. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await sync(folder).catch((error: unknown) => {
    if (!unsyncedCodes.has(errorCode(error) ?? '')) throw error;
  });
}

/** Makes a folder and those above it. Node's own way never ends where a file system takes no folders, such as /proc. */
export async function makeFolder(path: string, mode = 0o777): Promise<void> {
  try {
    await mkdir(path, mode);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path), mode);
    await mkdir(path, mode).catch((again: unknown) => {
      if (errorCode(again) !== 'EEXIST') throw again;
    });
  }
}

/** @throws where no file can be made in a folder, with the code of the system */
export async function checkTakesFiles(folder: string): Promise<void> {
  try {
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    // access(2) does not know the capabilities of a service that is not root; only a try shows them.
    if (errorCode(error) !== 'EACCES') throw error;
    const path = temporaryName(join(folder, 'try'));
    await writeNewFile(path, '', 0o600);
    await removeFile(path);
  }
}

/** Makes a folder that only its owner may enter. */
export async function privateFolder(path: string): Promise<void> {
  await makeFolder(path, 0o700);
  const { mode } = await lstat(path);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) await chmod(path, 0o700);
}

/** The text of a file; undefined where there is none. @throws AcmeProblem of type `file-unreadable` */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw unread(path, error);
  }
}

/** That a file or folder is there, as far as is known, and cannot be read. */
export function unread(path: string, error: unknown): AcmeProblem {
  const detail = `${path} cannot be read: ${whyUnread(error)}, and run it again.`;
  return new AcmeProblem('file-unreadable', detail, { cause: error });
}

/** The reason and what to do about it. Node's own words often lack the path. */
function whyUnread(error: unknown): string {
  switch (errorCode(error)) {
    case 'EACCES':
    case 'EPERM':
      return 'this user may not read it. Let this user read it, or run as its owner';
    case 'EISDIR':
      return 'it is a folder. Move it away';
    default:
      return `${errorCode(error) ?? String(error)}. Mend that`;
  }
}

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
