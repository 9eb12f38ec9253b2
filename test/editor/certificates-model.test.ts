import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CertificateSummary } from '../../src/certificates/certificate.ts';
import {
  type CertificateFilter,
  describeFilter,
  filterCertificates,
} from '../../src/editor/certificates/tree/filter.ts';
import {
  type Arrangement,
  type CertificateGroup,
  describeRemaining,
  describeState,
  type FoundCertificate,
  foldChains,
  groupCertificates,
  needsAttention,
  readableNames,
  type Sorting,
  spokenTitle,
  titleWithCount,
} from '../../src/editor/certificates/tree/model.ts';
import { endingsOfTwins } from '../../src/editor/certificates/tree/twins.ts';

const now = new Date('2026-11-25T12:00:00Z');
const day = 86_400_000;

function summary(name: string, days: number, isCa = false): CertificateSummary {
  return {
    subject: `CN=${name}`,
    issuer: 'CN=Test Root',
    serialNumber: '01',
    notBefore: new Date(now.getTime() - 30 * day),
    notAfter: new Date(now.getTime() + days * day),
    subjectAltNames: isCa ? [] : [`DNS:${name}`],
    publicKey: { algorithm: 'EC', curve: 'P-256' },
    isCa,
    selfIssued: false,
    sha256: name,
    spkiSha256: name,
  };
}

function found(file: string, index: number, certificate: CertificateSummary): FoundCertificate {
  return { file, index, summary: certificate, keyFile: undefined, chain: [] };
}

const arrangement: Arrangement = {
  grouping: 'urgency',
  sorting: 'end',
  now,
  displayFolder: (folder) => folder,
  serversOf: (file) => ({ '/w/a.pem': ['shop', 'www'], '/w/b.pem': ['shop'] })[file] ?? [],
};

function titles(groups: readonly CertificateGroup[]): readonly (readonly string[])[] {
  return groups.map(({ label, certificates }) => [label, ...certificates.map(({ summary: { subject } }) => subject)]);
}

test('what OpenSSL lets sign itself for hosts is called by them, though it says that it is a CA', () => {
  const own = {
    ...summary('Acme', 9, true),
    selfIssued: true,
    subjectAltNames: ['DNS:shop.test', 'DNS:www.shop.test'],
  };
  assert.equal(titleWithCount(own), 'shop.test +1');
  assert.equal(titleWithCount({ ...own, selfIssued: false }), 'Acme');
  assert.equal(titleWithCount({ ...own, subjectAltNames: ['email:ca@acme.test'] }), 'Acme');
});

test('what ends before it starts is with what has expired, and not to be waited for', () => {
  const never = { ...summary('never', 1), notBefore: new Date(now.getTime() + 2 * day) };
  const early = { ...summary('early', 9), notBefore: new Date(now.getTime() + 2 * day) };
  const groups = groupCertificates([found('/w/a.pem', 0, never), found('/w/b.pem', 0, early)], arrangement);
  assert.deepEqual(titles(groups), [
    ['Expired', 'CN=never'],
    ['Not yet valid', 'CN=early'],
  ]);
});

test('what a list revokes stands behind what has expired, and needs no renewal', () => {
  const revocation = { date: new Date('2026-11-20T08:00:00Z'), reason: undefined, thisUpdate: now, file: '/w/crl.pem' };
  const revoked = { ...found('/w/a.pem', 0, summary('revoked', 1)), revocation };
  const past = { ...found('/w/b.pem', 0, summary('past', -1)), revocation };
  const soon = found('/w/c.pem', 0, summary('soon', 1));
  const all = [soon, revoked, past];
  assert.deepEqual(titles(groupCertificates(all, arrangement)), [
    ['Expired', 'CN=past'],
    ['Revoked', 'CN=revoked'],
    ['Expires this week', 'CN=soon'],
  ]);
  assert.deepEqual(
    all.filter((each) => needsAttention(each, now)),
    [soon, past],
  );
  assert.deepEqual(
    all.map((each) => describeState(each, now)),
    ['1 day left', 'revoked 2026-11-20', 'ended 1 day ago'],
  );
  assert.deepEqual(filterCertificates(all, { kind: 'urgency', urgency: 'revoked' }, now), [revoked]);
});

