import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { contentOf, encodingOf } from '../../src/certificates/asn1/der.ts';
import type { Certificate } from '../../src/certificates/certificate.ts';
import { nodeOf } from '../../src/certificates/chain/node.ts';
import { pkcs7Bundle } from '../../src/certificates/export/bundle.ts';
import { encryptKey, writePkcs12 } from '../../src/certificates/export/pkcs12.ts';
import { inspectObjects } from '../../src/certificates/inspect.ts';
import { privateKeyBytes } from '../../src/certificates/keys/private-key.ts';
import { lintCertificate } from '../../src/certificates/lint/lint.ts';
import { certificatesIn, readObjects } from '../../src/certificates/objects.ts';
import { encodePem } from '../../src/certificates/pem/armour.ts';
import { scanPem } from '../../src/certificates/pem/pem.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { inspectText } from '../../src/report/inspect-text.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { pemShapes } from '../certificates/pem-shapes.ts';
import { filesBelow, full, openssl, run, sample, temporaryFolder, vectors } from './certificates-tools.ts';

const now = new Date('2026-11-25T00:00:00Z');
const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const ssl = (...args: readonly string[]) => openssl(folder.path, ...args);

before(() => {
  ssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', 'ec.key');
  ssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', 'rsa.key');
  for (const name of ['ec', 'rsa']) {
    const subject = `/C=DE/O=Prüfstelle, "A" \\+ B/CN=${name}.example.com`;
    ssl('req', '-x509', '-utf8', '-new', '-key', `${name}.key`, '-subj', subject, '-days', '90', '-out', `${name}.crt`);
  }
});

after(() => folder.remove());

function certificateFiles(): string[] {
  return filesBelow(join(vectors, 'x509')).filter((file) => /\.(?:pem|der|crt)$/.test(file));
}

test('fields are those that openssl x509 prints', () => {
  const found = sample(certificateFiles(), 80).flatMap((file) => {
    return certificatesIn(readObjects(readFileSync(file), nodeCrypto)).map((certificate) => ({ file, certificate }));
  });
  assert.ok(found.length > 40, 'the vectors are installed (python3-cryptography-vectors)');
  for (const { file, certificate } of found) compareFields(certificate, file);
});

function compareFields(certificate: Certificate, file: string): void {
  const args = ['x509', '-noout', '-subject', '-issuer', '-serial', '-dates', '-fingerprint', '-sha256'];
  const options = ['-nameopt', 'rfc2253,-esc_msb', '-dateopt', 'iso_8601'];
  const { status, stdout } = run('openssl', [...args, ...options], encodePem('CERTIFICATE', certificate.der));
  if (status !== 0) return;
  const printed = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(stdout)?.[1] ?? '';
  const theirs = {
    subject: printed('subject'),
    issuer: printed('issuer'),
    serialNumber: printed('serial'),
    notBefore: time(printed('notBefore')),
    notAfter: time(printed('notAfter')),
    sha256: printed('sha256 Fingerprint').replaceAll(':', '').toLowerCase(),
  };
  const { subject, issuer, serialNumber, notBefore, notAfter, sha256 } = certificate;
  const ours = { subject, issuer, serialNumber, notBefore: notBefore.getTime(), notAfter: notAfter.getTime(), sha256 };
  // Names in other alphabets than ours are escaped differently there; such a name is compared by what both escape.
  const plain = (name: string) => name.replace(/\\[0-9A-F]{2}|\P{ASCII}/gu, '');
  assert.deepEqual(
    { ...ours, subject: plain(ours.subject), issuer: plain(ours.issuer) },
    { ...theirs, subject: plain(theirs.subject), issuer: plain(theirs.issuer) },
    file,
  );
}

/** `   1-01-01 00:00:00Z` has its year padded with blanks; `Bad time value` is no number on either side. */
function time(text: string): number {
  return Date.parse(text.replace(/^ +/, (blanks) => '0'.repeat(blanks.length)).replace(' ', 'T'));
}

