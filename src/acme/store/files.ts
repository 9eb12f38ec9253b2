import * as fs from 'node:fs';
import { promisify } from 'node:util';
import { copyAttributes } from '../../host/node-attributes.ts';

/*
 * Node's functions for files as promises that are settled when they are made. State, keys and certificates are a hundred
 * calls about small files for each order: through Node's threads each call waits for its turn, on a busy machine ten times
 * longer than the call itself takes. Only waiting for the disk is left to a thread.
 */

export const { constants } = fs;

export async function readFile(path: string, encoding: 'utf8'): Promise<string>;
export async function readFile(path: string): Promise<Buffer>;
export async function readFile(path: string, encoding?: 'utf8'): Promise<string | Buffer> {
  return fs.readFileSync(path, encoding);
}

export async function readdir(path: string): Promise<string[]> {
  return fs.readdirSync(path);
}

export async function stat(path: string): Promise<fs.Stats> {
  return fs.statSync(path);
}

export async function lstat(path: string): Promise<fs.Stats> {
  return fs.lstatSync(path);
}

export async function realpath(path: string): Promise<string> {
  return fs.realpathSync.native(path);
}

export async function readlink(path: string): Promise<string> {
  return fs.readlinkSync(path);
}

export async function access(path: string, mode: number): Promise<void> {
  fs.accessSync(path, mode);
}

export async function mkdir(path: string, mode?: number): Promise<void> {
  fs.mkdirSync(path, mode);
}

export async function rmdir(path: string): Promise<void> {
  fs.rmdirSync(path);
}

export async function rename(from: string, to: string): Promise<void> {
  fs.renameSync(from, to);
}

export async function link(existing: string, path: string): Promise<void> {
  fs.linkSync(existing, path);
}

export async function unlink(path: string): Promise<void> {
  fs.unlinkSync(path);
}

/** Sets a file's time by the clock of its file system, which may be another machine's, by writing its first byte again. */
export async function touch(path: string, first: string): Promise<void> {
  const file = fs.openSync(path, 'r+');
  try {
    fs.writeSync(file, first, 0);
  } finally {
    fs.closeSync(file);
  }
}

/** Does nothing where there is no such file. */
export async function removeFile(path: string): Promise<void> {
  try {
    fs.unlinkSync(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
  }
}

export async function chmod(path: string, mode: number): Promise<void> {
  fs.chmodSync(path, mode);
}

export async function chown(path: string, user: number, group: number): Promise<void> {
  fs.chownSync(path, user, group);
}

export async function appendFile(path: string, text: string, options: { readonly mode: number }): Promise<void> {
  fs.appendFileSync(path, text, options);
}

/**
 * Writes a new file, through no symbolic link, with this mode whatever the process's umask. What cannot be written whole is
 * removed.
 * @param like a file whose owner, ACL and labels it gets, before anything is written
 * @throws where the file exists, with code `EEXIST`
 */
export async function writeNewFile(
  path: string,
  data: string | Uint8Array,
  mode: number,
  like?: string,
): Promise<void> {
  const { O_CREAT, O_EXCL, O_WRONLY, O_NOFOLLOW = 0 } = fs.constants;
  const file = fs.openSync(path, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, mode);
  try {
    if (like !== undefined) takeOver(file, path, like);
    fs.fchmodSync(file, mode);
    fs.writeFileSync(file, data);
  } catch (error) {
    fs.rmSync(path, { force: true });
    throw error;
  } finally {
    fs.closeSync(file);
  }
}

function takeOver(file: number, path: string, like: string): void {
  copyAttributes(like, path);
  const { uid, gid } = fs.statSync(like);
  const own = fs.fstatSync(file);
  try {
    if (own.uid !== uid || own.gid !== gid) fs.fchownSync(file, uid, gid);
  } catch {
    // Only root gives files away.
  }
}

const fsync = promisify(fs.fsync);

/** Only Windows wants the right to write for it, which the mode of a key may not give. */
const syncFlags = process.platform === 'win32' ? 'r+' : 'r';

/** Waits until a file's content, or the names in a folder, would outlive a power cut. */
export async function sync(path: string): Promise<void> {
  const file = fs.openSync(path, syncFlags);
  try {
    await fsync(file);
  } finally {
    fs.closeSync(file);
  }
}
