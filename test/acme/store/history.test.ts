import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { appendHistory, type HistoryEntry, readHistory } from '../../../src/acme/store/history.ts';
import { openStore, type Store } from '../../../src/acme/store/store.ts';

const now = Date.parse('2026-11-01T00:00:00Z');
const ago = (days: number): string => new Date(now - days * 86_400_000).toISOString();

const failed = (days: number, more: Partial<HistoryEntry> = {}): HistoryEntry => ({
  time: ago(days),
  certificate: 'a.example.com',
  plan: '/srv/tls-workbench.yaml',
  directory: 'https://ca.example.net/dir',
  names: ['a.example.com'],
  event: 'failed',
  error: 'ca-unreachable',
  detail: 'The CA did not answer.',
  ...more,
});

async function storeOf(context: TestContext, entries: readonly HistoryEntry[]) {
  const folder = mkdtempSync(join(tmpdir(), 'tls-workbench-history-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const store = await openStore(join(folder, 'state'));
  const file = store.path('history.jsonl');
  writeFileSync(file, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''), { mode: 0o600 });
  return { store, file };
}

const hourly = Array.from({ length: 2000 }, (_, hour) => failed((2000 - hour) / 24));

test('a history of failures that is long is shortened to what limits look back on, and keeps what still counts', async (context) => {
  const issued = (days: number, lasts: number): HistoryEntry =>
    failed(days, { event: 'issued', serialNumber: `${days}`, notAfter: ago(days - lasts) });
  const kept = [
    issued(300, 90),
    failed(900, { event: 'revoked', compromisedKey: 'MFkw' }),
    failed(30, { error: 'urn:ietf:params:acme:error:rateLimited', retryAt: ago(-1) }),
  ];
  const { store, file } = await storeOf(context, [issued(900, 90), ...kept, ...hourly]);
  await appendHistory(store, failed(0));
  const lastWeek = hourly.filter(({ time }) => Date.parse(time) >= now - 8 * 86_400_000);
  assert.deepEqual(await readHistory(store), [...kept, ...lastWeek, failed(0)]);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const left = [store.folder, store.path('locks')].flatMap((folder) => readdirSync(folder));
  assert.deepEqual(
    left.filter((name) => /history/.test(name)),
    ['history.jsonl'],
  );
});

test('a history of certificates that are in place is left alone, however long it is', async (context) => {
  const entries = hourly.map((entry) => ({ ...entry, event: 'issued' as const, notAfter: ago(-30) }));
  const { store, file } = await storeOf(context, entries);
  const inode = statSync(file).ino;
  await appendHistory(store, failed(0));
  assert.deepEqual(await readHistory(store), [...entries, failed(0)]);
  assert.equal(statSync(file).ino, inode);
});

test('a line that was cut short, or is none of ours, takes no other with it', async (context) => {
  const { store, file } = await storeOf(context, [failed(2)]);
  appendFileSync(file, 'null\n5\n[]\n{}\n{"time":"2026-10');
  await appendHistory(store, failed(1));
  assert.deepEqual(await readHistory(store), [failed(2), failed(1)]);
  assert.match(readFileSync(file, 'utf8'), /\n\{"time":"2026-10\n/);
});

test('what several runs note at once is all there', async (context) => {
  const { store } = await storeOf(context, hourly);
  const own = Array.from({ length: 8 }, (_, index) => failed(0, { certificate: `${index}` }));
  let taken = 0;
  const lock: Store['lock'] = (...args) => {
    taken++;
    return store.lock(...args);
  };
  await Promise.all(own.map((entry) => appendHistory({ ...store, lock }, entry)));
  const found = (await readHistory(store)).filter(({ certificate }) => certificate !== 'a.example.com');
  assert.equal(found.length, 8);
  assert.equal(taken, 8);
});