test('OpenSSL reads a file of PEM exactly where we say so, and after our fix', () => {
  const [pem, other] = [readFileSync(at('ec.crt'), 'utf8'), readFileSync(at('rsa.crt'), 'utf8')];
  const count = (text: string) => {
    writeFileSync(at('shape.pem'), text);
    const listed = run('openssl', ['storeutl', '-noout', '-certs', at('shape.pem')]);
    return (listed.stdout.match(/^\d+: Certificate$/gm) ?? []).length;
  };
  for (const { name, text, accepted, fixed } of pemShapes(pem, other)) {
    const blocks = scanPem(text).blocks;
    assert.equal(count(text) === blocks.length, accepted, `${name}: what the table says`);
    assert.equal(
      blocks.flatMap((block) => block.problems).some((problem) => problem.refused),
      !accepted,
      `${name}: what we say`,
    );
    if (!fixed) continue;
    const repaired = applyEdits(
      text,
      blocks.flatMap((block) => block.fix ?? []),
    );
    assert.equal(count(repaired), blocks.length, `${name}: repaired`);
  }
});

const pkcs12Variants: Readonly<Record<string, readonly string[]>> = {
  modern: [],
  legacy: ['-legacy'],
  'triple DES': ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-legacy'],
  'RC2 of 128 bits': ['-keypbe', 'PBE-SHA1-RC2-128', '-certpbe', 'PBE-SHA1-RC2-128', '-legacy'],
  'RC4 of 128 bits': ['-keypbe', 'PBE-SHA1-RC4-128', '-certpbe', 'PBE-SHA1-RC4-128', '-legacy'],
  'no MAC': ['-nomac'],
  'no encryption': ['-keypbe', 'NONE', '-certpbe', 'NONE'],
  PBMAC1: ['-pbmac1_pbkdf2'],
  'SHA-512 MAC': ['-macalg', 'sha512'],
  'ARIA and Camellia': ['-keypbe', 'aria-192-cbc', '-certpbe', 'camellia-128-cbc'],
  'AES-128': ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-128-CBC'],
};

for (const [name, options] of Object.entries(pkcs12Variants)) {
  for (const key of ['ec', 'rsa']) {
    test(`PKCS #12 (${name}, ${key}) opens with its password and names its algorithms without`, () => {
      const out = at(`${key}.p12`);
      const input = ['-inkey', `${key}.key`, '-in', `${key}.crt`, '-name', 'Grüße', '-passout', 'pass:geheim €'];
      ssl('pkcs12', '-export', ...input, ...options, '-out', out);
      const bytes = readFileSync(out);
      const opened = readObjects(bytes, nodeCrypto, { passwords: ['wrong', 'geheim €'] });
      assert.deepEqual(opened.problems, []);
      assert.equal(opened.locked, false);
      const [privateKey, certificate] = opened.objects;
      assert.ok(privateKey?.kind === 'privateKey' && certificate?.kind === 'certificate');
      assert.equal(privateKey.key.spkiSha256, certificate.certificate.spkiSha256);
      assert.equal(certificate.source.entry, 'Grüße');
      const closed = readObjects(bytes, nodeCrypto);
      const refused = readObjects(bytes, nodeCrypto, { passwords: ['wrong'] });
      assert.ok(closed.algorithms.length > 0);
      // What only a MAC protects is there to be read by everybody.
      const isHidden = name !== 'no encryption';
      assert.equal(closed.locked, isHidden);
      assert.equal(refused.locked, isHidden);
      assert.deepEqual(
        [closed, refused].map(({ problems }) => problems.map(({ id }) => id)),
        isHidden ? [['locked'], ['locked']] : [[], ['integrity']],
      );
    });
  }
}