test('remaining time is said as a person would', () => {
  const at = (days: number) => describeRemaining(new Date(now.getTime() + days * day), now);
  assert.equal(at(63.5), '63 days left');
  assert.equal(at(1.2), '1 day left');
  assert.equal(at(0.5), '12 hours left');
  assert.equal(at(-3.5), 'ended 3 days ago');
  assert.equal(at(-0.01), 'ended less than an hour ago');
  assert.equal(at(3650), '10 years left');
  assert.equal(describeRemaining(new Date(Number.NaN), now), 'end date cannot be read');
  assert.equal(describeRemaining(new Date('9999-12-31T23:59:59Z'), now), 'no end');
});

test('a name that cannot be seen is no title', () => {
  const title = (...subjectAltNames: string[]) => titleWithCount({ ...summary('shop.example', 5), subjectAltNames });
  assert.equal(title('DNS:', 'DNS:www.example'), 'www.example +1');
  assert.equal(title('DNS:', 'email: '), 'shop.example +1');
  assert.equal(title('DNS:a.example', 'DNS:b.example'), 'a.example +1');
});

test('groups come by urgency, and within one what ends first comes first, or ended last', () => {
  const certificates = [63, 5, -900, -2, 20, 3].map((days) => found(`/w/${days}.pem`, 0, summary(`d${days}`, days)));
  const groups = groupCertificates(certificates, arrangement);
  assert.deepEqual(
    groups.map(({ label, certificates: members }) => [label, ...members.map((each) => each.summary.subject)]),
    [
      ['Expired', 'CN=d-2', 'CN=d-900'],
      ['Expires this week', 'CN=d3', 'CN=d5'],
      ['Expires this month', 'CN=d20'],
      ['Later', 'CN=d63'],
    ],
  );
});

test('a certificate stands below every server that uses it, and unused ones come last', () => {
  const certificates = ['c', 'b', 'a'].map((name, index) => found(`/w/${name}.pem`, 0, summary(name, 60 + index)));
  assert.deepEqual(titles(groupCertificates(certificates, { ...arrangement, grouping: 'server' })), [
    ['shop', 'CN=b', 'CN=a'],
    ['www', 'CN=a'],
    ['Used by no server', 'CN=c'],
  ]);
});

test('within a group certificates are sorted as chosen', () => {
  const certificates = [found('/w/2.pem', 0, summary('a', 80)), found('/w/1.pem', 0, summary('b', 90))];
  const sortedBy = (sorting: Sorting) => titles(groupCertificates(certificates, { ...arrangement, sorting }));
  assert.deepEqual(sortedBy('name'), [['Later', 'CN=a', 'CN=b']]);
  assert.deepEqual(sortedBy('file'), [['Later', 'CN=b', 'CN=a']]);
});

test('a group is marked by its gravest certificate', () => {
  const certificates = [found('/w/1.pem', 0, summary('a', 80)), found('/w/2.pem', 0, summary('b', -1))];
  const [folder] = groupCertificates(certificates, { ...arrangement, grouping: 'folder' });
  assert.equal(folder?.urgency, 'expired');
});

test('ten thousand certificates are grouped at once', () => {
  const certificates = Array.from({ length: 10_000 }, (_, index) =>
    found(`/w/${index}.pem`, 0, summary(`n${index}`, 60)),
  );
  const [group] = groupCertificates(certificates, { ...arrangement, grouping: 'issuer' });
  assert.equal(group?.certificates.length, 10_000);
});

test('a name for machines is shown with what people read in it, and found by that', () => {
  const names = ['DNS:xn--mller-kva.example', 'DNS:www.example', 'IP:192.0.2.1'];
  const idn = { ...summary('xn--mller-kva.example', 60), subjectAltNames: names };
  assert.deepEqual(readableNames(idn), ['DNS:xn--mller-kva.example (müller.example)', ...names.slice(1)]);
  const certificates = [found('/w/idn.pem', 0, idn), found('/w/b.pem', 0, summary('b', 60))];
  const shown = filterCertificates(certificates, { kind: 'text', text: 'Müller' }, now);
  assert.deepEqual(
    shown.map(({ file }) => file),
    ['/w/idn.pem'],
  );
});

