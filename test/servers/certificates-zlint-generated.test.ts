import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { bitString, context, integer, oid, sequence, write } from '../../src/certificates/asn1/write.ts';
import type { Certificate } from '../../src/certificates/certificate.ts';
import { decodeCertificate, isUndecodable } from '../../src/certificates/decode.ts';
import { lintCertificate } from '../../src/certificates/lint/lint.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { full, run, temporaryFolder } from './certificates-tools.ts';
import {
  basicConstraints,
  extendedKeyUsage,
  extension,
  generalName,
  keyIdentifiers,
  makeCertificate,
  makeKey,
  nameConstraints,
  nameOf,
  subjectAltNames,
} from './chains/certificate.ts';
import { createRandom } from './tls/random.ts';

/** `SEED=n` makes other certificates. */
const seed = Number(process.env['SEED'] ?? 20_261_126);
const count = full ? 2000 : 150;
const folder = temporaryFolder();

after(() => folder.remove());

const [key, issuer] = [makeKey(), makeKey()];
const random = createRandom(seed);
const day = 86_400_000;

const names = [
  ...Array(6).fill('DNS:a.example.org'),
  'DNS:*.example.org',
  'DNS:a..example.org',
  `DNS:${'a'.repeat(64)}.example.org`,
  'DNS:a.*.example.org',
  'DNS:a*.example.org',
  'DNS:*',
  'DNS:.example.org',
  'DNS:a_b.example.org',
  'IP:0a000001',
  'IP:c0a80001',
  'IP:08080808',
  'IP:20010db8000000000000000000000001',
];

/** A public server certificate in which several things may be wrong at once. */
function make(): Certificate {
  const some = <T>(members: readonly T[]): T => random.pick(members);
  const often = <T>(good: T, others: readonly T[]): T => (random.next(10) < 7 ? good : some(others));
  const usage = (bits: number, unused: number) => [
    extension('2.5.29.15', true, bitString(Uint8Array.of(bits), unused)),
  ];
  const crl = sequence(sequence(context(0, context(0, generalName('URI:http://crl.example.org/a')))));
  const extensions = [
    ...often([basicConstraints(false)], [[]]),
    ...often(usage(0x80, 7), [usage(0x84, 2), usage(0x82, 1), usage(0x04, 2), []]),
    extendedKeyUsage('serverAuth'),
    ...often([subjectAltNames([some(names), some(names)])], [[]]),
    ...keyIdentifiers(key, issuer),
    extension('2.5.29.32', false, sequence(sequence(oid('2.23.140.1.2.1')))),
    extension('2.5.29.31', false, crl),
    ...often([], [[nameConstraints(['DNS:example.org'], [])], [extension('2.5.29.31', false, crl)]]),
  ];
  const notBefore = new Date(some(['2022-03-01', '2024-10-01', '2026-02-01']));
  const days = often(90, [397, 398, 399, 500]);
  const der = makeCertificate(
    {
      serial: often(0x123456, [0]),
      subject: nameOf('Test', 'a.example.org'),
      issuer: nameOf('Test', 'CA'),
      notBefore,
      notAfter: new Date(notBefore.getTime() + days * day - 1000),
      key: often(key, rsaKeys),
      extensions,
    },
    issuer,
  );
  const certificate = decodeCertificate(der, nodeCrypto);
  if (isUndecodable(certificate)) throw new Error(certificate.reason);
  return certificate;
}

/** Moduli without small factors would take a search; those lints are not compared here. */
const rsaKeys = [
  [1024, 65_537],
  [2048, 3],
  [2048, 65_537],
  [2049, 65_537],
].map(([bits = 0, exponent = 0]) => {
  const digits = ((1n << BigInt(bits - 1)) | (1n << BigInt(bits - 70)) | 0x1234567n).toString(16);
  const bytes = Buffer.from(`${digits.length % 2 === 1 ? '0' : '00'}${digits}`, 'hex');
  const modulus = write(2, (bytes[0] ?? 0) === 0 && (bytes[1] ?? 0) < 0x80 ? bytes.subarray(1) : bytes);
  const algorithm = sequence(oid('1.2.840.113549.1.1.1'), write(5));
  return { ...key, spki: sequence(algorithm, bitString(sequence(modulus, integer(exponent)))) };
});

/** What both say in the same cases: whoever of the two finds it, the other does. */
const same: Readonly<Record<string, RegExp>> = {
  'certificate-no-names': /^e_ext_san_missing$/,
  'certificate-lifetime': /^e_tls_server_cert_valid_time_longer_than_398_days$/,
  'certificate-serial-number': /^e_serial_number_not_positive$/,
  'certificate-extensions': /^e_ext_duplicate_extension$/,
  'certificate-name-constraints': /^e_ext_name_constraints_not_in_ca$/,
  'certificate-name-syntax':
    /^e_(?:dnsname_(?:empty_label|label_too_long|left_label_wildcard_correct|wildcard_only_in_left_label)|san_bare_wildcard|san_dns_name_starts_with_period)$/,
  'certificate-internal-name': /^e_(?:ext_san_contains_reserved_ip|underscore_not_permissible_in_dnsname)$/,
  'certificate-weak-key':
    /^e_(?:rsa_mod_less_than_2048_bits|mp_modulus_must_be_2048_bits_or_more|mp_modulus_must_be_divisible_by_8)$/,
  'certificate-rsa-exponent': /^[ew]_rsa_public_exponent_(?:too_small|not_in_range|not_odd)$/,
};

test(`${count} public server certificates (seed ${seed}): zlint and we say the same`, { timeout: 300_000 }, () => {
  const seen = new Map<string, number>();
  for (let index = 0; index < count; index++) {
    const certificate = make();
    const file = join(folder.path, 'made.der');
    writeFileSync(file, certificate.der);
    const results = JSON.parse(run('zlint', ['-format', 'der', file]).stdout) as Record<string, { result: string }>;
    const raised = Object.keys(results).filter((name) => ['warn', 'error'].includes(results[name]?.result ?? ''));
    const options = { now: certificate.notBefore, publiclyTrusted: true };
    const told = new Set(lintCertificate(certificate, options).map(({ rule }) => rule));
    for (const [rule, pattern] of Object.entries(same)) {
      const theirs = raised.filter((name) => pattern.test(name));
      assert.equal(
        told.has(rule),
        theirs.length > 0,
        `certificate ${index}, ${rule}; zlint: ${theirs.join(' ') || 'nothing'}; ${certificate.subjectAltNames.join(' ')}`,
      );
      if (told.has(rule)) seen.set(rule, (seen.get(rule) ?? 0) + 1);
    }
  }
  for (const rule of Object.keys(same)) assert.ok((seen.get(rule) ?? 0) > 2, `${rule} was hardly compared`);
});
