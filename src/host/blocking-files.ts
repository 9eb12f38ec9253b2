import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import type { FileInfo, Files } from './host.ts';
import { describe, kindOf, nodeFiles, reason } from './node-files.ts';
import { fromSystem } from './system-paths.ts';

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
      return limit === undefined ? readFileSync(path) : readStart(path, limit);
    } catch (error) {
      return reason(path, error);
    }
  },

  async readSmall(path, largest) {
    try {
      // Opening a pipe would wait for somebody who writes.
      const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      try {
        const stats = fstatSync(file);
        if (!stats.isFile() || stats.size > largest) return describe(stats);
        // Files of the kernel are longer than they say.
        if (stats.size === 0) return readFileSync(file);
        const bytes = Buffer.allocUnsafe(stats.size);
        return bytes.subarray(0, readSync(file, bytes, 0, stats.size, 0));
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

function readStart(path: string, limit: number): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const buffer = new Uint8Array(limit);
    return buffer.subarray(0, readSync(file, buffer, 0, limit, 0));
  } finally {
    closeSync(file);
  }
}

function linkedKind(path: string): FileInfo['kind'] {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats === undefined ? 'other' : kindOf(stats);
  } catch {
    return 'other';
  }
}
