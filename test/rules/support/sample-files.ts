import type { Certificate, Extension, PublicKey } from '../../../src/certificates/certificate.ts';
import { emptyFile } from '../../../src/certificates/configured-file.ts';
import type { RevocationList } from '../../../src/certificates/containers/crl.ts';
import type { OcspResponse, OcspSingleResponse } from '../../../src/certificates/containers/ocsp.ts';
import type { CertificateFile } from '../../../src/rules/rule.ts';

/** When samples are judged. */
export const sampleTime = new Date('2026-11-25T00:00:00Z');

/** A certificate as decoding would give it: for example.com, from a public CA, in the middle of its 90 days. */
export function sampleCertificate(different: Partial<Certificate> = {}): Certificate {
  const subject = different.subject ?? 'CN=example.com';
  return {
    subject,
    issuer: 'CN=Example Intermediate',
    serialNumber: '01',
    notBefore: new Date('2026-10-20T00:00:00Z'),
    notAfter: new Date('2027-01-18T00:00:00Z'),
    subjectAltNames: ['DNS:example.com', 'DNS:www.example.com'],
    publicKey: { algorithm: 'EC', bits: 256, curve: 'P-256' },
    isCa: false,
    selfIssued: false,
    sha256: `sha256 of ${subject}`,
    spkiSha256: 'key of example.com',
    version: 3,
    signatureAlgorithm: 'ecdsa-with-SHA256',
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: ['serverAuth'],
    extensions: [],
    sha1: '',
    spkiPin: '',
    subjectKeyIdentifier: undefined,
    authorityKeyIdentifier: undefined,
    ocspUrls: [],
    caIssuersUrls: ['http://ca.example/intermediate.crt'],
    crlUrls: [],
    problems: [],
    der: new Uint8Array(1000),
    ...different,
  };
}

const leaf = sampleCertificate();
const other = sampleCertificate({
  subject: 'CN=www.example.net',
  subjectAltNames: ['DNS:www.example.net'],
  spkiSha256: 'another key',
});
const intermediate = sampleCertificate({
  subject: 'CN=Example Intermediate',
  issuer: 'CN=Example Root',
  subjectAltNames: [],
  isCa: true,
});
const root = sampleCertificate({
  subject: 'CN=Example Root',
  issuer: 'CN=Example Root',
  subjectAltNames: [],
  isCa: true,
  selfIssued: true,
});
/** With timestamps of certificate transparency logs. */
const logged = { extensions: [extension('1.3.6.1.4.1.11129.2.4.2')] };
const otherRoot = sampleCertificate({ ...root, subject: 'CN=Other Root', issuer: 'CN=Other Root' });
const rsa: PublicKey = { algorithm: 'RSA', bits: 2048 };

const derAuthority: Partial<CertificateFile> = {
  certificates: [root],
  problems: ['The file is binary (DER); servers built on OpenSSL read PEM here.'],
  isConvertible: true,
};

