import assert from 'node:assert/strict';
import { test } from 'node:test';
import { childrenOf, encodingOf, tags } from '../../src/certificates/asn1/der.ts';
import { sequence, write } from '../../src/certificates/asn1/write.ts';
import type { Certificate } from '../../src/certificates/certificate.ts';
import { nodeOf } from '../../src/certificates/chain/node.ts';
import { decodeCertificate, isUndecodable } from '../../src/certificates/decode.ts';
import { classify } from '../../src/certificates/lint/classify.ts';
import { lintInPool, lintObject } from '../../src/certificates/lint/content.ts';
import { internalNameFault } from '../../src/certificates/lint/internal-names.ts';
import { type LintOptions, lintCertificate, lints } from '../../src/certificates/lint/lint.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { certificate, now } from './fixtures.ts';

function rules(changed: Partial<Certificate>, options: Partial<LintOptions> = {}, base = 'leaf.pem'): string[] {
  const changedCertificate = { ...certificate(base), ...changed };
  return lintCertificate(changedCertificate, { now, ...options }).map(({ rule, severity }) => `${severity} ${rule}`);
}

const days = (count: number) => new Date(now.getTime() + count * 86_400_000);

test('a certificate in order has no findings', () => {
  assert.deepEqual(rules({}), []);
  assert.deepEqual(rules({}, {}, 'root.pem'), []);
  assert.deepEqual(rules({}, {}, 'intermediate.pem'), []);
});

test('expiry is judged by the share of the lifetime that is left', () => {
  assert.deepEqual(rules({ notBefore: days(-61), notAfter: days(29) }), ['information certificate-expires-soon']);
  assert.deepEqual(rules({ notBefore: days(-80), notAfter: days(10) }), ['warning certificate-expires-soon']);
  assert.deepEqual(rules({ notBefore: days(-3), notAfter: days(3) }), []);
  assert.deepEqual(rules({ notBefore: days(-5), notAfter: days(1) }), ['warning certificate-expires-soon']);
  assert.deepEqual(rules({ notBefore: days(-90), notAfter: days(-1) }), ['error certificate-expired']);
  assert.deepEqual(rules({ notBefore: days(1), notAfter: days(90) }), ['error certificate-not-yet-valid']);
});

test('who makes certificates of ten years need not renew them years before they end', () => {
  const soon = (left: number) =>
    rules({ notBefore: days(left - 3650), notAfter: days(left) }).filter((rule) => rule.includes('expires-soon'));
  assert.deepEqual(soon(1000), []);
  assert.deepEqual(soon(140), []);
  assert.deepEqual(soon(120), ['information certificate-expires-soon']);
  assert.deepEqual(soon(60), ['warning certificate-expires-soon']);
});

test('an issuer that expires first is told about', () => {
  const issuer = { ...certificate('intermediate.pem'), notAfter: days(5) };
  assert.deepEqual(rules({}, { issuers: [issuer] }), ['warning certificate-issuer-expires']);
});

test('the lifetime counts for public certificates, by their day of issue', () => {
  const names = { subjectAltNames: ['DNS:example.com'] };
  assert.deepEqual(rules({ ...names, notAfter: days(300) }, { publiclyTrusted: true }), [
    'warning certificate-lifetime',
    'information certificate-transparency',
  ]);
  assert.deepEqual(rules({ ...names, notBefore: days(-1), notAfter: new Date(days(199).getTime() - 1000) }), []);
});

test('a server certificate without names is refused by clients', () => {
  assert.deepEqual(rules({ subjectAltNames: [] }), ['error certificate-no-names']);
});

test('hosts that are not covered are named', () => {
  assert.deepEqual(rules({}, { hosts: ['example.com', 'a.api.example.com'] }), []);
  const [finding] = lintCertificate(certificate('leaf.pem'), { now, hosts: ['api.example.com'] });
  assert.match(
    finding?.message ?? '',
    /^It is not valid for api\.example\.com, which the server answers to with it\. /,
  );
});

