import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareCertificates } from '../../src/certificates/compare.ts';
import { certificate } from './fixtures.ts';

const leaf = certificate('leaf.pem');
const later = new Date(leaf.notAfter.getTime() + 60 * 86_400_000);

test('a certificate does not differ from itself', () => {
  assert.deepEqual(compareCertificates(leaf, leaf), []);
});

test('a lost name and a lost purpose break something, a later end does not', () => {
  const renewed = {
    ...leaf,
    sha256: 'other',
    subjectAltNames: ['DNS:example.com', 'DNS:new.example.com'],
    extendedKeyUsage: [],
    notAfter: later,
    spkiSha256: 'other',
  };
  assert.deepEqual(
    compareCertificates(leaf, renewed).map(({ field, breaks, message }) => [field, breaks, message]),
    [
      [
        'Names',
        true,
        '4 names lost: DNS:www.example.com, DNS:*.api.example.com, IP:192.0.2.1, IP:2001:db8::1; 1 name gained: DNS:new.example.com.',
      ],
      ['Key', false, 'The key is a new one; pins and TLSA records have to follow.'],
      ['Expires', false, 'It expires 60 days later. It is valid for 151 days instead of 91 days.'],
      ['Extended key usage', true, '1 purpose lost: serverAuth.'],
    ],
  );
});

test('a kept key is told about', () => {
  const [difference] = compareCertificates(leaf, { ...leaf, sha256: 'other' });
  assert.equal(difference?.field, 'Key');
  assert.equal(difference?.breaks, false);
});
