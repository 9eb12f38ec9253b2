import { createHash } from 'node:crypto';
import { homedir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { AcmeProblem } from '../client/problem.ts';
import { fileSafe } from '../plan/certificate.ts';
import type { AcmeIssuer, Plan } from '../plan/plan.ts';
import { type Durability, errorCode, privateFolder, readIfThere, unread, writeAtomic } from './atomic.ts';
import { readdir, stat } from './files.ts';
import { type Lock, takeLock } from './lock.ts';
import { writeReason } from './reasons.ts';

/** The folder that editor and command line share: accounts, orders, history, locks. Mode 0700, one per user. */
export interface Store {
  readonly folder: string;
  path(...parts: readonly string[]): string;
  readJson<T>(path: string): Promise<T | undefined>;
  writeJson(path: string, value: unknown, durability?: Durability): Promise<void>;
  /** @throws AcmeProblem of type `locked` */
  lock(name: string, what: string, wait?: number, signal?: AbortSignal): Promise<Lock>;
}

/** An account at one CA. Its key lies beside it in `account.key`. */
export interface AccountRecord {
  readonly directory: string;
  readonly url: string | undefined;
  readonly contact: readonly string[];
  readonly eabKid: string | undefined;
  readonly created: string;
  readonly status: 'valid' | 'deactivated';
}

/**
 * Where state lies when nobody says otherwise. Variables that are empty or hold no absolute path are passed over (XDG Base
 * Directory Specification): keys of accounts would lie in whatever folder a command runs in.
 */
export function defaultStateFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform = process.platform,
): string {
  const folder = (name: string) => (isAbsolute(env[name] ?? '') ? env[name] : undefined);
  const home = () => folder('HOME') ?? homeInTable();
  if (platform === 'win32') return join(folder('LOCALAPPDATA') ?? join(homedir(), 'AppData', 'Local'), 'tls-workbench');
  if (platform === 'darwin') return join(home(), 'Library', 'Application Support', 'tls-workbench');
  return join(folder('XDG_STATE_HOME') ?? join(home(), '.local', 'state'), 'tls-workbench');
}

/** Containers run as users that no table has. */
function homeInTable(): string {
  try {
    return userInfo().homedir;
  } catch {
    throw new AcmeProblem(
      'no-state-folder',
      'This user has no home folder, so there is no place for accounts and orders. Name a folder with --state, or set HOME.',
    );
  }
}

/**
 * @param create false: only to look, so that nothing is made on disk
 * @throws AcmeProblem of type `state-unusable`
 */
export async function openStore(folder: string, create = true): Promise<Store> {
  if (create) await makeStore(folder);
  return {
    folder,
    path: (...parts) => join(folder, ...parts),
    async readJson<T>(path: string) {
      const text = await readIfThere(path);
      if (text === undefined) return undefined;
      try {
        return JSON.parse(text) as T;
      } catch {
        return undefined;
      }
    },
    writeJson: (path, value, durability) => writeAtomic(path, `${JSON.stringify(value, null, 2)}\n`, 0o600, durability),
    lock: (name, what, wait, signal) => takeLock(join(folder, 'locks', `${name}.lock`), what, wait, signal),
  };
}

const accounts = 'accounts';
const besides = ['orders', 'locks', 'challenges'];

async function makeStore(folder: string): Promise<void> {
  try {
    await refuseForeignFolder(folder);
    for (const name of ['', accounts, ...besides]) await privateFolder(join(folder, name));
  } catch (error) {
    const code = errorCode(error);
    const other = code === 'EEXIST' ? 'a file is in its place' : writeReason(error);
    const reason = code === undefined && error instanceof Error ? error.message : other;
    const detail = `The state folder ${folder} cannot be used: ${reason}. Name a new or an empty one with --state.`;
    throw new AcmeProblem('state-unusable', detail, { cause: error });
  }
}

/** A folder of somebody else's files is not closed to all others. Whoever has lost accounts may remove them. @throws Error */
async function refuseForeignFolder(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  if (names.length > 0 && !names.includes(accounts) && !besides.every((name) => names.includes(name)))
    throw new Error('it holds other files');
}

/** Folder of the account that an issuer uses: one for each directory and external account. */
export function accountFolder(store: Store, issuer: AcmeIssuer): string {
  const host = new URL(issuer.directory).host.replace(/[^\w.-]+/g, '_');
  return store.path('accounts', `${host}-${shortHash(`${issuer.directory}\n${issuer.eab?.kid ?? ''}`)}`);
}

/** Key of one certificate of one plan, for its order, its lock and its history. */
export function certificateId(plan: Plan, name: string): string {
  // The longest host name and what is appended would be too long for a file.
  return `${fileSafe(name).slice(0, 100)}-${shortHash(`${plan.file}\n${name}`)}`;
}

/** @throws AcmeProblem where the state folder, or an account in it, may not be read */
export async function listAccounts(store: Store): Promise<readonly (AccountRecord & { readonly folder: string })[]> {
  const found = [];
  const names = await readdir(store.path(accounts)).catch((error: unknown): string[] => {
    // Nothing can be where something else than a folder is on the way.
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return [];
    throw unread(store.path(accounts), error);
  });
  for (const name of names.sort()) {
    // What others leave in any folder, such as the .DS_Store of macOS.
    if ((await stat(store.path(accounts, name)).catch(() => undefined))?.isDirectory() === false) continue;
    const record = await store.readJson<AccountRecord>(store.path(accounts, name, 'account.json'));
    if (Array.isArray(record?.contact)) found.push({ ...record, folder: store.path(accounts, name) });
  }
  return found;
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
}