test('the algorithms of PBMAC1 and of encryptions are called by their names', () => {
  const options = ['-pbmac1_pbkdf2', '-pbmac1_pbkdf2_md', 'sha512', '-keypbe', 'aria-256-cbc', '-passout', 'pass:x'];
  ssl('pkcs12', '-export', '-inkey', 'ec.key', '-in', 'ec.crt', ...options, '-out', 'named.p12');
  assert.deepEqual(readObjects(readFileSync(at('named.p12')), nodeCrypto).algorithms, [
    'integrity: PBMAC1 with HMAC-SHA256, PBKDF2 with HMAC-SHA512, 2048 rounds',
    'certificates: PBES2 with AES-256-CBC, PBKDF2 with HMAC-SHA256, 2048 rounds',
    'key: PBES2 with ARIA-256-CBC, PBKDF2 with HMAC-SHA256, 2048 rounds',
  ]);
});

test('a PKCS #12 file without a password opens by itself', () => {
  ssl('pkcs12', '-export', '-inkey', 'ec.key', '-in', 'ec.crt', '-passout', 'pass:', '-out', 'empty.p12');
  assert.deepEqual(
    readObjects(readFileSync(at('empty.p12')), nodeCrypto).objects.map((object) => object.kind),
    ['privateKey', 'certificate'],
  );
});

/** Commands that write a key, what it is, and the password where it has one. */
const keyVariants: readonly (readonly [kind: string, password: string | undefined, ...args: readonly string[]])[] = [
  ['RSA 2048', undefined, 'rsa', '-in', 'rsa.key', '-traditional'],
  ['RSA 2048', undefined, 'rsa', '-in', 'rsa.key', '-traditional', '-outform', 'DER'],
  ['RSA 2048', 'x', 'rsa', '-in', 'rsa.key', '-traditional', '-aes256', '-passout', 'pass:x'],
  ['RSA 2048', 'x', 'rsa', '-in', 'rsa.key', '-traditional', '-des3', '-passout', 'pass:x'],
  ['EC P-256', undefined, 'ec', '-in', 'ec.key'],
  ['EC P-256', undefined, 'ec', '-in', 'ec.key', '-no_public'],
  ['EC P-256', undefined, 'pkey', '-in', 'ec.key', '-outform', 'DER'],
  ...['-camellia128', '-camellia256', '-aria192', '-aria256'].map(
    (cipher) => ['EC P-256', 'x', 'ec', '-in', 'ec.key', cipher, '-passout', 'pass:x'] as const,
  ),
  ['EC P-256', 'x', 'pkcs8', '-topk8', '-in', 'ec.key', '-passout', 'pass:x'],
  ['EC P-256', 'x', 'pkcs8', '-topk8', '-in', 'ec.key', '-scrypt', '-passout', 'pass:x'],
  ['EC P-256', 'x', 'pkcs8', '-topk8', '-in', 'ec.key', '-v1', 'PBE-SHA1-3DES', '-passout', 'pass:x'],
  ['EC P-256', 'x', 'pkcs8', '-topk8', '-in', 'ec.key', '-outform', 'DER', '-passout', 'pass:x'],
  ['Ed25519', undefined, 'genpkey', '-algorithm', 'ED25519'],
  ['Ed448', undefined, 'genpkey', '-algorithm', 'ED448'],
  ['EC brainpoolP256r1', undefined, 'genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:brainpoolP256r1'],
  ...['ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87'].flatMap((name) =>
    ['seed-priv', 'seed-only', 'priv-only', 'bare-seed', 'bare-priv'].map(
      (form) =>
        [name, undefined, 'genpkey', '-algorithm', name, '-provparam', `ml-dsa.output_formats=${form}`] as const,
    ),
  ),
  ...['SLH-DSA-SHA2-128s', 'SLH-DSA-SHAKE-256f', 'ML-KEM-512', 'ML-KEM-768', 'ML-KEM-1024'].map(
    (name) => [name, undefined, 'genpkey', '-algorithm', name] as const,
  ),
];

