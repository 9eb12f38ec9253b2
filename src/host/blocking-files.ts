import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs';
import { type FileInfo, type Files, longestInput, type Unreadable } from './host.ts';
import { describe, kindOf, nodeFiles, reason, withoutWaiting } from './node-files.ts';
import { fromSystem } from './system-paths.ts';

/** Milliseconds for which somebody may take to open the other end of a pipe. */
const patience = 1_000;

/**
 * The same files for a program that has nothing else to do meanwhile, as the command line: a call that waits takes some
 * microseconds, and a promise from the thread pool ten times that. An editor must not use it.
 */
export const blockingFiles: Files = {
  async stat(path) {
    try {
      // What is missing is common, and making an error for it is dear.
      const stats = statSync(path, { throwIfNoEntry: false });
      return stats === undefined ? reason(path, { code: 'ENOENT' }) : describe(stats);
    } catch (error) {
      return reason(path, error);
    }
  },

  async read(path, limit) {
    try {
      const file = openSync(path, withoutWaiting);
      try {
        if (!fstatSync(file).isFile()) return await readStream(path, file, limit);
        return limit === undefined ? readFileSync(file) : readStart(file, limit);
      } finally {
        closeSync(file);
      }
    } catch (error) {
      return reason(path, error);
    }
  },

  async readSmall(path, largest) {
    try {
      const file = openSync(path, withoutWaiting);
      try {
        return readAtOnce(file, largest) ?? readOrDescribe(file, largest);
      } finally {
        closeSync(file);
      }
    } catch (error) {
      return reason(path, error);
    }
  },

  async list(path) {
    try {
      return readdirSync(path, { withFileTypes: true }).map((entry) => ({
        name: entry.name,
        kind: entry.isSymbolicLink() ? linkedKind(`${path}/${entry.name}`) : kindOf(entry),
      }));
    } catch (error) {
      return reason(path, error);
    }
  },

  async realPath(path) {
    try {
      return fromSystem(realpathSync.native(path));
    } catch {
      return path;
    }
  },

  ...(nodeFiles.lookInto === undefined ? {} : { lookInto: nodeFiles.lookInto }),
};

/** Bytes that most configurations fit into. */
const mostly = 16_384;
/** Memory for what is read, one file behind the other: a configuration may have hundreds of them. */
let room = new Uint8Array(0);

/**
 * All that is in a file, where that is little; undefined where it is more, or too much, or nothing, and where there is no
 * reading from a place, as of a pipe, a terminal and a folder. What a file is like need not be asked then.
 */
function readAtOnce(file: number, largest: number): Uint8Array | undefined {
  if (room.length < mostly) room = new Uint8Array(4 * mostly);
  let length = 0;
  try {
    length = readSync(file, room, 0, mostly, 0);
  } catch {
    return undefined;
  }
  if (length === 0 || length === mostly || length > largest) return undefined;
  const bytes = room.subarray(0, length);
  room = room.subarray(length);
  return bytes;
}

function readOrDescribe(file: number, largest: number): Uint8Array | FileInfo {
  const stats = fstatSync(file);
  // Files of the kernel are longer than they say.
  return stats.isFile() && stats.size <= largest ? readFileSync(file) : describe(stats);
}

function readStart(file: number, limit: number): Uint8Array {
  const buffer = new Uint8Array(limit);
  return buffer.subarray(0, readSync(file, buffer, 0, limit, 0));
}

/** What comes out of a pipe or a device until it ends: a program may take its time to write, but not go on for ever. */
async function readStream(path: string, file: number, limit: number | undefined): Promise<Uint8Array | Unreadable> {
  const isPipe = fstatSync(file).isFIFO();
  const chunks: Uint8Array[] = [];
  let length = 0;
  let waited = 0;
  while (length <= (limit ?? longestInput)) {
    const chunk = new Uint8Array(65_536);
    const read = await readAvailable(file, chunk, isPipe);
    if (read === 0 && isPipe && length === 0) {
      if (waited > patience) return { error: 'other', message: `${path} is a pipe into which nobody writes` };
      waited += wait();
    } else if (read === 0) break;
    else if (read === undefined) wait();
    else {
      chunks.push(chunk.subarray(0, read));
      length += read;
    }
  }
  if (limit === undefined && length > longestInput)
    return { error: 'too-large', message: `${path} goes on for more than ${longestInput / 1_048_576} MB` };
  return Buffer.concat(chunks).subarray(0, limit);
}

/** @returns how many bytes; undefined where whoever writes, or types, has to be waited for */
async function readAvailable(file: number, chunk: Uint8Array, isPipe: boolean): Promise<number | undefined> {
  try {
    return readSync(file, chunk);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    // Loaded only here, as it takes a millisecond or two.
    if (!isPipe && !(await import('node:tty')).isatty(file)) throw error;
    return undefined;
  }
}

/** @returns milliseconds */
function wait(): number {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
  return 5;
}

function linkedKind(path: string): FileInfo['kind'] {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats === undefined ? 'other' : kindOf(stats);
  } catch {
    return 'other';
  }
}