test('what is read out has the further names too', () => {
  const named = (...subjectAltNames: string[]) => spokenTitle({ ...summary('a.example', 60), subjectAltNames });
  assert.equal(named('DNS:a.example'), 'a.example');
  assert.equal(named('DNS:a.example', 'DNS:b.example'), 'a.example and 1 more name');
  assert.equal(named('DNS:a.example', 'DNS:b.example', 'DNS:c.example'), 'a.example and 2 more names');
});

test('a filter takes words, hex with colons, and urgencies', () => {
  const certificates = [
    { ...found('/w/shop.pem', 0, summary('shop.example', 60)), keyFile: '/w/shop.key' },
    found('/w/old.pem', 0, { ...summary('old.example', -3), serialNumber: '0a1b2c' }),
  ];
  const shown = (filter: CertificateFilter) =>
    filterCertificates(certificates, filter, now).map(({ summary: { subject } }) => subject);
  assert.deepEqual(shown({ kind: 'text', text: 'SHOP ec p-256' }), ['CN=shop.example']);
  assert.deepEqual(shown({ kind: 'text', text: '0A:1B:2C' }), ['CN=old.example']);
  assert.deepEqual(shown({ kind: 'text', text: 'shop old' }), []);
  assert.deepEqual(shown({ kind: 'attention' }), ['CN=old.example']);
  assert.equal(describeFilter({ kind: 'attention' }, 1, 2), '1 of 2 certificates: expired or overdue for renewal');
});

test('a chain file is one entry, two leaves in one file are two', () => {
  const folded = foldChains([
    found('/w/chain.pem', 0, summary('leaf', 60)),
    found('/w/chain.pem', 1, summary('intermediate', 900, true)),
    found('/w/two.pem', 0, summary('a', 60)),
    found('/w/two.pem', 1, summary('b', 60)),
  ]);
  assert.deepEqual(
    folded.map(({ summary: { subject }, chain }) => [subject, chain.length]),
    [
      ['CN=leaf', 1],
      ['CN=a', 0],
      ['CN=b', 0],
    ],
  );
});

test('many CA certificates in one file are a bundle, as good as the one that ends last', () => {
  const roots = [10, -5, 800, 20, 30].map((days, index) => found('/w/ca.pem', index, summary(`r${days}`, days, true)));
  const [bundle] = foldChains(roots);
  assert.equal(bundle?.isBundle, true);
  assert.equal(bundle?.summary.subject, 'CN=r800');
  assert.equal(bundle?.chain.length, 4);
});

test('a title counts the further names', () => {
  const many = { ...summary('example.org', 60), subjectAltNames: ['DNS:example.org', 'DNS:a', 'DNS:b', 'DNS:c'] };
  assert.equal(titleWithCount(many), 'example.org +3');
  assert.equal(titleWithCount({ ...summary('x', 1), subject: '', subjectAltNames: [] }), 'Serial 01');
});

test('files with the same certificate are told apart by their endings, or by their paths', () => {
  const shop = summary('shop.example', 60);
  const mail = summary('mail.example', 60);
  const endings = endingsOfTwins([
    found('/w/certs/shop.example.crt', 0, shop),
    found('/w/certs/shop.example.fullchain.pem', 0, shop),
    found('/w/certs/other.crt', 0, summary('other.example', 60)),
    found('/w/certs/combined.pem', 0, shop),
    found('/w/certs/address.example.crt', 0, summary('192.0.2.1', 60)),
    found('/w/certs/address.example-chain.pem', 0, summary('192.0.2.1', 60)),
    found('/w/live/x/cert.pem', 0, summary('x', 60)),
    found('/w/live/x/fullchain.pem', 0, summary('x', 60)),
    found('/w/live/mail.example/cert.pem', 0, mail),
    found('/w/archive/mail.example/cert.pem', 0, mail),
  ]);
  assert.deepEqual(
    [...endings.values()],
    [
      ...['.crt', '.fullchain.pem', 'combined.pem'],
      ...['.crt', '-chain.pem'],
      ...['cert.pem', 'fullchain.pem'],
      ...['/w/live/mail.example/cert.pem', '/w/archive/mail.example/cert.pem'],
    ],
  );
});