for (const [kind, password, ...args] of keyVariants) {
  test(`a key from openssl ${args.join(' ')} is ${kind}`, () => {
    ssl(...args, '-out', 'variant.key');
    const bytes = readFileSync(at('variant.key'));
    const [object] = readObjects(bytes, nodeCrypto, { passwords: password === undefined ? [] : [password] }).objects;
    assert.ok(object?.kind === 'privateKey');
    const { publicKey, spkiPin, encrypted } = object.key;
    assert.equal(`${publicKey?.algorithm} ${publicKey?.curve ?? publicKey?.bits ?? ''}`.trim(), kind);
    assert.equal(encrypted, password !== undefined);
    const pass = password === undefined ? [] : ['-passin', `pass:${password}`];
    const spki = run('openssl', ['pkey', '-in', at('variant.key'), '-pubout', ...pass]).stdout;
    const [theirs] = readObjects(new TextEncoder().encode(spki), nodeCrypto).objects;
    assert.ok(theirs?.kind === 'publicKey');
    assert.equal(spkiPin, theirs.spkiPin);
  });
}

test('a key that stays closed says why, and what to do', () => {
  const told = (...args: readonly string[]) => {
    ssl('pkcs8', '-topk8', '-in', 'ec.key', '-passout', 'pass:x', ...args, '-out', 'closed.key');
    const bytes = readFileSync(at('closed.key'));
    const of = (passwords: readonly string[]) =>
      inspectText(inspectObjects(readObjects(bytes, nodeCrypto, { passwords }), { crypto: nodeCrypto, now }), now);
    return { without: of([]), wrong: of(['y']), right: of(['x']) };
  };
  const usual = told();
  assert.match(usual.without, /Give its password with --password-file/);
  assert.match(usual.wrong, /is still encrypted\. Put its password into the file/);
  assert.match(usual.right, /Key +EC P-256/);
  const odd = told('-v2', 'bf-cbc', '-provider', 'legacy', '-provider', 'default');
  for (const text of [odd.wrong, odd.right]) assert.match(text, /not read here.*"openssl pkey -in FILE -aes256"/);
  assert.match(told('-v2prf', 'hmacWithSHA512-256').without, /PBKDF2 with 1\.2\.840\.113549\.2\.13, 2048 rounds/);
});

test('post-quantum certificates are named and shown', () => {
  for (const algorithm of ['ML-DSA-44', 'ML-DSA-87', 'SLH-DSA-SHAKE-128f']) {
    ssl('req', '-x509', '-newkey', algorithm, '-nodes', '-keyout', 'pq.key', '-subj', '/CN=pq', '-out', 'pq.crt');
    const [certificate] = certificatesIn(readObjects(readFileSync(at('pq.crt')), nodeCrypto));
    assert.equal(certificate?.publicKey.algorithm, algorithm);
    assert.equal(certificate?.signatureAlgorithm, algorithm);
  }
});

test('signatures by RSASSA-PSS are judged with whatever salt, and told about where TLS has no such', () => {
  const [root] = certificatesIn(readObjects(readFileSync(at('rsa.crt')), nodeCrypto));
  for (const [digest, salt, isUsual] of [
    ['sha256', '32', true],
    ['sha256', '0', false],
    ['sha256', '127', false],
    ['sha256', '128', false],
    ['sha256', 'max', false],
    ['sha384', 'digest', true],
    ['sha512', 'max', false],
  ] as const) {
    const pss = ['rsa_padding_mode:pss', `rsa_pss_saltlen:${salt}`].flatMap((option) => ['-sigopt', option]);
    const issuer = ['-CA', 'rsa.crt', '-CAkey', 'rsa.key', `-${digest}`, ...pss];
    ssl('req', '-x509', '-new', '-key', 'ec.key', '-subj', '/CN=pss', '-days', '9', ...issuer, '-out', 'pss.crt');
    ssl('verify', '-no_check_time', '-CAfile', 'rsa.crt', 'pss.crt');
    const [leaf] = certificatesIn(readObjects(readFileSync(at('pss.crt')), nodeCrypto));
    assert.ok(leaf && root);
    const { parts } = nodeOf(leaf);
    const { parts: above } = nodeOf(root);
    const signed = [encodingOf(parts.signatureAlgorithm), encodingOf(above.publicKey), encodingOf(parts.tbs)] as const;
    const signature = contentOf(parts.signature).subarray(1);
    assert.equal(nodeCrypto.verify(...signed, signature), 'good', `${digest} ${salt}`);
    const rules = lintCertificate(leaf, { now }).map(({ rule }) => rule);
    assert.equal(rules.includes('certificate-signature-parameters'), !isUsual, `${digest} ${salt}`);
  }
});