/** What lies at the paths of samples, by base name. `pin` and `kind` are those of the key beside the certificate. */
const files: Readonly<Record<string, Partial<CertificateFile>>> = {
  'example.com.crt': { certificates: [leaf, intermediate] },
  'example.com.key': key('key of example.com', 'EC P-256'),
  'rsa.crt': signedBy({ publicKey: rsa, spkiSha256: 'RSA key', keyUsage: ['digitalSignature', 'keyEncipherment'] }),
  'rsa.key': key('RSA key', 'RSA 2048'),
  'rsa1024.crt': signedBy({ publicKey: { algorithm: 'RSA', bits: 1024 }, spkiSha256: 'short key' }),
  'rsa1024.key': key('short key', 'RSA 1024'),
  'other.key': key('another key', 'EC P-256'),
  'encrypted.key': { keyKinds: ['encrypted'] },
  'passphrases.txt': {},
  'passphrase.sh': {},
  'empty.crl': {},
  'clients-ca.crt': { certificates: [root] },
  'current.crl': { revocationLists: [list({}), list({ issuer: intermediate.subject })] },
  'ended.crl': { revocationLists: [list({ nextUpdate: new Date('2026-11-01T00:00:00Z') })] },
  'two-cas.crt': { certificates: [root, otherRoot] },
  'one.crl': { revocationLists: [list({})] },
  'half-ended.crl': {
    revocationLists: [list({}), list({ issuer: otherRoot.subject, nextUpdate: new Date('2026-11-01T00:00:00Z') })],
  },
  'future.crl': { revocationLists: [list({ thisUpdate: new Date('2026-11-26T00:00:00Z') })] },
  'ends-now.crl': { revocationLists: [list({ nextUpdate: sampleTime })] },
  'begins-now.crl': { revocationLists: [list({ thisUpdate: sampleTime })] },
  'foreign.crl': { revocationLists: [list({ issuer: 'CN=Somebody Else' })] },
  'current.ocsp': { ocspResponse: response({}) },
  'ended.ocsp': { ocspResponse: response({ nextUpdate: new Date('2026-11-01T00:00:00Z') }) },
  'revoked.ocsp': { ocspResponse: response({ status: 'revoked' }) },
  'unknown.ocsp': { ocspResponse: response({ status: 'unknown' }) },
  'endless.ocsp': { ocspResponse: response({ nextUpdate: undefined }) },
  'just-ended.ocsp': { ocspResponse: response({ nextUpdate: new Date(sampleTime.getTime() - 1) }) },
  'just-current.ocsp': { ocspResponse: response({ nextUpdate: sampleTime }) },
  'refused.ocsp': { ocspResponse: { ...response({}), status: 'tryLater', responses: [] } },
  'foreign.ocsp': { ocspResponse: response({ serialNumber: '02' }) },
  'readable.key': { ...key('key of example.com', 'EC P-256'), state: { kind: 'found', mode: 0o644 } },
  'readable-encrypted.key': { keyKinds: ['encrypted'], state: { kind: 'found', mode: 0o644 } },
  'group-readable.key': { ...key('key of example.com', 'EC P-256'), state: { kind: 'found', mode: 0o643 } },
  'never-valid.crt': signedBy(dates('2027-06-01', '2027-01-01')),
  'ended-never-valid.crt': signedBy(dates('2026-06-01', '2026-01-01')),
  'expired.crt': signedBy(dates('2026-08-01', '2026-10-30')),
  'expired-issuer.crt': { certificates: [leaf, { ...intermediate, ...dates('2021-11-01', '2026-11-01') }] },
  'expired-cross.crt': {
    certificates: [
      leaf,
      intermediate,
      { ...root, ...dates('2021-01-20', '2024-09-30'), issuer: 'CN=Old Root', selfIssued: false },
    ],
  },
  'renewed-issuer.crt': {
    certificates: [leaf, { ...intermediate, ...dates('2021-11-01', '2026-11-01') }, intermediate],
  },
  'expired-chain.crt': { certificates: [{ ...intermediate, ...dates('2021-11-01', '2026-11-01') }] },
  'expired-root.crt': { certificates: [leaf, intermediate, { ...root, ...dates('2021-11-01', '2026-11-01') }] },
  'future.crt': signedBy(dates('2026-12-01', '2027-03-01')),
  'soon.crt': signedBy(dates('2026-09-01', '2026-11-30')),
  'long.crt': signedBy({ ...dates('2026-11-10', '2027-05-29'), ...logged }),
  'ends-now.crt': signedBy(dates('2026-08-27', '2026-11-25')),
  'lets-encrypt.crt': signedBy({
    ...logged,
    issuer: "C=US,O=Let's Encrypt,CN=E7",
    notBefore: new Date('2026-12-20T00:00:00Z'),
    notAfter: new Date('2027-03-19T23:59:59Z'),
  }),
  'private-long.crt': signedBy(dates('2026-11-10', '2027-05-29')),
  'shorter.crt': signedBy({ ...dates('2026-11-10', '2027-05-16'), ...logged }),
  'shorter-late.crt': signedBy({ ...dates('2027-03-01', '2027-06-09'), ...logged }),
  'public-expired.crt': signedBy({ ...dates('2025-11-24', '2026-11-24'), ...logged }),
  'wildcard.crt': signedBy({ subjectAltNames: ['DNS:example.com', 'DNS:*.example.com'] }),
  'nameless.crt': signedBy({ subject: 'O=Example', subjectAltNames: [] }),
  'self-signed-other.crt': {
    certificates: [
      sampleCertificate({
        subject: 'CN=www.example.net',
        issuer: 'CN=www.example.net',
        subjectAltNames: ['DNS:www.example.net'],
        selfIssued: true,
      }),
    ],
  },
  'self-signed-ca.crt': {
    certificates: [sampleCertificate({ issuer: 'CN=example.com', selfIssued: true, isCa: true })],
  },
  'ca-as-server.crt': { certificates: [sampleCertificate({ isCa: true }), intermediate] },
  'both.pem': { certificates: [leaf, intermediate], ...key('key of example.com', 'EC P-256') },
  'both-other.pem': { certificates: [leaf, intermediate], ...key('another key', 'EC P-256') },
  'rsa-other.key': key('another key', 'RSA 2048'),
  'right-first.key': { keyPins: ['key of example.com', 'RSA key'], keyKinds: ['EC P-256', 'RSA 2048'] },
  'locked-first.key': { keyPins: ['key of example.com'], keyKinds: ['encrypted', 'EC P-256'] },
  'two.key': { keyPins: ['another key', 'RSA key'], keyKinds: ['EC P-256', 'RSA 2048'] },
  'ed25519.crt': signedBy({ publicKey: { algorithm: 'Ed25519' } }),
  'brainpool.crt': signedBy({ publicKey: { algorithm: 'EC', bits: 256, curve: 'brainpoolP256r1' } }),
  'p192.crt': signedBy({ publicKey: { algorithm: 'EC', bits: 192, curve: 'P-192' } }),
  'any-usage.crt': signedBy({ extendedKeyUsage: ['clientAuth', 'anyExtendedKeyUsage'] }),
  'no-usage.crt': signedBy({ extendedKeyUsage: [] }),
  'trusted-ca.crt': { certificates: [root], isTrustedOnly: true },
  'only.crl': { revocationLists: [list({})], isTrustedOnly: true },
  'x942.pem': { dhBits: 2048, isX942: true },
  'ca.der': derAuthority,
  'the ca.der': derAuthority,
  'dh.der': { dhBits: 2048, problems: ['The file is binary (DER); servers built on OpenSSL read PEM here.'] },
  'crl.der': {
    revocationLists: [list({}), list({ issuer: intermediate.subject })],
    problems: ['The file is binary (DER); servers built on OpenSSL read PEM here.'],
  },
  'indented.crt': { certificates: [leaf], skipped: ['There is something before the BEGIN line: spaces.'] },
  'all-indented.crt': { skipped: ['There is something before the BEGIN line: spaces.'] },
  'indented.key': {
    ...key('key of example.com', 'EC P-256'),
    skipped: ['There is something before the BEGIN line: spaces.'],
  },
  'bare.key': {
    ...key('key of example.com', 'EC P-256'),
    isBareKey: true,
    problems: ['The file is binary (DER); servers built on OpenSSL read PEM here.'],
  },
  'cut-chain.crt': {
    certificates: [intermediate],
    breaksOff: true,
    problems: ['The CERTIFICATE block has no END line: the file is cut off, or the line was lost.'],
  },
  'broken.key': { problems: ['The PRIVATE KEY block has no END line: the file is cut off, or the line was lost.'] },
  'year.crt': signedBy(dates('2026-01-01', '2026-12-25')),
  'alone-private.crt': { certificates: [sampleCertificate({ caIssuersUrls: [] })] },
  'star.crt': signedBy({ subjectAltNames: ['DNS:*.example.com'] }),
  'root-first.crt': { certificates: [root, leaf, intermediate] },
  'self-signed-behind.crt': {
    certificates: [leaf, intermediate, { ...other, issuer: other.subject, selfIssued: true }],
  },
  'sha1-chain.crt': { certificates: [leaf, { ...intermediate, signatureAlgorithm: 'sha1WithRSAEncryption' }] },
  'sha1-root.crt': { certificates: [leaf, intermediate, { ...root, signatureAlgorithm: 'sha1WithRSAEncryption' }] },
  'mime.types': { state: { kind: 'missing' } },
  'alone.crt': { certificates: [leaf] },
  'reversed.crt': { certificates: [{ ...intermediate, spkiSha256: 'key of the CA' }, leaf] },
  'reversed-with-root.crt': {
    certificates: [{ ...intermediate, spkiSha256: 'key of the CA' }, leaf, { ...root, spkiSha256: 'key of the root' }],
  },
  'authority.crt': { certificates: [{ ...intermediate, spkiSha256: 'key of the CA' }] },
  'other-first.crt': { certificates: [other, leaf] },
  'twice.crt': { certificates: [leaf, intermediate, { ...intermediate }] },
  'cross-signed.crt': {
    certificates: [
      leaf,
      intermediate,
      { ...intermediate, issuer: 'CN=Old Root', sha256: 'sha256 of the cross-certificate' },
      root,
    ],
  },
  'stranger.crt': { certificates: [leaf, intermediate, other] },
  'strangers.crt': { certificates: [leaf, intermediate, other, sampleCertificate({ subject: 'CN=mail.example.net' })] },
  'chain.crt': { certificates: [intermediate] },
  'with-root-chain.crt': { certificates: [intermediate, root] },
  'self-signed-chain.crt': {
    certificates: [sampleCertificate({ issuer: 'CN=example.com', selfIssued: true }), intermediate],
  },
  'disordered-chain.crt': { certificates: [root, intermediate] },
  'disordered.crt': { certificates: [leaf, root, intermediate] },
  'with-root.crt': { certificates: [leaf, intermediate, root] },
  'self-signed.crt': { certificates: [sampleCertificate({ issuer: 'CN=example.com', selfIssued: true })] },
  'sha1.crt': signedBy({ signatureAlgorithm: 'ecdsa-with-SHA1' }),
  'client.crt': signedBy({ extendedKeyUsage: ['clientAuth'] }),
  'public-client.crt': signedBy({
    extendedKeyUsage: ['serverAuth', 'clientAuth'],
    ...logged,
  }),
  'late-client.crt': signedBy({
    ...dates('2026-11-01', '2027-10-01'),
    extendedKeyUsage: ['serverAuth', 'clientAuth'],
    ...logged,
  }),
  'public-any.crt': signedBy({ extendedKeyUsage: ['anyExtendedKeyUsage'], ...logged }),
  'must-staple.crt': signedBy({ extensions: [extension('1.3.6.1.5.5.7.1.24')] }),
  'letsencrypt.crt': signedBy({ issuer: "CN=E7,O=Let's Encrypt,C=US" }),
  'ocsp.crt': signedBy({ ocspUrls: ['http://ocsp.ca.example'] }),
  'broken.crt': { problems: ['The file ends inside a certificate.'] },
  'dh1024.pem': { dhBits: 1024 },
  'dh2048.pem': { dhBits: 2048 },
  'dh4096.pem': { dhBits: 4096 },
  'ticket.key': { state: { kind: 'found', mode: 0o600, size: 80 } },
  'empty.key': { state: { kind: 'found', mode: 0o600, size: 0 } },
  'short-ticket.key': { state: { kind: 'found', mode: 0o600, size: 47 } },
  'certs.d': { state: { kind: 'found', mode: 0o755, isFolder: true } },
  users: {},
};

