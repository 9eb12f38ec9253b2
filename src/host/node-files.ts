import * as fs from 'node:fs';
import type { FileInfo, Files, Unreadable } from './host.ts';
import { fromSystem } from './system-paths.ts';

const { closeSync, constants, fstatSync, openSync, readFileSync, readSync } = fs;

/** For opening: of a pipe, and of some files of the kernel (`/proc/kmsg`), reading would wait for what may never come. */
export const withoutWaiting = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Files of the machine that Node runs on. Node loads what gives promises when it is first asked for, and a command never asks. */
export const nodeFiles: Files = {
  async stat(path) {
    try {
      return describe(await fs.promises.stat(path));
    } catch (error) {
      return reason(path, error);
    }
  },

  async read(path, limit) {
    try {
      return limit === undefined ? await fs.promises.readFile(path) : await readStart(path, limit);
    } catch (error) {
      return reason(path, error);
    }
  },

  async list(path) {
    try {
      const entries = await fs.promises.readdir(path, { withFileTypes: true });
      const links = entries.filter((entry) => entry.isSymbolicLink());
      const kinds = await Promise.all(links.map(({ name }) => linkedKind(`${path}/${name}`)));
      // Only links need a promise: there are folders of many thousand files.
      const linked = new Map(links.map(({ name }, index) => [name, kinds[index]]));
      return entries.map((entry) => ({ name: entry.name, kind: linked.get(entry.name) ?? kindOf(entry) }));
    } catch (error) {
      return reason(path, error);
    }
  },

  async realPath(path) {
    try {
      return fromSystem(await fs.promises.realpath(path));
    } catch {
      return path;
    }
  },

  lookInto(paths, limit, look) {
    if (shared.length < limit) shared = new Uint8Array(limit);
    let path = '';
    let descriptor = -1;
    const file = {
      start: shared,
      info: () => describe(fstatSync(descriptor)),
      readAll: () => {
        try {
          return readFileSync(descriptor);
        } catch (error) {
          return reason(path, error);
        }
      },
    };
    for (path of paths) {
      try {
        descriptor = openSync(path, withoutWaiting);
      } catch (error) {
        look(path, reason(path, error));
        continue;
      }
      try {
        file.start = shared.subarray(0, readSync(descriptor, shared, 0, limit, 0));
        look(path, file);
      } catch (error) {
        look(path, reason(path, error));
      } finally {
        closeSync(descriptor);
      }
    }
  },
};

/** Starts of files are read into the same memory, because most of them turn out to be of no interest. */
let shared = new Uint8Array(0);

async function readStart(path: string, limit: number): Promise<Uint8Array> {
  const file = await fs.promises.open(path);
  try {
    const buffer = new Uint8Array(limit);
    const { bytesRead } = await file.read(buffer, 0, limit, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

export interface Kinds {
  isFile(): boolean;
  isDirectory(): boolean;
}

export function kindOf(entry: Kinds): FileInfo['kind'] {
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'directory' : 'other';
}

async function linkedKind(path: string): Promise<FileInfo['kind']> {
  try {
    return kindOf(await fs.promises.stat(path));
  } catch {
    return 'other';
  }
}

export function describe(stats: Kinds & { size: number; mtimeMs: number; mode: number }): FileInfo {
  const { size, mtimeMs: modified, mode } = stats;
  const kind = kindOf(stats);
  // Windows has no POSIX modes: what Node shows there says nothing of who may read.
  return process.platform === 'win32' ? { kind, size, modified } : { kind, size, modified, mode: mode & 0o7777 };
}

export function reason(path: string, error: unknown): Unreadable {
  const code = (error as NodeJS.ErrnoException).code;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      // Node reads names as UTF-8, and finds nothing by what it has put in place of other bytes.
      return path.includes('\ufffd')
        ? { error: 'other', message: `${path} has a name that is not UTF-8, by which it cannot be opened here` }
        : { error: 'missing', message: `${path} does not exist` };
    case 'EACCES':
    case 'EPERM':
      return { error: 'forbidden', message: `${path} may not be read by this user` };
    case 'EISDIR':
      return { error: 'other', message: `${path} is a folder` };
    case 'ELOOP':
      return { error: 'other', message: `${path} is a link that leads round in a circle` };
    case 'ENXIO':
    case 'ENODEV':
      return { error: 'other', message: `${path} is a socket or a device, from which nothing can be read` };
    case 'EAGAIN':
      return { error: 'other', message: `${path} has nothing to be read, and may never have` };
    default:
      return { error: 'other', message: `${path} cannot be read (${code ?? String(error)})` };
  }
}
