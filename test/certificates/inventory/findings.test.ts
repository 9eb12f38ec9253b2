import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bitString,
  integer,
  nullValue,
  oid,
  sequence,
  unsignedInteger,
  write,
} from '../../../src/certificates/asn1/write.ts';
import type { Certificate } from '../../../src/certificates/certificate.ts';
import { decodeCertificate, isUndecodable } from '../../../src/certificates/decode.ts';
import { examineInventory, type InventoryFinding, strangeKeys } from '../../../src/certificates/inventory/findings.ts';
import type { KeyPlace } from '../../../src/certificates/inventory/key-places.ts';
import { nodeCrypto } from '../../../src/host/node-crypto.ts';
import { certificate } from '../fixtures.ts';

const record = (file: string, changed: Partial<Certificate>) => {
  return { file, index: 0, certificate: { ...certificate('leaf.pem'), ...changed }, keyFile: undefined };
};

const key = (mode: number, encrypted = false) => {
  return { file: `/${mode.toString(8)}`, format: 'PKCS #8', publicKey: undefined, encrypted, spkiSha256: 'x', mode };
};

const rules = (certificates: ReturnType<typeof record>[], keys: ReturnType<typeof key>[] = []) => {
  return told(examineInventory({ certificates, keys }));
};

function told(findings: readonly InventoryFinding[]): string[] {
  return findings.map(({ rule, severity, files }) => [severity, rule, ...files].join(' '));
}

test('copies of one certificate are no finding', () => {
  assert.deepEqual(rules([record('/a', {}), record('/b', {})]), []);
});

test('keys are told about that others can read or the group can change', () => {
  assert.deepEqual(rules([], [key(0o600), key(0o640)]), []);
  assert.deepEqual(rules([], [key(0o644), key(0o660)]), ['warning key-readable /644', 'warning key-readable /660']);
  // To run a key is of no use to anybody.
  assert.deepEqual(rules([], [key(0o601)]), []);
  assert.match(examineInventory({ certificates: [], keys: [key(0o602)] })[0]?.message ?? '', /user .* can change the/);
  assert.deepEqual(rules([], [key(0o644, true)]), ['information key-readable /644']);
});

test('of several keys in one file the one in the clear counts', () => {
  const [open, closed] = [key(0o644), key(0o644, true)];
  for (const keys of [
    [open, closed],
    [closed, open],
  ]) {
    assert.deepEqual(rules([], keys), ['warning key-readable /644']);
  }
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

test('a key is as open as the place where it lies', () => {
  const place: KeyPlace = { closed: true, tracked: false, documentRoot: undefined };
  const judge = (changed: Partial<KeyPlace>, record = key(0o644)) => {
    return told(
      examineInventory({ certificates: [], keys: [record] }, new Map([[record.file, { ...place, ...changed }]])),
    );
  };
  assert.deepEqual(judge({}), []);
  assert.deepEqual(judge({ closed: false }), ['warning key-readable /644']);
  assert.deepEqual(judge({ tracked: true }), ['warning key-tracked /644']);
  assert.deepEqual(judge({ closed: false, tracked: true }), ['warning key-tracked /644']);
  assert.deepEqual(judge({ tracked: true }, { ...key(0o644), file: '/src/test/tls.key' }), [
    'information key-tracked /src/test/tls.key',
  ]);
  assert.deepEqual(judge({ documentRoot: '/srv/htdocs' }), ['warning key-in-document-root /644']);
});

test('a key beside certificates has to belong to one of them', () => {
  const mine = { ...key(0o600), spkiSha256: certificate('leaf.pem').spkiSha256 };
  assert.deepEqual(told(strangeKeys([record('/a', {})], [mine])), []);
  assert.deepEqual(told(strangeKeys([record('/a', {})], [key(0o600), mine])), []);
  assert.deepEqual(told(strangeKeys([record('/a', { isCa: true, subjectAltNames: [] })], [key(0o600)])), []);
  // As OpenSSL makes one that signs itself, for hosts.
  assert.deepEqual(told(strangeKeys([record('/a', { isCa: true })], [key(0o600)])), [
    'warning certificate-key-mismatch /600',
  ]);
  // As kubeadm makes its CA, which stands beside the keys of clients.
  const signing = { isCa: true, keyUsage: ['digitalSignature', 'keyCertSign'] };
  assert.deepEqual(told(strangeKeys([record('/a', signing)], [key(0o600)])), []);
  assert.deepEqual(told(strangeKeys([record('/a', {})], [key(0o600)])), ['warning certificate-key-mismatch /600']);
  assert.deepEqual(rules([record('/600', {}), record('/a', {})], [key(0o600), key(0o640)]), [
    'warning certificate-key-mismatch /600',
  ]);
  // A summary does not know whether its certificate signs others.
  const { keyUsage: _, ...summary } = record('/600', signing).certificate;
  const unknown = { file: '/600', index: 0, certificate: summary, keyFile: undefined };
  assert.deepEqual(told(examineInventory({ certificates: [unknown], keys: [key(0o600)] })), []);
});

test('RSA keys that share a prime give each other away', () => {
  const [shared, p, q] = [2n ** 521n - 1n, 2n ** 607n - 1n, 2n ** 1279n - 1n];
  const rsa = (file: string, modulus: bigint) => {
    const found = decodeCertificate(certificateOf(modulus), nodeCrypto);
    assert.ok(!isUndecodable(found));
    return { file, index: 0, certificate: found, keyFile: undefined };
  };
  const weak = [rsa('/a', shared * p), rsa('/b', shared * q), rsa('/c', p * q)];
  assert.deepEqual(
    told(examineInventory({ certificates: weak.slice(0, 2), keys: [] }))[0],
    'error key-shared-prime /a /b',
  );
  assert.deepEqual(told(examineInventory({ certificates: weak.slice(0, 1), keys: [] })), []);
});

/** The least that reads as a certificate with an RSA key; its signature is none. */
function certificateOf(modulus: bigint): Uint8Array {
  const number = unsignedInteger(Buffer.from(modulus.toString(16).replace(/^(?=(?:..)*.$)/, '0'), 'hex'));
  const key = sequence(
    sequence(oid('1.2.840.113549.1.1.1'), nullValue()),
    bitString(sequence(number, integer(65_537))),
  );
  const time = write(0x17, Buffer.from('260101000000Z'));
  const algorithm = sequence(oid('1.2.840.113549.1.1.11'), nullValue());
  const tbs = sequence(integer(1), algorithm, sequence(), sequence(time, time), sequence(), key);
  return sequence(tbs, algorithm, bitString(Uint8Array.of(0)));
}
