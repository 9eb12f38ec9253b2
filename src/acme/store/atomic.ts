import { randomBytes } from 'node:crypto';
import { chmod, lstat, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A name beside `path` that nobody else uses. */
export function temporaryName(path: string): string {
  return `${path}.${randomBytes(6).toString('hex')}.tmp`;
}

/**
 * Whether a write must outlive a power cut (`durable`) or only the death of this process, which costs no waiting for the
 * disk.
 */
export type Durability = 'durable' | 'quick';

/** Writes a new file; the mode holds from its first byte. @throws where the file exists already */
export async function writeNew(
  path: string,
  data: string | Uint8Array,
  mode: number,
  durability: Durability = 'durable',
): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(data);
    // The process's umask may have taken bits away.
    await file.chmod(mode);
    if (durability === 'durable') await file.sync();
  } catch (error) {
    await file.close();
    await rm(path, { force: true });
    throw error;
  }
  await file.close();
}

/** Removes what killed processes left half-written. Only under the lock of what the names belong to. */
export async function sweepTemporaries(folder: string, prefix = ''): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(prefix) && /\.[0-9a-f]{12}\.tmp$/.test(name)) await rm(join(folder, name), { force: true });
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
    await rm(temporary, { force: true });
    throw error;
  }
  if (durability === 'durable') await syncFolder(dirname(path));
}

/** A rename is durable when its folder is. Windows cannot open folders, and needs it not. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
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

/** Makes a folder that only its owner may enter. */
export async function privateFolder(path: string): Promise<void> {
  await makeFolder(path, 0o700);
  const { mode } = await lstat(path);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) await chmod(path, 0o700);
}

/** The text of a file; undefined where there is none. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
