import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkLimits } from '../../../src/acme/order/limits.ts';
import type { HistoryEntry } from '../../../src/acme/store/history.ts';

const directory = 'https://acme-v02.api.letsencrypt.org/directory';
const now = new Date('2026-11-25T12:00:00Z');

function entries(count: number, more: Partial<HistoryEntry>, hoursAgo = 1): readonly HistoryEntry[] {
  const time = new Date(now.getTime() - hoursAgo * 3_600_000).toISOString();
  return Array.from({ length: count }, () => ({
    time,
    certificate: 'a',
    plan: '/p',
    directory,
    names: ['a.example.com'],
    event: 'issued',
    ...more,
  }));
}

function foreseen(history: readonly HistoryEntry[], isRenewal = false, names = ['a.example.com']): string | undefined {
  const problem = checkLimits(directory, names, history, now, isRenewal);
  assert.ok(problem === undefined || problem.type === 'rate-limit-foreseen');
  return problem?.retryAt?.toISOString();
}

test('the same names five times in a week', () => {
  assert.equal(foreseen(entries(4, {})), undefined);
  assert.equal(foreseen(entries(5, {})), '2026-11-26T21:00:00.000Z');
  assert.equal(foreseen(entries(5, {}, 40)), undefined);
  assert.equal(foreseen(entries(5, {}), false, ['a.example.com', 'b.example.com']), undefined);
});

test('renewals that name the old certificate are outside of it', () => {
  assert.equal(foreseen(entries(5, {}), true), undefined);
  assert.equal(foreseen(entries(5, { replaces: true })), undefined);
});

test('fifty for one registered domain', () => {
  const others = Array.from(
    { length: 50 },
    (_, index) => entries(1, { names: [`n${index}.example.com`] })[0] as HistoryEntry,
  );
  assert.equal(foreseen(others), '2026-11-25T14:22:00.000Z');
  assert.equal(foreseen(others, false, ['a.example.net']), undefined);
  const neighbours = others.map((entry, index) => ({ ...entry, names: [`n${index}.co.uk`] }));
  assert.equal(foreseen(neighbours, false, ['a.co.uk']), undefined, 'a suffix is nobody’s');
});

test('five failed validations in an hour; a CA that was down does not count', () => {
  const error = 'urn:ietf:params:acme:error:unauthorized';
  const failedNames = ['a.example.com'];
  const failed = { event: 'failed', error, failedNames } as const;
  assert.equal(foreseen(entries(5, failed, 0.1), true), '2026-11-25T12:06:00.000Z');
  assert.equal(foreseen(entries(5, failed, 0.1), true, ['*.a.example.com']), '2026-11-25T12:06:00.000Z');
  assert.equal(foreseen(entries(5, { event: 'failed', error: 'ca-unreachable' }, 0.1)), undefined);
  assert.equal(foreseen(entries(5, { event: 'failed', error: 'dns-failed' }, 0.1)), undefined, 'that is our own word');
});

test('a failed order counts for the names that failed alone, and each name by itself', () => {
  const error = 'urn:ietf:params:acme:error:dns';
  const names = ['a.example.com', 'b.example.com'];
  const failed = entries(5, { event: 'failed', error, names, failedNames: ['b.example.com'] }, 0.1);
  assert.equal(foreseen(failed), undefined);
  assert.equal(foreseen(failed, false, ['b.example.com']), '2026-11-25T12:06:00.000Z');
  const five = ['a', 'b', 'c', 'd', 'e'].map((label) => `${label}.example.com`);
  const once = five.flatMap((name) => entries(1, { event: 'failed', error, names: [name], failedNames: [name] }, 0.1));
  assert.equal(foreseen(once, false, five), undefined);
  const closed = entries(5, { event: 'failed', error: 'urn:ietf:params:acme:error:unauthorized' }, 0.1);
  assert.equal(foreseen(closed), undefined, 'an account that was closed validates nothing');
});

test('two domains in one certificate are counted each by itself', () => {
  const of = (domain: string) =>
    Array.from({ length: 30 }, (_, index) => entries(1, { names: [`n${index}.${domain}`] })).flat();
  const history = [...of('example.com'), ...of('example.net')];
  assert.equal(foreseen(history, false, ['new.example.com', 'new.example.net']), undefined);
});

test('other CAs have other limits, which are not guessed', () => {
  checkLimits(
    'https://ca.example.net/dir',
    ['a.example.com'],
    entries(99, { directory: 'https://ca.example.net/dir' }),
    now,
    false,
  );
});
