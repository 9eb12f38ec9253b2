import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';

/** Where V8's code for one kind of call is kept. Whatever goes wrong with it costs time and nothing else. */
export interface CodeCache {
  /** Whether this run shall write it: there is none, or it is a day old and other functions may have been needed since. */
  readonly wanted: boolean;
  read(): Uint8Array | undefined;
  write(data: Uint8Array): void;
}

const day = 86_400_000;

/**
 * The cache of a kind of call (code-of-call.ts): in `cache/` beside the bundle where the build has made that folder, else in
 * the user's folder for caches. What lies there is run as code, so it must belong to this user (or to root) and nobody else
 * may write it.
 * @returns undefined where there is no such place, or NODE_DISABLE_COMPILE_CACHE is set, which is Node's own word for it
 */
export function findCodeCache(
  bundle: { readonly file: string; readonly id: string },
  call: string,
  env: NodeJS.ProcessEnv,
): CodeCache | undefined {
  if (env['NODE_DISABLE_COMPILE_CACHE'] !== undefined) return undefined;
  try {
    const folder = cacheFolder(bundle.file, env);
    if (folder === undefined) return undefined;
    // V8 refuses what another version has made; by its name it need not be read, nor be overwritten.
    const name = `${bundle.id}-${call.replace(/[^\w-]/g, '')}-${process.versions.v8}-${process.arch}.cache`;
    return openCache(folder, join(folder, name));
  } catch {
    return undefined;
  }
}

function openCache(folder: string, file: string): CodeCache {
  const stats = statSync(file, { throwIfNoEntry: false });
  return {
    wanted: isOwn(folder) && (stats === undefined || Date.now() - stats.mtimeMs > day),
    read: () => (stats === undefined ? undefined : readTrusted(file)),
    write: (data) => {
      try {
        removeOld(folder);
        const made = `${file}.${process.pid}`;
        writeFileSync(made, data, { mode: 0o600, flag: 'wx' });
        renameSync(made, file);
      } catch {
        // A full disk, or another run that has been quicker.
      }
    },
  };
}

function cacheFolder(bundle: string, env: NodeJS.ProcessEnv): string | undefined {
  const beside = join(dirname(bundle), 'cache');
  if (statSync(beside, { throwIfNoEntry: false }) !== undefined)
    return isTrusted(statSync(beside)) ? beside : undefined;
  const home = env['HOME'] ?? homedir();
  // With sudo, HOME may be somebody else's: nothing is left there.
  if (!isOwn(home)) return undefined;
  const caches = cachesOf(home, env);
  const folder = join(caches, 'tls-workbench');
  for (const path of [caches, folder]) makeFolder(path);
  return isTrusted(statSync(folder)) ? folder : undefined;
}

/** One level: Node's `recursive` never ends where the system answers ENOENT for ever, as below `/proc`. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function cachesOf(home: string, env: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32') return env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local');
  if (process.platform === 'darwin') return join(home, 'Library', 'Caches');
  const caches = env['XDG_CACHE_HOME'];
  return caches !== undefined && isAbsolute(caches) ? caches : join(home, '.cache');
}

function readTrusted(file: string): Uint8Array | undefined {
  try {
    const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      return isTrusted(fstatSync(descriptor)) ? readFileSync(descriptor) : undefined;
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}

/** Windows knows no numbers of users; there the user's folder is nobody else's. */
function isTrusted({ uid, mode }: Stats): boolean {
  const user = process.geteuid?.();
  return user === undefined || ((uid === user || uid === 0) && (mode & 0o022) === 0);
}

function isOwn(folder: string): boolean {
  const user = process.geteuid?.();
  return user === undefined || statSync(folder).uid === user;
}

/** Of versions that nobody has run for a month. */
function removeOld(folder: string): void {
  for (const name of readdirSync(folder)) {
    // What another run is writing may have its name by now.
    const stats = statSync(join(folder, name), { throwIfNoEntry: false });
    if (!name.includes('.cache') || stats === undefined) continue;
    if (Date.now() - stats.mtimeMs > 30 * day) rmSync(join(folder, name), { force: true });
  }
}
