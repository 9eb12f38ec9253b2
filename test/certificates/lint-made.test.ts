import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodingOf, readElement } from '../../src/certificates/asn1/der.ts';
import { bitString, context, integer, octetString, oid, sequence, write } from '../../src/certificates/asn1/write.ts';
import { decodeCertificate, isUndecodable } from '../../src/certificates/decode.ts';
import { type LintOptions, lintCertificate } from '../../src/certificates/lint/lint.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import {
  basicConstraints,
  type Contents,
  extendedKeyUsage,
  extension,
  generalName,
  keyUsage,
  makeCertificate,
  makeKey,
  nameConstraints,
  nameOf,
  subjectAltNames,
} from '../servers/chains/certificate.ts';

const now = new Date('2026-09-30T12:00:00Z');
const [key, issuer] = [makeKey(), makeKey()];

const server = [extendedKeyUsage('serverAuth'), subjectAltNames(['DNS:a.example.org'])];

/** What a certificate of a CA, made with these fields, is told: rule and severity. */
function told(
  extensions: readonly Uint8Array[],
  options: Partial<LintOptions> = {},
  fields: Partial<Contents> = {},
): string[] {
  const der = makeCertificate(
    {
      serial: 77,
      subject: nameOf('Made', 'a.example.org'),
      issuer: nameOf('Made', 'Issuer'),
      notBefore: new Date('2026-09-01T00:00:00Z'),
      notAfter: new Date('2026-12-01T00:00:00Z'),
      key,
      extensions,
      ...fields,
    },
    issuer,
  );
  const certificate = decodeCertificate(der, nodeCrypto);
  if (isUndecodable(certificate)) throw new Error(certificate.reason);
  return (
    lintCertificate(certificate, { now, ...options })
      // They carry neither timestamps nor the identifier of the issuer’s key.
      .filter(({ rule }) => rule !== 'certificate-transparency' && rule !== 'certificate-strict-clients')
      .map(({ rule, severity }) => `${severity} ${rule}`)
  );
}

const usage = (bits: number, unused: number) => extension('2.5.29.15', true, bitString(Uint8Array.of(bits), unused));
const mustStaple = extension('1.3.6.1.5.5.7.1.24', false, sequence(integer(5)));
const access = (method: number, url: string) =>
  extension(
    '1.3.6.1.5.5.7.1.1',
    false,
    sequence(sequence(oid(`1.3.6.1.5.5.7.48.${method}`), generalName(`URI:${url}`))),
  );
const crl = (...urls: readonly string[]) => {
  const point = (url: string) => sequence(context(0, context(0, generalName(`URI:${url}`))));
  return extension('2.5.29.31', false, sequence(...urls.map(point)));
};
const policy = extension('2.5.29.32', false, sequence(sequence(oid('2.23.140.1.2.1'))));
const revocable = crl('http://crl.example.org/a.crl');

test('a server certificate that is in order is told nothing', () => {
  assert.deepEqual(told(server), []);
  assert.deepEqual(told([...server, policy, revocable]), []);
});

test('a common name that is no name of the certificate', () => {
  const subject = nameOf('Made', 'b.example.org');
  assert.deepEqual(told(server, {}, { subject }), ['warning certificate-common-name']);
  assert.deepEqual(told(server, {}, { subject: nameOf('Made', 'Our web server') }), []);
  assert.deepEqual(told([...server, policy, revocable], {}, { subject: nameOf('Made', 'Our web server') }), [
    'hint certificate-common-name',
  ]);
});

test('must-staple needs a responder, and a server that staples', () => {
  const demanding = [...server, mustStaple];
  const possible = [...demanding, access(1, 'http://ocsp.example.org')];
  assert.deepEqual(told(demanding), ['error certificate-must-staple']);
  assert.deepEqual(told(possible), []);
  assert.deepEqual(told(possible, { stapling: false }), ['error certificate-must-staple']);
  assert.deepEqual(told(possible, { stapling: true }), []);
  assert.deepEqual(told(server, { stapling: true }), ['information certificate-stapling-impossible']);
});

