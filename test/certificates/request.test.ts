import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { test } from 'node:test';
import { bitString, context, integer, oid, sequence, setOf } from '../../src/certificates/asn1/write.ts';
import { readRequest } from '../../src/certificates/containers/request.ts';
import { lintRequest } from '../../src/certificates/lint/request.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { extension, nameOf, subjectAltNames } from '../servers/chains/certificate.ts';

const ecKey = generateKeyPairSync('ec', { namedCurve: 'P-256' });

interface Asked {
  readonly names: readonly string[];
  readonly common?: string;
  readonly key?: { readonly privateKey: KeyObject; readonly publicKey: KeyObject };
  readonly more?: readonly Uint8Array[];
}

const algorithms: Readonly<Record<string, string>> = {
  ec: '1.2.840.10045.4.3.2',
  rsa: '1.2.840.113549.1.1.11',
  ed25519: '1.3.101.112',
  'rsa-pss': '1.2.840.113549.1.1.11',
};

/** What the preflight says of a request, as severity and rule. */
function told(asked: Asked): string[] {
  return findings(asked).map(({ rule, severity }) => `${severity} ${rule}`);
}

function findings({ names, common = 'a.example.org', key = ecKey, more = [] }: Asked) {
  const kind = key.publicKey.asymmetricKeyType ?? '';
  const algorithm = sequence(oid(algorithms[kind] as string));
  const extensions = sequence(...(names.length === 0 ? [] : [subjectAltNames(names)]), ...more);
  const attribute = sequence(oid('1.2.840.113549.1.9.14'), setOf(extensions));
  const spki = key.publicKey.export({ type: 'spki', format: 'der' });
  const info = sequence(integer(0), nameOf('Asked', common), spki, context(0, attribute));
  const signature = sign(kind === 'ed25519' ? null : 'sha256', info, key.privateKey);
  const request = readRequest(sequence(info, algorithm, bitString(signature)), nodeCrypto);
  return lintRequest(request);
}

const good = 'DNS:a.example.org';

test('a request for names that a CA may certify passes', () => {
  assert.deepEqual(told({ names: [good, 'DNS:*.example.org', 'DNS:xn--mller-kva.example.org'] }), []);
});

test('names that are none are refused by all CAs', () => {
  for (const name of [
    '*.*.example.org',
    'w*.example.org',
    '-a.example.org',
    `${'a'.repeat(64)}.org`,
    'a b.org',
    'a..b',
  ]) {
    assert.deepEqual(told({ names: [good, `DNS:${name}`] }), ['warning certificate-name-syntax'], name);
  }
});

test('addresses belong into entries of addresses, with all of their octets', () => {
  for (const name of ['DNS:8.8.8.8', 'IP:080808']) {
    assert.deepEqual(told({ names: [good, name] }), ['warning certificate-name-syntax'], name);
  }
  assert.deepEqual(told({ names: [good, 'IP:08080808'] }), []);
});

test('names that no public CA may certify', () => {
  for (const name of ['DNS:db.internal', 'DNS:intranet', 'IP:0a000001', 'DNS:a_b.example.org']) {
    assert.deepEqual(told({ names: [good, name] }), ['information certificate-internal-name'], name);
  }
});

test('keys that public CAs do not take', () => {
  const key = (bits: number, exponent = 65_537) => {
    return generateKeyPairSync('rsa', { modulusLength: bits, publicExponent: exponent });
  };
  const weak = ['warning certificate-weak-key'];
  assert.deepEqual(told({ names: [good], key: key(2048) }), []);
  assert.deepEqual(told({ names: [good], key: key(1024) }), weak);
  assert.deepEqual(told({ names: [good], key: key(2050) }), weak);
  assert.deepEqual(told({ names: [good], key: key(2048, 3) }), ['information certificate-rsa-exponent']);
  assert.deepEqual(told({ names: [good], key: generateKeyPairSync('ed25519') }), weak);
  assert.deepEqual(told({ names: [good], key: generateKeyPairSync('rsa-pss', { modulusLength: 2048 }) }), [
    'error request-signature',
    ...weak,
  ]);
  assert.deepEqual(told({ names: [good], key: generateKeyPairSync('ec', { namedCurve: 'secp256k1' }) }), weak);
});

test('what else a request may ask for in vain', () => {
  const mustStaple = extension('1.3.6.1.5.5.7.1.24', false, sequence(integer(5)));
  assert.deepEqual(told({ names: [good], more: [mustStaple] }), ['information certificate-must-staple']);
  assert.deepEqual(told({ names: [good, 'email:a@example.org', 'URI:http://a'] }), [
    'information certificate-name-kinds',
  ]);
  assert.deepEqual(told({ names: [] }), ['information certificate-no-names']);
  // RFC 8555 section 7.4 lets a name stand there alone.
  assert.match(findings({ names: [] })[0]?.message ?? '', /Some CAs take the common name for one, others ignore it\./);
  assert.deepEqual(told({ names: [good], common: 'b.example.org' }), ['warning certificate-common-name']);
  assert.deepEqual(told({ names: [good], common: 'Acme Inc.' }), []);
});
