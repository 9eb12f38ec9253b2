import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  type Stats,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { copyAttributes } from '../host/node-attributes.ts';

/**
 * Writes a file whole, so that a server that reloads meanwhile, a full disk or a killed process leaves the old text or the
 * new one. Owner, mode and ACL stay, and a link leads where it led. Where a new file cannot take the old one's place as it was,
 * or nobody knows whether it can, the old one is written over.
 * @throws the system's error; the file is as it was
 */
export function replaceFile(path: string, content: string | Uint8Array): void {
  const file = realPath(path);
  const before = statSync(file, { throwIfNoEntry: false });
  // What has another name would be two files afterwards, and what is no file, such as /dev/stdout, would become one.
  const isReplaceable = before?.isFile() === true && before.nlink === 1;
  if (!isReplaceable || !replaced(file, content, before)) writeFileSync(file, content);
}

/** @returns false where the folder takes no new file, or none that is like the old one, which may be written for all that */
function replaced(file: string, content: string | Uint8Array, before: Stats): boolean {
  // What the user may not write is not written by way of its folder.
  closeSync(openSync(file, 'r+'));
  // Includes of a whole folder (`sites-enabled/*`) pass names that begin with a dot.
  const made = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const descriptor = openSync(made, 'wx');
    let isLikeBefore = false;
    try {
      isLikeBefore = copyAttributes(file, made);
      // Also where it is thrown away: that there is space shows before the old text is gone.
      writeFileSync(descriptor, content);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    if (!isLikeBefore) {
      remove(made);
      return false;
    }
    takeOver(made, before);
    renameSync(made, file);
    return true;
  } catch (error) {
    remove(made);
    // A folder that is closed, an owner that may not be given, or a file that is mounted or in use by itself.
    if (/^E(?:ACCES|PERM|BUSY|XDEV)$/.test(String((error as NodeJS.ErrnoException).code))) return false;
    throw error;
  }
}

function takeOver(made: string, { uid, gid, mode }: Stats): void {
  const own = statSync(made);
  if (own.uid !== uid || own.gid !== gid) chownSync(made, uid, gid);
  // After the owner, whose change takes the bits for running as another user away.
  chmodSync(made, mode & 0o7777);
}

function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

function remove(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // It was not made, or has become the file itself.
  }
}