/** Undefined for a path that nobody has looked up; `missing.…` is not there. */
export function sampleFile(path: string): CertificateFile | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const found = name.startsWith('missing') ? { state: { kind: 'missing' } as const } : files[name];
  if (found === undefined) return undefined;
  return {
    state: { kind: 'found', mode: 0o600, size: 1000 },
    file: path,
    ...emptyFile,
    ...found,
  };
}

function key(pin: string, kind: string): Partial<CertificateFile> {
  return { keyPins: [pin], keyKinds: [kind] };
}

function signedBy(different: Partial<Certificate>): Partial<CertificateFile> {
  return { certificates: [sampleCertificate(different), intermediate] };
}

function list(different: Partial<RevocationList>): RevocationList {
  return {
    issuer: root.subject,
    thisUpdate: new Date('2026-10-01T00:00:00Z'),
    nextUpdate: new Date('2026-12-31T00:00:00Z'),
    signatureAlgorithm: 'ecdsa-with-SHA256',
    revokedCount: 0,
    revoked: [],
    extensions: [],
    der: new Uint8Array(),
    ...different,
  };
}

function response(different: Partial<OcspSingleResponse>): OcspResponse {
  const single: OcspSingleResponse = {
    serialNumber: leaf.serialNumber,
    issuerKeyHash: '',
    status: 'good',
    revokedAt: undefined,
    thisUpdate: new Date('2026-10-25T00:00:00Z'),
    nextUpdate: new Date('2026-12-31T00:00:00Z'),
    ...different,
  };
  return { status: 'successful', producedAt: undefined, responder: undefined, responses: [single], certificates: [] };
}

function dates(notBefore: string, notAfter: string): Partial<Certificate> {
  return { notBefore: new Date(`${notBefore}T00:00:00Z`), notAfter: new Date(`${notAfter}T00:00:00Z`) };
}

function extension(oid: string): Extension {
  return { oid, name: oid, critical: false, value: '', range: { start: 0, end: 0 } };
}