test('names that no client can match are named', () => {
  for (const name of [
    '192.0.2.1',
    'https://example.com',
    'example.com:443',
    'exämple.com',
    'a..b',
    'w*.example.com',
    'x.',
    '',
    // One label behind the star is enough for Go only.
    '*.local',
    '*.com',
  ]) {
    assert.deepEqual(
      rules({ subjectAltNames: [`DNS:${name}`, 'DNS:example.com'] }),
      ['warning certificate-name-syntax'],
      name,
    );
  }
  // Clients match an underscore; only public CAs may not certify it.
  assert.deepEqual(rules({ subjectAltNames: ['DNS:_dmarc.example.com', 'DNS:example.com'] }), [
    'warning certificate-internal-name',
  ]);
});

test('weak keys and signatures', () => {
  assert.deepEqual(rules({ publicKey: { algorithm: 'RSA', bits: 1024 } }), ['warning certificate-weak-key']);
  assert.deepEqual(rules({ publicKey: { algorithm: 'EC', curve: 'secp256k1', bits: 256 } }), [
    'information certificate-weak-key',
  ]);
  assert.deepEqual(rules({ signatureAlgorithm: 'sha1WithRSAEncryption' }), ['warning certificate-weak-signature']);
  assert.deepEqual(rules({ signatureAlgorithm: 'ecdsa-with-SHA256' }), []);
});

test('the purpose is judged only where the role is known', () => {
  assert.deepEqual(rules({ extendedKeyUsage: ['clientAuth'] }), []);
  assert.deepEqual(rules({ extendedKeyUsage: ['clientAuth'] }, { role: 'server' }), ['error certificate-purpose']);
  assert.deepEqual(rules({}, { role: 'client' }), ['error certificate-purpose']);
});

test('an EC key that may not sign is of no use', () => {
  assert.deepEqual(rules({ keyUsage: ['keyAgreement'] }), ['warning certificate-key-usage']);
});

test('https addresses are not fetched', () => {
  assert.deepEqual(rules({ crlUrls: ['https://example.net/crl'] }), ['information certificate-url']);
});

test('serial numbers are positive', () => {
  assert.deepEqual(rules({ serialNumber: '-01' }), ['information certificate-serial-number']);
  const said = (serialNumber: string) =>
    lintCertificate({ ...certificate('leaf.pem'), serialNumber }, { now })[0]?.message;
  assert.match(said('-01') ?? '', /is negative; Go programs/);
  // Go takes 0.
  assert.match(said('00') ?? '', /^The serial number is 0, and clients may refuse/);
});

test('certificates are classified before they are judged', () => {
  const class_ = (name: string, trusted = false) =>
    classify(certificate(name), nodeOf(certificate(name)).parts, trusted);
  assert.equal(class_('leaf.pem'), 'private');
  assert.equal(class_('leaf.pem', true), 'public');
  assert.equal(class_('self-signed.pem'), 'development');
  assert.equal(class_('root.pem'), 'self-signed');
});

test('internal names are those that no public CA may certify', () => {
  // Of the registries of special addresses; zlint says so too.
  const reserved = [
    '198.18.0.1',
    '192.0.0.9',
    '::ffff:10.0.0.1',
    '64:ff9b::1',
    '100::1',
    '2001::1',
    '2001:10::1',
    '2002::1',
  ];
  for (const name of [
    'localhost',
    'db.internal',
    '10.1.2.3',
    'fe80::1',
    'nas.local',
    '4.3.2.1.in-addr.arpa',
    ...reserved,
  ]) {
    assert.notEqual(internalNameFault(name), undefined, name);
  }
  for (const name of [
    'example.com',
    '*.example.com',
    '8.8.8.8',
    '198.20.0.1',
    '2606:4700::1',
    '2001:4860::8888',
    'localhost.run',
  ]) {
    assert.equal(internalNameFault(name), undefined, name);
  }
});

test('every lint has an id of its own, a title and a reference', () => {
  assert.equal(new Set(lints.map((lint) => lint.id)).size, lints.length);
  for (const lint of lints) {
    assert.match(lint.id, /^certificate-[a-z-]+$/);
    assert.match(lint.title, /^[A-Z].*[^.]$/);
    assert.ok(lint.reference.length > 0);
  }
});