test('OpenSSL reads the PKCS #12, PKCS #7 and encrypted keys that we write', () => {
  const [block] = scanPem(readFileSync(at('rsa.key'), 'utf8')).blocks;
  assert.ok(block);
  const privateKey = privateKeyBytes(block.label, block.bytes, block.headers, nodeCrypto);
  assert.ok(privateKey);
  const certificates = certificatesIn(
    readObjects(Buffer.concat([readFileSync(at('rsa.crt')), readFileSync(at('ec.crt'))]), nodeCrypto),
  );
  writeFileSync(
    at('ours.p12'),
    writePkcs12({ privateKey, certificates, password: 'pä€', friendlyName: 'Größe' }, nodeCrypto),
  );
  const opened = ssl('pkcs12', '-in', 'ours.p12', '-passin', 'pass:pä€', '-nodes');
  assert.equal((opened.match(/BEGIN CERTIFICATE/g) ?? []).length, 2);
  assert.match(opened, /BEGIN PRIVATE KEY/);
  writeFileSync(at('ours.key'), encodePem('ENCRYPTED PRIVATE KEY', encryptKey(privateKey, 'pä€', nodeCrypto)));
  assert.equal(ssl('pkey', '-in', 'ours.key', '-passin', 'pass:pä€'), ssl('pkey', '-in', 'rsa.key'));
  writeFileSync(at('ours.p7b'), pkcs7Bundle(certificates));
  const listed = ssl('pkcs7', '-inform', 'DER', '-in', 'ours.p7b', '-print_certs');
  assert.equal((listed.match(/BEGIN CERTIFICATE/g) ?? []).length, 2);
});

test('requests are read, and their signature is checked', () => {
  ssl(
    'req',
    '-new',
    '-key',
    'ec.key',
    '-subj',
    '/CN=a.example',
    '-addext',
    'subjectAltName=DNS:a.example,IP:::1',
    '-out',
    'a.csr',
  );
  const bytes = readFileSync(at('a.csr'));
  const [object] = readObjects(bytes, nodeCrypto).objects;
  assert.ok(object?.kind === 'request');
  assert.equal(object.request.signature, 'good');
  assert.deepEqual(object.request.subjectAltNames, ['DNS:a.example', 'IP:::1']);
  const der = Uint8Array.from(object.request.der);
  der[40] = (der[40] as number) ^ 1;
  const [changed] = readObjects(der, nodeCrypto).objects;
  assert.notEqual(changed?.kind === 'request' && changed.request.signature, 'good');
});

test('no byte changed anywhere makes reading, judging or chaining throw', () => {
  const all = certificateFiles().flatMap((file) => certificatesIn(readObjects(readFileSync(file), nodeCrypto)));
  const bases = all.filter((_, index) => index % Math.floor(all.length / 50) === 0).slice(0, 50);
  assert.equal(bases.length, 50, 'the vectors are installed (python3-cryptography-vectors)');
  const step = full ? 1 : 149;
  for (const { der } of bases) {
    for (let index = 0; index < der.length; index += step) {
      const mutant = Uint8Array.from(der);
      mutant[index] = (mutant[index] as number) ^ (1 << (index % 8));
      inspectObjects(readObjects(mutant, nodeCrypto), { crypto: nodeCrypto, now });
    }
  }
});
