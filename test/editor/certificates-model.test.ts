import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CertificateSummary } from '../../src/certificates/certificate.ts';
import {
  describeRemaining,
  type FoundCertificate,
  foldChains,
  groupCertificates,
  titleWithCount,
} from '../../src/editor/certificates/certificates-model.ts';

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

test('remaining time is said as a person would', () => {
  const at = (days: number) => describeRemaining(new Date(now.getTime() + days * day), now);
  assert.equal(at(63.5), '63 days left');
  assert.equal(at(1.2), '1 day left');
  assert.equal(at(0.5), '12 hours left');
  assert.equal(at(-3.5), 'ended 3 days ago');
  assert.equal(at(-0.01), 'ended less than an hour ago');
  assert.equal(at(3650), '10 years left');
  assert.equal(describeRemaining(new Date(Number.NaN), now), 'end date cannot be read');
});

test('groups come by urgency, and within one what ends first comes first', () => {
  const certificates = [63, 5, -2, 20, 3].map((days) => found(`/w/${days}.pem`, 0, summary(`d${days}`, days)));
  const groups = groupCertificates(certificates, 'urgency', now, (folder) => folder);
  assert.deepEqual(
    groups.map(({ label, certificates: members }) => [label, ...members.map((each) => each.summary.subject)]),
    [
      ['Expired', 'CN=d-2'],
      ['Expires this week', 'CN=d3', 'CN=d5'],
      ['Expires this month', 'CN=d20'],
      ['Later', 'CN=d63'],
    ],
  );
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