test('Diffie-Hellman parameters have 2048 bits or more', () => {
  const rules = (bits: number) => {
    const object = { kind: 'dhParameters', bits, isX942: false, source: { container: 'pem' } } as const;
    return lintObject(object, [], { crypto: nodeCrypto, now }).map(({ rule, severity }) => `${severity} ${rule}`);
  };
  assert.deepEqual(rules(2048), []);
  assert.deepEqual(rules(1024), ['warning dh-parameters-weak']);
});

test('an OCSP response that ended, revokes or is none is told about', () => {
  const response = {
    status: 'successful' as string,
    producedAt: undefined,
    responder: undefined,
    certificates: [],
    responses: [
      {
        serialNumber: '0A',
        issuerKeyHash: '',
        status: 'good' as 'good' | 'revoked' | 'unknown',
        revokedAt: undefined,
        thisUpdate: new Date('2026-09-01'),
        nextUpdate: new Date('2026-09-08'),
      },
    ],
  };
  const rules = (time: string, changed = response) => {
    const object = { kind: 'ocspResponse', response: changed, source: { container: 'der' } } as const;
    return lintObject(object, [], { crypto: nodeCrypto, now: new Date(time) }).map(({ rule }) => rule);
  };
  assert.deepEqual(rules('2026-09-02'), []);
  assert.deepEqual(rules('2026-09-09'), ['ocsp-response-expired']);
  const responses = response.responses.map((each) => ({ ...each, status: 'revoked' as const }));
  assert.deepEqual(rules('2026-09-02', { ...response, responses }), ['ocsp-response-revoked']);
  const unknown = response.responses.map((each) => ({ ...each, status: 'unknown' as const }));
  assert.deepEqual(rules('2026-09-02', { ...response, responses: unknown }), ['ocsp-response-unknown']);
  assert.deepEqual(rules('2026-09-02', { ...response, status: 'tryLater', responses: [] }), ['ocsp-response-failed']);
});

test('what a revoked CA issued is refused too, as long as it has no other way up', () => {
  const [leaf, above] = [certificate('leaf.pem'), certificate('intermediate.pem')];
  const revocation = { date: now, reason: 'cACompromise', thisUpdate: now, file: undefined };
  const revocations = new Map([[above.sha256, revocation]]);
  const told = (pool: readonly Certificate[], at = now) =>
    lintInPool(leaf, pool, { crypto: nodeCrypto, now: at, revocations }).filter(({ rule }) => /revoked/.test(rule));
  assert.match(
    told([above])[0]?.message ?? '',
    /^The CA “Example Intermediate” above it was revoked on .* \(cACompromise\): /,
  );
  assert.deepEqual(told([above, { ...above, sha256: 'crossed' }]), []);
  assert.deepEqual(told([]), []);
  assert.deepEqual(told([above], new Date('2027-06-01T00:00:00Z')), []);
});

test('a serial number that OpenSSL does not read is told about, in roots too', () => {
  const withSerial = (...octets: readonly number[]) => {
    const { tbs, signatureAlgorithm, signature } = nodeOf(certificate('root.pem')).parts;
    const fields = childrenOf(tbs).map((field, index) =>
      index === 1 ? write(tags.integer, Uint8Array.from(octets)) : encodingOf(field),
    );
    const der = sequence(write(tbs.tag, ...fields), encodingOf(signatureAlgorithm), encodingOf(signature));
    const decoded = decodeCertificate(der, nodeCrypto);
    assert.ok(!isUndecodable(decoded));
    return lintCertificate(decoded, { now }).flatMap(({ rule, severity }) =>
      rule === 'certificate-serial-number' ? [severity] : [],
    );
  };
  assert.deepEqual(withSerial(0, 1), ['warning']);
  assert.deepEqual(withSerial(0xff, 0x80), ['warning']);
  assert.deepEqual(withSerial(), ['warning']);
  assert.deepEqual([withSerial(0), withSerial(0, 0x81), withSerial(0x7f), withSerial(0xff, 0x7f)], [[], [], [], []]);
});
