import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { AcmeProblem } from '../client/problem.ts';
import { pause } from '../client/wait.ts';
import { errorCode, readIfThere, writeNew } from './atomic.ts';
import { link, readdir, removeFile, stat, touch } from './files.ts';

export interface Lock {
  release(): Promise<void>;
}

interface Owner {
  readonly pid: number;
  readonly host: string;
  /** When the process began, in the system's own unit: a process id may be used again. */
  readonly started: string | undefined;
  /** PID namespace: containers may share a name, and count their processes each from 1. */
  readonly space?: string | undefined;
  /** The owner shows every few seconds that it lives, by the time of the file. */
  readonly beats?: boolean;
  readonly token: string;
}

const beatEvery = 5000;
/** Owners elsewhere, whose processes cannot be seen here, count as dead after so long without a beat. */
const deadAfter = 45_000;

/**
 * Takes a lock file that editor and command line share. One left by a dead process is taken over, and one left by a container
 * or a machine that is gone, when it has been silent for a while.
 * @param wait milliseconds to wait for another owner; 0: not at all
 * @throws AcmeProblem of type `locked` where another process has it
 */
export async function takeLock(path: string, what: string, wait = 0, signal?: AbortSignal): Promise<Lock> {
  const owner: Owner = {
    pid: process.pid,
    host: hostname(),
    started: processStart(process.pid),
    space: processSpace(),
    beats: true,
    token: randomBytes(8).toString('hex'),
  };
  const until = Date.now() + wait;
  for (;;) {
    const { taken, now } = await tryLock(path, owner);
    if (taken) {
      await sweepBeginnings(path);
      return held(path, owner);
    }
    const holder = await readOwner(path, now);
    if (holder !== undefined && (await isDead(holder, path, now))) await breakLock(path, holder);
    else if (Date.now() >= until && holder !== undefined) {
      const who = `process ${holder.pid}${isSeenHere(holder) ? '' : ` on ${holder.host}, in another container or machine`}`;
      throw new AcmeProblem(
        'locked',
        `${what} is being worked on by ${who}. Wait for it to end, or remove ${path} if it has.`,
      );
    } else await pause(holder === undefined ? 5 : 50, signal);
  }
}

function held(path: string, owner: Owner): Lock {
  const isOurs = async () => (await readOwner(path))?.token === owner.token;
  const beat = async () => {
    if (await isOurs()) await touch(path, '{');
  };
  const timer = setInterval(() => void beat().catch(() => undefined), beatEvery).unref();
  return {
    async release() {
      clearInterval(timer);
      if (await isOurs()) await removeFile(path);
    },
  };
}

/**
 * The owner's file comes into being with its content: linking is atomic and fails where the lock exists.
 * @returns `now` by the clock of the file system
 */
async function tryLock(path: string, owner: Owner): Promise<{ readonly taken: boolean; readonly now: number }> {
  const own = `${path}.${owner.pid}-${owner.token}.tmp`;
  await writeNew(own, JSON.stringify(owner), 0o600, 'quick');
  let now = 0;
  try {
    now = (await stat(own)).mtimeMs;
    await link(own, path);
    return { taken: true, now };
  } catch (error) {
    const code = errorCode(error) ?? '';
    // Swept away by a machine that shares the folder and does not know our process: the next try makes it anew.
    if (code === 'EEXIST' || code === 'ENOENT') return { taken: false, now };
    if (!linklessCodes.has(code)) throw error;
    return { taken: await createLock(path, owner), now };
  } finally {
    await removeFile(own);
  }
}

/** Of file systems that give a file no second name, such as those of cloud storage and of memory cards. */
const linklessCodes = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** So long a lock that was made without a link may take to get its content. */
const beginning = 10_000;

async function createLock(path: string, owner: Owner): Promise<boolean> {
  try {
    await writeNew(path, JSON.stringify(owner), 0o600, 'quick');
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Removes the files that processes left which were killed while they tried. */
async function sweepBeginnings(path: string): Promise<void> {
  const prefix = `${basename(path)}.`;
  for (const name of await readdir(dirname(path))) {
    const pid = name.startsWith(prefix) ? /^(\d+)-[0-9a-f]+\.tmp$/.exec(name.slice(prefix.length))?.[1] : undefined;
    if (pid !== undefined && !isRunning(Number(pid))) await removeFile(join(dirname(path), name));
  }
}

/** Only who holds the guard may remove a dead owner's lock, so that no second one removes the next owner's. */
async function breakLock(path: string, dead: Owner): Promise<void> {
  const guard = `${path}.break`;
  try {
    await writeNew(guard, '', 0o600, 'quick');
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    const age = await stat(guard).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > 10_000) await removeFile(guard);
    else await pause(20, undefined);
    return;
  }
  try {
    if ((await readOwner(path))?.token === dead.token) await removeFile(path);
  } finally {
    await removeFile(guard);
  }
}

/** @param now what was begun a moment ago has no owner yet, as if it were not there */
async function readOwner(path: string, now = Number.POSITIVE_INFINITY): Promise<Owner | undefined> {
  const text = await readIfThere(path);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Owner;
  } catch {
    const begun = await stat(path).catch(() => undefined);
    if (begun !== undefined && now - begun.mtimeMs < beginning) return undefined;
    return { pid: -1, host: hostname(), started: undefined, token: '' };
  }
}

function isSeenHere({ host, space }: Owner): boolean {
  const own = processSpace();
  return host === hostname() && (space ?? own) === own;
}

async function isDead(owner: Owner, path: string, now: number): Promise<boolean> {
  if (!isSeenHere(owner)) {
    const last = owner.beats === true ? await stat(path).catch(() => undefined) : undefined;
    return last !== undefined && now - last.mtimeMs > deadAfter;
  }
  return owner.pid <= 0 || !isRunning(owner.pid) || owner.started !== processStart(owner.pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}

/** `pid:[4026531836]` (pid_namespaces(7)), where there is one. */
function processSpace(): string | undefined {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return undefined;
  }
}

/** Field 22 of /proc/PID/stat (proc(5)), where there is one. */
function processStart(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
