import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InventoryFinding } from '../../../src/certificates/inventory/findings.ts';
import type { InventoryLint } from '../../../src/certificates/inventory/lint-inventory.ts';
import { describeInventory, inventoryReport, type Judged } from '../../../src/certificates/inventory/report.ts';
import { certificate, certificates, now } from '../fixtures.ts';

const name = (file: string) => file.replace(/^\/w\//, '');
const [leaf, intermediate] = [certificate('leaf.pem'), certificate('intermediate.pem')];
const inventory = {
  certificates: [
    { file: '/w/full.pem', index: 0, certificate: leaf, keyFile: '/w/a.key' },
    { file: '/w/full.pem', index: 1, certificate: intermediate, keyFile: undefined },
    ...certificates('empty-subject.pem').map((each) => {
      return { file: '/w/lone.pem', index: 0, certificate: { ...each, isCa: false }, keyFile: undefined };
    }),
  ],
  keys: [
    {
      file: '/w/a.key',
      format: 'SEC 1',
      publicKey: leaf.publicKey,
      encrypted: false,
      spkiSha256: leaf.spkiSha256,
      mode: 0o600,
    },
    {
      file: '/w/b.key',
      format: 'PKCS #8',
      publicKey: undefined,
      encrypted: true,
      spkiSha256: undefined,
      mode: undefined,
    },
  ],
  unreadable: [{ file: '/w/c.pem', reason: 'It is cut off' }],
  revocationLists: [],
  files: 5,
};
const files = Array.from({ length: 7 }, (_, index) => `/w/${index}`);
const finding = { rule: 'key-kept', severity: 'hint', message: 'Kept.', reference: 'none', files } as const;

const weak = {
  rule: 'certificate-weak-key',
  severity: 'warning',
  message: 'It is too short.',
  reference: 'none',
} as const;
const soon = { ...weak, rule: 'certificate-expires-soon', message: 'It ends soon.' };
const lint: InventoryLint = new Map([[leaf.sha256, [weak, soon]]]);

function judged(
  findings: readonly InventoryFinding[],
  found: InventoryLint,
  revocations: Judged['revocations'] = new Map(),
): Judged {
  return { findings, lint: found, revocations };
}

test('what ends before it starts has no day from which it is valid', () => {
  const never = { ...leaf, notBefore: new Date('2031-01-01T00:00:00Z'), notAfter: new Date('2030-01-01T00:00:00Z') };
  const found = {
    ...inventory,
    certificates: [{ file: '/w/a.pem', index: 0, certificate: never, keyFile: undefined }],
  };
  assert.match(describeInventory(found, judged([], new Map()), now, name), /^Expired \(1\)\n .* valid at no time /m);
});

test('what a list revokes stands by itself, with the day and why, and is not to be renewed', () => {
  const revocation = { date: new Date('2026-09-01T00:00:00Z'), reason: 'keyCompromise', thisUpdate: now, file: '/w/l' };
  const all = judged([], lint, new Map([[leaf.sha256, revocation]]));
  const text = describeInventory(inventory, all, now, name);
  assert.match(text, /^Revoked \(1\)\n {2}example\.com .* revoked 2026-09-01 \(keyCompromise\), key a\.key, with/m);
  assert.match(text, /^Valid \(1\)$/m);
  const [first, second] = inventoryReport(inventory, all, now, name).certificates;
  const thisUpdate = '2026-09-30T12:00:00Z';
  assert.deepEqual(first?.['revocation'], {
    date: '2026-09-01T00:00:00Z',
    reason: 'keyCompromise',
    thisUpdate,
    file: 'l',
  });
  assert.equal(second?.['revocation'], undefined);
  const later = new Date('2026-12-15T00:00:00Z');
  assert.match(describeInventory(inventory, all, later, name), /^Expired \(1\)\n {2}example\.com .* revoked/m);
});

test('what OpenSSL lets sign itself for a host is called by the host, though it says that it is a CA', () => {
  const [record] = inventory.certificates;
  assert.ok(record);
  const own = { ...leaf, isCa: true, selfIssued: true, subject: '', subjectAltNames: ['DNS:own.example'] };
  const alone = { ...inventory, certificates: [{ ...record, certificate: own }], keys: [], unreadable: [] };
  assert.match(describeInventory(alone, judged([], new Map()), now, name), /^ {2}own\.example {2}.* self-signed$/m);
  const named = { ...alone, certificates: [{ ...record, certificate: { ...own, subject: 'CN=Acme,O=Acme' } }] };
  assert.match(describeInventory(named, judged([], new Map()), now, name), /^ {2}own\.example {2}.* self-signed$/m);
  const inner = {
    ...own,
    subject: 'CN=Inner CA,O=Example',
    keyUsage: ['keyCertSign'],
    subjectAltNames: ['URI:https://ca.example/', 'DNS:ca.example'],
  };
  const authority = { ...alone, certificates: [{ ...record, certificate: inner }] };
  assert.match(describeInventory(authority, judged([], new Map()), now, name), /^ {2}CN=Inner CA,O=Example {2}/m);
});

test('the inventory comes by urgency, each certificate on a line with its key and its issuer', () => {
  assert.equal(
    describeInventory(inventory, judged([finding], lint), now, name),
    [
      'Renew soon (1)',
      '  nosubject.example  2027-01-01, 92 days left  lone.pem  no key found, self-signed',
      '',
      'Valid (2)',
      '  example.com +4                                2026-11-30, 61 days left    full.pem                  key a.key, with its issuer',
      '  CN=Example Intermediate,O=Example Trust,C=NL  2031-01-01, 1553 days left  full.pem (certificate 2)  CA',
      '',
      'Private keys without a certificate (1)',
      '  b.key  kind not known  PKCS #8, encrypted, may belong to one that is listed: its public half is not known here',
      '',
      'Cannot be read (1)',
      '  c.pem: It is cut off',
      '  Show what one holds: tls-workbench inspect FILE',
      '',
      'Findings',
      '  warning: It is too short. [certificate-weak-key]',
      '    full.pem',
      '  hint: Kept. [key-kept]',
      '    0',
      '    1',
      '    2',
      '    3',
      '    4',
      '    and 2 more',
      '',
      '3 certificates, 2 private keys, 5 files looked into.',
      '',
    ].join('\n'),
  );
});

test('a key whose public half cannot be computed is not said to be without a certificate', () => {
  const [first] = inventory.keys;
  assert.ok(first);
  const key = { ...first, publicKey: { algorithm: 'ML-DSA-65' }, spkiSha256: undefined };
  assert.match(
    describeInventory({ ...inventory, keys: [key] }, judged([], lint), now, name),
    /^ {2}a\.key {2}ML-DSA-65 {2}SEC 1, may belong to one that is listed: its public half is not known here$/m,
  );
});

test('a key in a container that its password closes has its certificate there', () => {
  const closed = { ...inventory, unreadable: [{ file: '/w/b.key', reason: 'It is closed.', locked: true as const }] };
  assert.doesNotMatch(describeInventory(closed, judged([], lint), now, name), /without a certificate/);
});

test('what is told of several files in the same words is told once', () => {
  const again = { ...finding, files: ['/w/9', '/w/0'] };
  const once = { ...finding, files: ['/w/0'] };
  const text = describeInventory(inventory, judged([once, again], lint), now, name);
  assert.equal(text.match(/Kept\./g)?.length, 1);
  assert.match(text, /Kept\. \[key-kept\]\n {4}0\n {4}9\n\n/);
});

test('the report of certificates has the promised fields, and nothing in it is lost as JSON', () => {
  const report = inventoryReport(inventory, judged([finding], lint), now, name);
  assert.deepEqual(JSON.parse(JSON.stringify(report)), report);
  const [first] = report.certificates;
  assert.deepEqual([first?.['file'], first?.['index'], first?.['keyFile']], ['full.pem', 0, 'a.key']);
  assert.equal(report.certificates[1]?.['keyFile'], null);
  assert.deepEqual(
    report.keys.map(({ file, mode, spkiSha256 }) => [file, mode, spkiSha256]),
    [
      ['a.key', '0600', leaf.spkiSha256],
      ['b.key', null, null],
    ],
  );
  assert.deepEqual(report.unreadable, [{ file: 'c.pem', reason: 'It is cut off', locked: false }]);
  assert.equal(report.findings[0]?.files.length, 7);
  assert.deepEqual(first?.['findings'], [weak, soon]);
});

test('thousands of certificates of one file are looked through for an issuer once', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => {
    const subject = `CN=${index}`;
    return { file: '/w/all.pem', index, certificate: { ...leaf, subject, issuer: 'CN=9999' }, keyFile: undefined };
  });
  const started = performance.now();
  const text = describeInventory({ ...inventory, certificates: many }, judged([], new Map()), now, name);
  assert.ok(performance.now() - started < 1000);
  assert.equal(text.match(/no key found, with its issuer$/gm)?.length, many.length);
});
