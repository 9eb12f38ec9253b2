import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { test } from 'node:test';
import { createPrivateKeyPem } from '../../src/acme/keys/keys.ts';
import { makeCertificate, publicKeyOf, subjectAltNames } from '../../src/acme/local/make-certificate.ts';
import { compareCertificates } from '../../src/operations/compare-certificates.ts';

const [first, second, large] = await Promise.all([
  createPrivateKeyPem('ecdsa-p256'),
  createPrivateKeyPem('ecdsa-p256'),
  createPrivateKeyPem('ecdsa-p384'),
]);

function certificate(names: readonly string[], key = first, issuer = 'CA', days = 90): string {
  const notBefore = new Date('2026-01-01T00:00:00Z');
  return makeCertificate(
    {
      subject: '',
      issuer,
      notBefore,
      notAfter: new Date(notBefore.getTime() + days * 86_400_000),
      publicKey: publicKeyOf(createPrivateKey(key)),
      extensions: [subjectAltNames(names.map((value) => ({ type: 'dns', value })))],
    },
    createPrivateKey(first),
  );
}

const notable = (before: string, after: string) =>
  compareCertificates(before, after)
    .filter(({ isNotable }) => isNotable)
    .map(({ what }) => what);

test('a usual renewal changes nothing', () => {
  assert.deepEqual(compareCertificates(certificate(['a.test']), certificate(['a.test'], second)), []);
});

test('a lost name, another issuer and another kind of key are worth a look', () => {
  const before = certificate(['a.test', 'b.test']);
  assert.deepEqual(notable(before, certificate(['a.test'], second)), ['name-lost']);
  assert.deepEqual(notable(before, certificate(['a.test', 'b.test'], large)), ['key-type']);
  assert.deepEqual(notable(before, certificate(['a.test', 'b.test'], second, 'Other')), ['issuer']);
  assert.deepEqual(notable(before, certificate(['a.test', 'b.test', 'c.test'], first, 'CA', 45)), []);
});

test('names that are new are told and no reason to stop', () => {
  const [change, ...more] = compareCertificates(certificate(['a.test']), certificate(['a.test', 'b.test'], second));
  assert.deepEqual(change, { what: 'name-added', isNotable: false, message: 'It now covers b.test.' });
  assert.deepEqual(more, []);
});

test('a kept key and another lifetime are told', () => {
  const changes = compareCertificates(certificate(['a.test']), certificate(['a.test'], first, 'CA', 45));
  assert.deepEqual(
    changes.map(({ message }) => message),
    ['Its key is the same.', 'It lives 45 days instead of 90.'],
  );
});
