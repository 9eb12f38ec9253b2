import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Certificate } from '../../src/certificates/certificate.ts';
import { lintCertificate } from '../../src/certificates/lint/lint.ts';
import { certificatesIn, readObjects } from '../../src/certificates/objects.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { filesBelow, openssl, run, sample, temporaryFolder, vectors } from './certificates-tools.ts';

const folder = temporaryFolder();

after(() => folder.remove());

/** Lints that zlint has too, by its names; ours may say the same of more certificates, since it is for servers of all CAs. */
const shared: Readonly<Record<string, readonly string[]>> = {
  'certificate-name-syntax': [
    'e_dnsname_empty_label',
    'e_dnsname_label_too_long',
    'e_dnsname_left_label_wildcard_correct',
    'e_dnsname_wildcard_only_in_left_label',
    'e_san_bare_wildcard',
    'e_san_dns_name_includes_null_char',
    'e_san_dns_name_starts_with_period',
  ],
  'certificate-internal-name': ['e_ext_san_contains_reserved_ip', 'e_underscore_not_permissible_in_dnsname'],
  'certificate-lifetime': ['e_tls_server_cert_valid_time_longer_than_398_days'],
  'certificate-extensions': ['e_ext_duplicate_extension'],
  'certificate-key-usage': ['e_sub_cert_key_usage_cert_sign_bit_set', 'e_sub_cert_key_usage_crl_sign_bit_set'],
  'certificate-no-names': ['e_ext_san_missing'],
  'certificate-weak-key': ['e_rsa_mod_less_than_2048_bits', 'e_mp_modulus_must_be_2048_bits_or_more'],
  'certificate-rsa-exponent': ['e_rsa_public_exponent_too_small', 'w_rsa_public_exponent_not_in_range'],
  'certificate-compromised-key': ['e_rsa_fermat_factorization'],
  'certificate-weak-signature': ['e_sub_cert_or_sub_ca_using_sha1'],
  'certificate-serial-number': ['e_serial_number_not_positive', 'e_serial_number_longer_than_20_octets'],
  'certificate-name-constraints': [
    'e_name_constraint_empty',
    'e_ext_name_constraints_not_critical',
    'e_ext_name_constraints_not_in_ca',
  ],
  'certificate-basic-constraints': ['e_basic_constraints_not_critical'],
};

interface ZlintResult {
  readonly result: string;
}

/** Names of the lints that zlint raises. */
function zlint(certificate: Certificate): ReadonlySet<string> {
  const file = join(folder.path, 'certificate.der');
  writeFileSync(file, certificate.der);
  const { stdout } = run('zlint', ['-format', 'der', file]);
  const results: Readonly<Record<string, ZlintResult>> = stdout === '' ? {} : JSON.parse(stdout);
  return new Set(
    Object.entries(results).flatMap(([name, { result }]) => (['warn', 'error'].includes(result) ? [name] : [])),
  );
}

function ours(certificate: Certificate): ReadonlySet<string> {
  const options = { now: certificate.notBefore, publiclyTrusted: true } as const;
  return new Set(lintCertificate(certificate, options).map(({ rule }) => rule));
}

function compare(certificate: Certificate, what: string): void {
  const [raised, found] = [zlint(certificate), ours(certificate)];
  for (const [rule, names] of Object.entries(shared)) {
    if (!names.some((name) => raised.has(name))) continue;
    // What a self-signed certificate is signed with, nobody checks.
    if (rule === 'certificate-weak-signature' && certificate.selfIssued) continue;
    assert.ok(
      found.has(rule),
      `${what}: zlint says ${[...raised].filter((name) => names.includes(name))}, we lack ${rule}`,
    );
  }
}

const files = filesBelow(join(vectors, 'x509')).filter((file) => /\.(?:pem|der|crt)$/.test(file));

