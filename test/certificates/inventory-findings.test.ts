import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CertificateSummary } from '../../src/certificates/certificate.ts';
import { examineInventory } from '../../src/certificates/inventory-findings.ts';
import { certificate } from './fixtures.ts';

const record = (file: string, changed: Partial<CertificateSummary>) => {
  return { file, index: 0, certificate: { ...certificate('leaf.pem'), ...changed }, keyFile: undefined };
};

const key = (mode: number, encrypted = false) => {
  return { file: '/k', format: 'PKCS #8', publicKey: undefined, encrypted, spkiSha256: 'x', mode };
};

const rules = (certificates: ReturnType<typeof record>[], keys: ReturnType<typeof key>[] = []) => {
  return examineInventory({ certificates, keys, unreadable: [], files: 1 }).map(({ rule, severity, files }) =>
    [severity, rule, ...files].join(' '),
  );
};

test('copies of one certificate are no finding', () => {
  assert.deepEqual(rules([record('/a', {}), record('/b', {})]), []);
});

test('keys are told about that others can read or the group can change', () => {
  assert.deepEqual(rules([], [key(0o600), key(0o640)]), []);
  assert.deepEqual(rules([], [key(0o644), key(0o660)]), ['warning key-readable /k', 'warning key-readable /k']);
  assert.deepEqual(rules([], [key(0o644, true)]), ['information key-readable /k']);
});

test('a key in two certificates is shared, or kept', () => {
  const other = { sha256: '2', serialNumber: '02', subject: 'CN=other.example' };
  assert.deepEqual(rules([record('/a', {}), record('/b', other)]), ['information key-shared /a /b']);
  assert.deepEqual(rules([record('/a', {}), record('/b', { sha256: '2', serialNumber: '02' })]), [
    'hint key-kept /a /b',
  ]);
});

test('a serial number belongs to one certificate of an issuer', () => {
  assert.deepEqual(rules([record('/a', {}), record('/b', { sha256: '2', spkiSha256: '2' })]), [
    'warning serial-number-reused /a /b',
  ]);
});
