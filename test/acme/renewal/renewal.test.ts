import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPlan } from '../../../src/acme/plan/file.ts';
import type { InventoryItem } from '../../../src/acme/renewal/inventory.ts';
import { chooseTime, planRenewals, renewAt } from '../../../src/acme/renewal/renewal.ts';

const { plan } = await readPlan(
  '/p.yaml',
  'issuers: { corp: { directory: "https://ca.example.net/dir" } }\ncertificates:\n  a: { names: [a.example.com], issuer: corp, challenge: { webroot: w } }\n',
);

const present: InventoryItem = {
  name: 'a',
  state: 'present',
  file: '/a.pem',
  pem: '',
  names: ['a.example.com'],
  notBefore: new Date('2026-01-01'),
  notAfter: new Date('2026-04-01'),
  serialNumber: '80000000',
  ariIdentifier: 'x.y',
  keyType: 'ecdsa-p256',
  keyFits: true,
  directory: 'https://ca.example.net/dir',
  asked: undefined,
  wishes: undefined,
  isRenewal: false,
  revoked: undefined,
  lacking: undefined,
};

/** What a certificate of the plan is asked for with. */
const plain = { profile: undefined, preferredChain: undefined, mustStaple: false };

function judge(
  now: string,
  item: Partial<InventoryItem> = {},
  window?: readonly [string, string],
  explanation?: string,
) {
  const info = window && { start: new Date(window[0]), end: new Date(window[1]), explanation, askAfter: new Date(now) };
  const [action] = planRenewals(new Date(now), plan, [{ ...present, ...item }], new Map(info ? [['a', info]] : []));
  assert.ok(action);
  return action;
}

test('without word from the CA, a third of the lifetime before its end decides', () => {
  assert.equal(renewAt(present).toISOString(), '2026-03-02T00:00:00.000Z');
  assert.equal(judge('2026-03-01').action, 'none');
  assert.equal(judge('2026-03-02').action, 'renew');
  assert.equal(judge('2026-05-01').reason, 'It ended on 2026-04-01 00:00:00 UTC.');
});

test('short lives are renewed at their half', () => {
  const short = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2026-01-07T16:00:00Z') };
  assert.equal(judge('2026-01-04', short).action, 'none');
  assert.equal(judge('2026-01-05', short).action, 'renew');
});

test("the CA's window is the first judge, early and late", () => {
  const revoked = judge('2026-01-05', {}, ['2026-01-01', '2026-01-03'], 'https://ca.example.net/incident');
  assert.equal(revoked.action, 'renew');
  assert.match(revoked.reason, /^The CA asks for its renewal .*https:\/\/ca\.example\.net\/incident/);
  const late = judge('2026-03-10', {}, ['2026-03-20', '2026-03-24']);
  assert.equal(late.action, 'none');
  assert.match(late.reason, /due on 2026-03-22 00:00:00 UTC/);
  const never = ['2026-05-01', '2026-05-02'] as const;
  assert.equal(judge('2026-03-10', {}, never).action, 'renew', 'a window after its end is nobody’s wish');
  assert.match(judge('2026-02-10', {}, never).reason, /due on 2026-03-02 00:00:00 UTC/);
});

test('a CA whose windows have always passed is not asked at every run', () => {
  const passed = ['2026-01-01', '2026-01-02'] as const;
  const renewed = { isRenewal: true, notBefore: new Date('2026-01-05T00:00:00Z') };
  assert.equal(judge('2026-01-05T06:00:00Z', { ...renewed, isRenewal: false }, passed).action, 'renew');
  const held = judge('2026-01-05T06:00:00Z', renewed, passed);
  assert.equal(held.action, 'none');
  assert.match(
    held.reason,
    /due on 2026-01-06 00:00:00 UTC\. The CA asks for it already, though it was renewed less than a day ago/,
  );
  assert.equal(judge('2026-01-05T23:59:59Z', renewed, passed).action, 'none');
  assert.equal(judge('2026-01-06T00:00:00Z', renewed, passed).action, 'renew');
  assert.equal(judge('2026-01-04T23:00:00Z', renewed, passed).action, 'renew', 'a clock that is slow holds nothing up');
  const short = { ...renewed, notAfter: new Date('2026-01-05T08:00:00Z') };
  assert.equal(judge('2026-01-05T03:59:59Z', short, passed).action, 'none');
  assert.equal(judge('2026-01-05T04:00:00Z', short, passed).action, 'renew');
  assert.equal(judge('2026-01-05T06:00:00Z', { ...renewed, revoked: new Date('2026-01-05') }, passed).action, 'renew');
});

test('the time in a window is the same at every run and spread over certificates', () => {
  const window = { start: new Date('2026-01-01'), end: new Date('2026-01-03') };
  assert.equal(chooseTime(window, '00000000').toISOString(), '2026-01-01T00:00:00.000Z');
  assert.equal(chooseTime(window, 'AB80000000').toISOString(), '2026-01-02T00:00:00.000Z');
});

for (const [what, item, reason] of [
  ['a missing file', { state: 'missing' }, /^There is no certificate yet/],
  ['a closed file', { state: 'closed', file: '/a.pem' }, /^This user may not read \/a\.pem/],
  [
    'a file that holds none',
    { state: 'unreadable', file: '/a.pem' },
    /^\/a\.pem holds no certificate that can be read/,
  ],
  ['other names', { names: ['b.example.com'] }, /names a\.example\.com, which it lacks/],
  ['a name too many', { names: ['a.example.com', 'b.example.com'] }, /names b\.example\.com, which the plan does not/],
  ['another key', { keyFits: false }, /private key is missing or belongs to another/],
  ['another key type', { keyType: 'rsa-2048' }, /wants a key of type ecdsa-p256; it has rsa-2048/],
  ['a name that was asked for once', { names: ['a.example.com', 'b.example.com'], asked: ['b.example.com'] }, /b\.ex/],
  [
    'a file that the others do not hold',
    { lacking: '/chain.pem' },
    /wants \/chain\.pem, which is not there or holds another one, and/,
  ],
  [
    'a profile that is no longer wanted',
    { wishes: { ...plain, profile: 'short' } },
    /no profile; .* profile "short"\.$/,
  ],
  ['Must-Staple that is no longer wanted', { wishes: { ...plain, mustStaple: true } }, /with OCSP Must-Staple/],
  ['another issuer', { directory: 'https://other.example/dir' }, /was issued by https:\/\/other\.example\/dir/],
] as const) {
  test(`${what} means a new certificate`, () => {
    const action = judge('2026-01-05', item);
    assert.equal(action.action, 'issue');
    assert.match(action.reason, reason);
  });
}

test('a name that the CA added by itself is no difference: it would add it to the next one too', () => {
  const item = { names: ['a.example.com', 'www.a.example.com'], asked: ['a.example.com'] };
  assert.equal(judge('2026-01-05', item).action, 'none');
});

test('what we had revoked is renewed, also where the CA says nothing of it', () => {
  const { action, reason } = judge('2026-01-05', { revoked: new Date('2026-01-04') });
  assert.deepEqual([action, reason], ['renew', 'It was revoked on 2026-01-04 00:00:00 UTC.']);
});

test('what a CA made is not asked for anew by a machine whose clock is behind', () => {
  assert.equal(judge('2025-06-01').action, 'none');
});

test('a chain that nobody prefers any more will do', () => {
  assert.equal(judge('2026-01-05', { wishes: { ...plain, preferredChain: 'Old Root' } }).action, 'none');
});

test('a certificate of unknown origin is left alone', () => {
  assert.equal(judge('2026-01-05', { directory: undefined }).action, 'none');
});