test('public certificates of more than a week can be revoked', () => {
  const open = [...server, policy];
  assert.deepEqual(told(open), ['information certificate-no-revocation']);
  const notBefore = new Date('2026-09-29T00:00:00Z');
  assert.deepEqual(told(open, {}, { notBefore, notAfter: new Date('2026-10-05T23:59:59Z') }), []);
  assert.deepEqual(told(open, {}, { notBefore, notAfter: new Date('2026-10-06T00:00:00Z') }), [
    'information certificate-no-revocation',
  ]);
  assert.deepEqual(told(server), []);
});

test('addresses are of http, and of hosts that the world reaches where the certificate is for it', () => {
  const at = (url: string, ...more: readonly Uint8Array[]) => told([...server, crl(url), ...more]);
  const odd = ['information certificate-url'];
  assert.deepEqual(at('https://crl.example.org/a'), odd);
  assert.deepEqual(at(''), odd);
  assert.deepEqual(at('ldap://crl.example.org/a'), []);
  assert.deepEqual(at('ldap://crl.example.org/a', policy), odd);
  // Beside one that clients do fetch it does no harm.
  assert.deepEqual(told([...server, policy, crl('ldap://crl.example.org/a', 'http://crl.example.org/a')]), []);
  for (const host of ['pki.corp.local', '10.0.0.1', '[fd00::1]', 'crl']) {
    assert.deepEqual(at(`http://${host}:80/a`, policy), odd, host);
    assert.deepEqual(at(`http://${host}:80/a`), [], host);
  }
});

test('lifetimes have limits by the day of issue', () => {
  const days = (from: string, count: number, ...more: readonly Uint8Array[]) => {
    const notBefore = new Date(`${from}T00:00:00Z`);
    // Both ends count.
    const notAfter = new Date(notBefore.getTime() + count * 86_400_000 - 1000);
    return told([...server, revocable, ...more], { now: notBefore }, { notBefore, notAfter });
  };
  const tooLong = ['warning certificate-lifetime'];
  for (const [from, limit] of [
    ['2026-03-14', 398],
    ['2026-03-15', 200],
    ['2027-03-15', 100],
    ['2029-03-15', 47],
  ] as const) {
    assert.deepEqual(days(from, limit, policy), [], from);
    assert.deepEqual(days(from, limit + 1, policy), tooLong, from);
  }
  assert.deepEqual(days('2026-09-01', 825), []);
  assert.deepEqual(days('2026-09-01', 826), ['information certificate-lifetime']);
  // A company's own CA is asked the same; what a developer makes for the own machine is not.
  const long = { notBefore: now, notAfter: new Date(now.getTime() + 1000 * 86_400_000) };
  const of = (name: string) => {
    const names = [extendedKeyUsage('serverAuth'), subjectAltNames([`DNS:${name}`])];
    return told(names, {}, { ...long, subject: nameOf('Made', name) });
  };
  assert.deepEqual(of('db.corp.internal'), ['information certificate-lifetime']);
  assert.deepEqual(of('nas.local'), ['information certificate-lifetime']);
  assert.deepEqual(of('app.localhost'), []);
  assert.deepEqual(of('app.test'), []);
});

test('what a key may do has to be what TLS does with it', () => {
  assert.deepEqual(told([...server, usage(0x80, 7)]), []);
  assert.deepEqual(told([...server, usage(0x20, 5)]), ['warning certificate-key-usage']);
  // Signing certificates is for CAs.
  assert.deepEqual(told([...server, usage(0x84, 2)]), ['information certificate-key-usage']);
  const rsa = { ...key, spki: rsaKey(2048n, 65_537) };
  assert.deepEqual(told([...server, usage(0x20, 5)], {}, { key: rsa }), ['warning certificate-key-usage']);
  assert.deepEqual(told([...server, usage(0xa0, 5)], {}, { key: rsa }), []);
});

