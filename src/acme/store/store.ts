import { createHash } from 'node:crypto';
import { homedir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { AcmeProblem } from '../client/problem.ts';
import type { Wishes } from '../order/wishes.ts';
import { fileSafe } from '../plan/certificate.ts';
import type { AcmeIssuer, Plan } from '../plan/plan.ts';
import { type Durability, privateFolder, readIfThere, writeAtomic } from './atomic.ts';
import { appendFile, readdir } from './files.ts';
import { type Lock, takeLock } from './lock.ts';

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

/** One line of the history: what was asked of a CA and what came of it. Rate limits are foreseen from it. */
export interface HistoryEntry {
  readonly time: string;
  readonly certificate: string;
  readonly plan: string;
  readonly directory: string;
  readonly names: readonly string[];
  readonly event: 'issued' | 'failed' | 'revoked';
  /** Hex serial number and end of validity of an issued certificate. */
  readonly serialNumber?: string;
  readonly notAfter?: string;
  /** Of a certificate that was revoked because somebody else may have its key: that key, SubjectPublicKeyInfo as base64. */
  readonly compromisedKey?: string;
  /** Renewals that ARI told of are outside the limits of some CAs. */
  readonly replaces?: boolean;
  /** What an issued certificate was asked for with; left out by older versions. */
  readonly wishes?: Wishes;
  /** Type of the problem, and the same in words. */
  readonly error?: string;
  readonly detail?: string;
  /** Of `names` those that the CA could not validate. */
  readonly failedNames?: readonly string[];
  /** When the CA takes the request again, where it said so. */
  readonly retryAt?: string;
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

/** @param create false: only to look, so that nothing is made on disk */
export async function openStore(folder: string, create = true): Promise<Store> {
  if (create) await refuseForeignFolder(folder);
  const folders = create ? ['', 'accounts', 'orders', 'locks', 'challenges'] : [];
  for (const name of folders) await privateFolder(join(folder, name));
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

/** A folder of somebody else's files is not closed to all others. @throws Error */
async function refuseForeignFolder(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  if (names.length > 0 && !names.includes('accounts'))
    throw new Error('it holds other files; name a new or an empty folder');
}

/** Folder of the account that an issuer uses: one for each directory and external account. */
export function accountFolder(store: Store, issuer: AcmeIssuer): string {
  const host = new URL(issuer.directory).host.replace(/[^\w.-]+/g, '_');
  return store.path('accounts', `${host}-${shortHash(`${issuer.directory}\n${issuer.eab?.kid ?? ''}`)}`);
}

/** Key of one certificate of one plan, for its order, its lock and its history. */
export function certificateId(plan: Plan, name: string): string {
  return `${fileSafe(name)}-${shortHash(`${plan.file}\n${name}`)}`;
}

export async function listAccounts(store: Store): Promise<readonly (AccountRecord & { readonly folder: string })[]> {
  const found = [];
  for (const name of (await readdir(store.path('accounts')).catch(() => [])).sort()) {
    const record = await store.readJson<AccountRecord>(store.path('accounts', name, 'account.json'));
    if (record !== undefined) found.push({ ...record, folder: store.path('accounts', name) });
  }
  return found;
}

export async function appendHistory(store: Store, entry: HistoryEntry): Promise<void> {
  const path = store.path('history.jsonl');
  const before = await readIfThere(path);
  // A line cut short by a full disk would take this one with it.
  const start = before === undefined || before === '' || before.endsWith('\n') ? '' : '\n';
  await appendFile(path, `${start}${JSON.stringify(entry)}\n`, { mode: 0o600 });
}

/** Oldest first. A line cut short by a crash is left out. */
export async function readHistory(store: Store): Promise<readonly HistoryEntry[]> {
  const text = (await readIfThere(store.path('history.jsonl'))) ?? '';
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as HistoryEntry];
    } catch {
      return [];
    }
  });
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
}
