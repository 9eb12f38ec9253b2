import { isRecord } from '../client/problem.ts';
import type { Wishes } from '../order/wishes.ts';
import { readIfThere, sweepTemporaries, writeAtomic } from './atomic.ts';
import { appendFile } from './files.ts';
import type { Store } from './store.ts';

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

/** Adds a line. Other processes are waited for up to a minute. */
export async function appendHistory(store: Store, entry: HistoryEntry): Promise<void> {
  const path = historyPath(store);
  const lock = await store.lock('history', 'The history of certificates', 60_000);
  try {
    const before = await readIfThere(path);
    // A line cut short by a full disk would take this one with it.
    const start = before === undefined || before === '' || before.endsWith('\n') ? '' : '\n';
    await appendFile(path, `${start}${JSON.stringify(entry)}\n`, { mode: 0o600 });
    if ((before?.length ?? 0) > largeHistory) await shorten(store, new Date(entry.time));
  } finally {
    await lock.release();
  }
}

/** Oldest first. A line cut short by a crash, and one that is none of ours, is left out. */
export async function readHistory(store: Store): Promise<readonly HistoryEntry[]> {
  return entriesOf((await readIfThere(historyPath(store))) ?? '');
}

function historyPath(store: Store): string {
  return store.path('history.jsonl');
}

function entriesOf(text: string): readonly HistoryEntry[] {
  return text.split('\n').flatMap((line) => {
    try {
      const entry: unknown = line === '' ? undefined : JSON.parse(line);
      return isRecord(entry) && Array.isArray(entry['names']) ? [entry as unknown as HistoryEntry] : [];
    } catch {
      return [];
    }
  });
}

/** Characters: some hundred lines, which are read in a moment. */
const largeHistory = 200_000;

/** Leaves out what nothing is judged by any more, where that is at least half: whoever fails every hour does so for years. */
async function shorten(store: Store, now: Date): Promise<void> {
  const path = historyPath(store);
  const entries = entriesOf((await readIfThere(path)) ?? '');
  const kept = entries.filter((entry) => isNeeded(entry, now));
  if (kept.length * 2 > entries.length) return;
  const text = kept.map((entry) => `${JSON.stringify(entry)}\n`).join('');
  await sweepTemporaries(store.folder, 'history.jsonl.');
  // What is too long serves as well, where the disk is full.
  await writeAtomic(path, text, 0o600).catch(() => undefined);
}

const day = 86_400_000;

/** Limits look back a week. A certificate may stay in place when it has ended, and a key that was revoked is lost for ever. */
function isNeeded({ event, time, notAfter, retryAt }: HistoryEntry, now: Date): boolean {
  const since = (text: string | undefined) => now.getTime() - Date.parse(text ?? '');
  if (event === 'failed') return !(since(time) > 8 * day) || since(retryAt) < 0;
  return event !== 'issued' || !(since(notAfter) > 400 * day);
}