test('purposes', () => {
  const both = [extendedKeyUsage('serverAuth', 'clientAuth'), subjectAltNames(['DNS:a.example.org']), revocable];
  assert.deepEqual(told(both), []);
  assert.deepEqual(told([...both, policy]), ['information certificate-purpose']);
  assert.deepEqual(told([subjectAltNames(['DNS:a.example.org']), revocable, policy]), [
    'information certificate-purpose',
  ]);
  assert.deepEqual(told([subjectAltNames(['DNS:a.example.org']), revocable]), []);
});

test('CAs are no servers, and say that they are CAs', () => {
  const ca = basicConstraints(true);
  assert.deepEqual(told([...server, ca]), ['information certificate-ca-as-server']);
  assert.deepEqual(told([...server, ca], { role: 'server' }), ['warning certificate-ca-as-server']);
  assert.deepEqual(told([ca]), []);
  const casual = extension('2.5.29.19', false, sequence(write(1, Uint8Array.of(0xff))));
  assert.deepEqual(told([casual]), ['information certificate-basic-constraints']);
  assert.ok(told([usage(0x04, 2)]).includes('information certificate-basic-constraints'));
  assert.ok(told([]).includes('information certificate-ca-as-server'), 'a certificate of version 1');
});

test('placeholders are no certificates to keep', () => {
  const subject = nameOf('Acme Co', 'Kubernetes Ingress Controller Fake Certificate');
  assert.deepEqual(told(server, {}, { subject }), ['information certificate-placeholder']);
});

test('extensions that are there twice, unknown and critical, or broken', () => {
  const names = subjectAltNames(['DNS:a.example.org']);
  assert.deepEqual(told([...server, names]), ['warning certificate-extensions']);
  assert.deepEqual(told([...server, extension('1.2.3.4', true, octetString())]), [
    'information certificate-extensions',
  ]);
  assert.deepEqual(told([...server, extension('1.2.3.4', false, octetString())]), []);
  assert.deepEqual(told([...server, extension('2.5.29.14', false, integer(1))]), [
    'information certificate-extensions',
  ]);
});

test('name constraints that are none, soft, or of no CA', () => {
  const ca = basicConstraints(true);
  assert.deepEqual(told([ca, nameConstraints(['DNS:example.org'], [])]), []);
  assert.deepEqual(told([ca, nameConstraints([], [])]), ['information certificate-name-constraints']);
  assert.deepEqual(told([...server, nameConstraints(['DNS:example.org'], [])]), [
    'information certificate-name-constraints',
  ]);
  const soft = extension('2.5.29.30', false, sequence(context(0, sequence(generalName('DNS:example.org')))));
  assert.deepEqual(told([ca, soft]), ['hint certificate-name-constraints']);
});

test('RSA keys: exponents and sizes', () => {
  const of = (bits: bigint, exponent: number) => told(server, {}, { key: { ...key, spki: rsaKey(bits, exponent) } });
  assert.deepEqual(of(2048n, 65_537), []);
  assert.deepEqual(of(2048n, 3), ['information certificate-rsa-exponent']);
  // Also found where weak keys are looked for.
  assert.ok(of(2048n, 1).includes('error certificate-rsa-exponent'));
  assert.ok(of(2048n, 4).includes('error certificate-rsa-exponent'));
  assert.deepEqual(of(2047n, 65_537), ['warning certificate-weak-key']);
  assert.deepEqual(of(1023n, 65_537), ['error certificate-weak-key']);
  assert.deepEqual(of(2052n, 65_537), ['information certificate-weak-key']);
});

