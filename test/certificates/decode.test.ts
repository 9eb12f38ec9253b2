import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readElement } from '../../src/certificates/asn1/der.ts';
import { octetString, write } from '../../src/certificates/asn1/write.ts';
import { decodeCertificate, isUndecodable } from '../../src/certificates/decode.ts';
import { decodeExtension } from '../../src/certificates/extensions/decode-extension.ts';
import { summarizePem } from '../../src/certificates/inventory/summarize-pem.ts';
import { summarize } from '../../src/certificates/inventory/summary.ts';
import { readObjects } from '../../src/certificates/objects.ts';
import { encodePem } from '../../src/certificates/pem/armour.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { certificate } from './fixtures.ts';

test('a server certificate is decoded in every field', () => {
  const leaf = certificate('leaf.pem');
  assert.equal(leaf.subject, 'CN=example.com');
  assert.equal(leaf.issuer, 'CN=Example Intermediate,O=Example Trust,C=NL');
  assert.equal(leaf.serialNumber, '1234ABCD');
  assert.equal(leaf.notBefore.toISOString(), '2026-09-01T00:00:00.000Z');
  assert.equal(leaf.notAfter.toISOString(), '2026-11-30T23:59:59.000Z');
  assert.deepEqual(leaf.subjectAltNames, [
    'DNS:example.com',
    'DNS:www.example.com',
    'DNS:*.api.example.com',
    'IP:192.0.2.1',
    'IP:2001:db8::1',
  ]);
  assert.deepEqual(leaf.publicKey, { algorithm: 'EC', curve: 'P-256', bits: 256 });
  assert.equal(leaf.signatureAlgorithm, 'ecdsa-with-SHA256');
  assert.equal(leaf.isCa, false);
  assert.deepEqual(leaf.keyUsage, ['digitalSignature']);
  assert.deepEqual(leaf.extendedKeyUsage, ['serverAuth']);
  assert.deepEqual(leaf.ocspUrls, ['http://ocsp.example.net']);
  assert.deepEqual(leaf.caIssuersUrls, ['http://ca.example.net/intermediate.cer']);
  assert.deepEqual(leaf.crlUrls, ['http://ca.example.net/intermediate.crl']);
  assert.equal(leaf.authorityKeyIdentifier, certificate('intermediate.pem').subjectKeyIdentifier);
  assert.deepEqual(leaf.problems, []);
});

test('an extension’s range holds its bytes', () => {
  const leaf = certificate('leaf.pem');
  const usage = leaf.extensions.find((extension) => extension.name === 'keyUsage');
  assert.ok(usage);
  assert.deepEqual([...leaf.der.subarray(usage.range.start, usage.range.end)], [3, 2, 7, 0x80]);
  assert.equal(usage.critical, true);
  assert.equal(usage.value, 'signatures (digitalSignature)');
});

test('an empty subject is the empty string', () => {
  assert.equal(certificate('empty-subject.pem').subject, '');
});

test('special characters of a name are escaped as RFC 4514 wants it', () => {
  assert.equal(
    certificate('hostile.pem').subject,
    'CN=\\<script\\>alert(1)\\</script\\>,O=\\<b\\>Müller\\, \\"Söhne\\" \\+ Co.\\</b\\>',
  );
});

test('one broken extension costs only itself', () => {
  const der = Uint8Array.from(certificate('leaf.pem').der);
  const usage = certificate('leaf.pem').extensions.find((extension) => extension.name === 'keyUsage');
  assert.ok(usage);
  der[usage.range.start] = 0x04;
  const decoded = decodeCertificate(der, nodeCrypto);
  assert.ok(!isUndecodable(decoded));
  const broken = decoded.extensions.find((extension) => extension.name === 'keyUsage');
  assert.equal(broken?.error, 'keyUsage has the tag 0x04 instead of 0x03');
  assert.equal(broken?.value, '04020780');
  assert.deepEqual(decoded.subjectAltNames.length, 5);
  assert.equal(decoded.problems.length, 1);
});

test('what stands behind an object is counted', () => {
  const { der } = certificate('leaf.pem');
  const messages = (...more: readonly number[]) =>
    readObjects(Uint8Array.from([...der, ...more]), nodeCrypto).problems.map(({ message }) => message);
  assert.deepEqual(messages(), []);
  assert.deepEqual(messages(10), ['What follows the object (1 byte) is ignored.']);
  assert.deepEqual(messages(13, 10), ['What follows the object (2 bytes) is ignored.']);
});

test('that a CA never tells of revocation (RFC 9608) is known', () => {
  const value = readElement(octetString(write(5)));
  const { name, error } = decodeExtension('2.5.29.56', true, value);
  assert.deepEqual([name, error], ['noRevAvail', undefined]);
});

test('a certificate cut in half says where it ends', () => {
  const { der } = certificate('leaf.pem');
  const decoded = decodeCertificate(der.subarray(0, der.length >> 1), nodeCrypto);
  assert.ok(isUndecodable(decoded));
  assert.match(decoded.reason, /An element says it has \d+ bytes, but only \d+ are left \(byte 0\)\./);
});

test('the summary agrees with the full decoding', () => {
  for (const name of ['leaf.pem', 'root.pem', 'empty-subject.pem', 'hostile.pem']) {
    const full = certificate(name);
    const summary = summarize(full.der, nodeCrypto);
    for (const [key, value] of Object.entries(summary)) {
      assert.deepEqual(value, full[key as keyof typeof summary], `${key} of ${name}`);
    }
  }
});

test('a block with dots in place of its content is called what it is', () => {
  const text = '-----BEGIN CERTIFICATE-----\n...\n-----END CERTIFICATE-----\n';
  const [object] = readObjects(new TextEncoder().encode(text), nodeCrypto).objects;
  assert.equal(object?.kind === 'unreadable' && object.reason, 'The block has no content in base64.');
});

test('summaries of one after the other have each its own issuer', () => {
  const names = ['Example', 'Another', 'Someone', 'Example', 'Somebod'];
  const found = names.map((name) => {
    const der = Buffer.from(certificate('leaf.pem').der);
    der.write(name, der.indexOf('Example Intermediate'));
    return summarizePem(Buffer.from(encodePem('CERTIFICATE', der)), nodeCrypto)?.[0]?.issuer;
  });
  assert.deepEqual(
    found,
    names.map((name) => `CN=${name} Intermediate,O=Example Trust,C=NL`),
  );
});