test('what zlint finds with a lint that both have, we find', () => {
  const certificates = sample(files, 60).flatMap((file) => {
    return certificatesIn(readObjects(readFileSync(file), nodeCrypto)).map((certificate) => ({ file, certificate }));
  });
  assert.ok(certificates.length > 30, 'the vectors are installed (python3-cryptography-vectors)');
  for (const { file, certificate } of certificates) compare(certificate, file);
});

/** Certificates with one fault each, made by OpenSSL. */
const faults: Readonly<Record<string, readonly string[]>> = {
  'no names': ['-newkey', 'rsa:2048', '-addext', 'extendedKeyUsage=serverAuth'],
  'a short key': ['-newkey', 'rsa:1024', '-addext', 'subjectAltName=DNS:a.example.com'],
  'exponent 3': [
    '-newkey',
    'rsa:2048',
    '-pkeyopt',
    'rsa_keygen_pubexp:3',
    '-addext',
    'subjectAltName=DNS:a.example.com',
  ],
  'a serial number of 21 octets': ['-newkey', 'rsa:2048', '-set_serial', `0x${'7f'.repeat(21)}`],
  'the serial number 0': ['-newkey', 'rsa:2048', '-set_serial', '0'],
  'basic constraints that are not critical': ['-newkey', 'rsa:2048', '-addext', 'basicConstraints=CA:TRUE'],
  'an underscore in a name': issued('subjectAltName=DNS:a_b.example.com'),
  'a * alone': issued('subjectAltName=DNS:*'),
  'a * inside a label': issued('subjectAltName=DNS:a*.example.com'),
  'a reserved address': issued('subjectAltName=IP:10.0.0.1'),
  'the unspecified address': issued('subjectAltName=IP:::'),
  'a life of 500 days': [...issued('subjectAltName=DNS:a.example.com'), '-days', '500'],
  'a server that may sign certificates': issued('subjectAltName=DNS:a.example.com', 'keyUsage=keyCertSign'),
  'name constraints without a CA': issued('subjectAltName=DNS:a.example.com', 'nameConstraints=permitted;DNS:a'),
};

/** What only counts in a server's certificate of a CA. */
function issued(...extensions: readonly string[]): string[] {
  const server = ['extendedKeyUsage=serverAuth', 'basicConstraints=critical,CA:FALSE', ...extensions];
  const signer = ['-CA', 'ca.pem', '-CAkey', 'ca.key'];
  return ['-newkey', 'rsa:2048', ...signer, ...server.flatMap((extension) => ['-addext', extension])];
}

before(() => {
  writeFileSync(join(folder.path, 'empty.cnf'), '[req]\ndistinguished_name = dn\n[dn]\n');
  const ca = ['-newkey', 'rsa:2048', '-nodes', '-keyout', 'ca.key', '-subj', '/O=Test/CN=CA', '-days', '3000'];
  const extension = ['-addext', 'basicConstraints=critical,CA:TRUE'];
  openssl(folder.path, 'req', '-x509', '-config', 'empty.cnf', ...ca, ...extension, '-out', 'ca.pem');
});

for (const [what, options] of Object.entries(faults)) {
  test(`${what}: zlint and we agree`, () => {
    const config = ['-config', join(folder.path, 'empty.cnf')];
    const days = options.includes('-days') ? [] : ['-days', '90'];
    const common = ['-nodes', '-keyout', 'k.pem', '-subj', '/CN=a.example.com', '-out', 'c.pem'];
    openssl(folder.path, 'req', '-x509', ...config, ...options, ...days, ...common);
    const [certificate] = certificatesIn(readObjects(readFileSync(join(folder.path, 'c.pem')), nodeCrypto));
    assert.ok(certificate);
    compare(certificate, what);
    assert.ok(
      Object.entries(shared).some(
        ([rule, names]) => ours(certificate).has(rule) && names.some((name) => zlint(certificate).has(name)),
      ) || what === 'basic constraints that are not critical',
      `${what}: neither sees it`,
    );
  });
}