test('keys that cannot sign, and those that browsers do not take', () => {
  const of = (algorithm: string, options: Partial<LintOptions> = {}) =>
    told(server, options, { key: { ...key, spki: sequence(sequence(oid(algorithm)), bitString(new Uint8Array(32))) } });
  assert.deepEqual(of('1.3.101.110'), ['warning certificate-weak-key']);
  assert.deepEqual(of('2.16.840.1.101.3.4.4.2'), ['warning certificate-weak-key']);
  assert.deepEqual(of('1.3.101.112'), ['information certificate-weak-key']);
  // No server starts with SLH-DSA, whoever issued it.
  assert.deepEqual(of('2.16.840.1.101.3.4.3.20'), ['warning certificate-weak-key']);
  const [algorithm, bits] = [sequence(oid('1.2.840.113549.1.1.10')), rsaKey(2048n, 65_537)];
  const body = readElement(bits, readElement(bits, readElement(bits).content).next);
  const pss = { key: { ...key, spki: sequence(algorithm, encodingOf(body)) } };
  assert.deepEqual(told(server, {}, pss), ['information certificate-weak-key']);
  assert.deepEqual(told(server, { publiclyTrusted: true }, pss).includes('warning certificate-weak-key'), true);
});

test('a key usage that leaves nothing to do in TLS', () => {
  const rsa = { key: { ...key, spki: rsaKey(2048n, 65_537) } };
  const only = (bit: number) => told([...server, usage(0x80 >> bit, 7 - bit)], {}, rsa);
  for (const bit of [1, 3]) assert.deepEqual(only(bit), ['warning certificate-key-usage'], String(bit));
  for (const bit of [0, 4]) assert.deepEqual(only(bit), [], String(bit));
  const empty = extension('2.5.29.15', true, bitString(new Uint8Array(0)));
  assert.deepEqual(told([...server, empty]), ['warning certificate-key-usage']);
});

test('an address of another length, for which Go refuses the whole certificate', () => {
  const names = (...octets: readonly number[]) => {
    const address = write(0x87, Uint8Array.from(octets));
    return told([extendedKeyUsage('serverAuth'), extension('2.5.29.17', false, sequence(host, address))]);
  };
  const host = generalName('DNS:a.example.org');
  assert.deepEqual(names(192, 0, 2, 1), []);
  assert.deepEqual(names(...new Array(16).fill(0xab)), []);
  assert.deepEqual(names(192, 0, 2), ['warning certificate-name-syntax']);
  // The text in place of the octets.
  assert.deepEqual(names(...Buffer.from('192.0.2.1')), ['warning certificate-name-syntax']);
});

test('a path length below 0, which OpenSSL takes no certificate with', () => {
  const constraints = (length: Uint8Array) =>
    extension('2.5.29.19', true, sequence(write(0x01, Uint8Array.of(0xff)), length));
  assert.deepEqual(told([constraints(integer(0)), keyUsage(true)]), []);
  assert.deepEqual(told([constraints(write(0x02, Uint8Array.of(0xff))), keyUsage(true)]), [
    'warning certificate-basic-constraints',
  ]);
});

/** A SubjectPublicKeyInfo whose modulus is a prime-like number of so many bits, in which no weakness is found. */
function rsaKey(bits: bigint, exponent: number): Uint8Array {
  // 2^bits - 1 less what makes it free of small factors; the digits of pi above keep it from being near a square.
  const high = (1n << (bits - 1n)) | (0x243f6a8885a308d313198a2e03707344a4093822299f31d008n << (bits - 300n));
  let modulus = high | 1n;
  while (smallPrimes.some((prime) => modulus % prime === 0n)) modulus += 2n;
  const digits = modulus.toString(16);
  const bytes = Buffer.from(`00${digits.length % 2 === 1 ? '0' : ''}${digits}`, 'hex');
  const trimmed = (bytes[1] as number) >= 0x80 ? bytes : bytes.subarray(1);
  const algorithm = sequence(oid('1.2.840.113549.1.1.1'), write(5));
  return sequence(algorithm, bitString(sequence(write(2, trimmed), integer(exponent))));
}

const smallPrimes = Array.from({ length: 65_600 }, (_, index) => index)
  .filter((number) => number > 2 && number % 2 === 1 && isPrime(number))
  .map(BigInt);

function isPrime(number: number): boolean {
  for (let factor = 3; factor * factor <= number; factor += 2) if (number % factor === 0) return false;
  return true;
}
