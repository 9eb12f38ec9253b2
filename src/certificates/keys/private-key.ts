import type { Crypto } from '../../host/host.ts';
import { bitsOf, childrenOf, contentOf, encodingOf, hexOf, octetsOf, oidOf, readElement } from '../asn1/der.ts';
import { describeKey, publicKeyOf } from '../asn1/public-key.ts';
import { bitString, integer, nullValue, octetString, oid, sequence, unsignedInteger } from '../asn1/write.ts';
import type { PublicKey } from '../certificate.ts';
import { base64Of } from '../pem/base64.ts';
import { type Decrypted, decryptLegacyPem, decryptWithPassword, describeEncryption } from './encryption.ts';
import { keyLabelOf } from './key-label.ts';
import { isOpenSsh, readOpenSsh } from './openssh.ts';
import { carriedPublicKey } from './post-quantum.ts';

/** All that is ever said of a private key: kind, size, protection, and the pin of its public half. Never its bytes. */
export interface PrivateKeyInfo {
  readonly format: 'PKCS #8' | 'PKCS #1' | 'SEC 1' | 'DSA' | 'OpenSSH';
  /** Undefined where the key is encrypted and nobody opened it. */
  readonly publicKey: PublicKey | undefined;
  readonly encrypted: boolean;
  /** Cipher and key derivation, known without the password. */
  readonly encryption: string | undefined;
  /** SHA-256 of the SubjectPublicKeyInfo, hex and base64; undefined where it cannot be computed here. */
  readonly spkiSha256: string | undefined;
  readonly spkiPin: string | undefined;
  /** The SubjectPublicKeyInfo itself, which is no secret. */
  readonly spki: Uint8Array | undefined;
  /** Why an encrypted key stayed closed, or a plain one unread. */
  readonly problem: string | undefined;
}

const rsaOid = '1.2.840.113549.1.1.1';
const ecOid = '1.2.840.10045.2.1';
const dsaOid = '1.2.840.10040.4.1';

/** Reads one private key by its PEM label, or by what it really is. Never throws. */
export function readPrivateKey(
  called: string,
  bytes: Uint8Array,
  headers: Readonly<Record<string, string>>,
  crypto: Crypto,
  passwords: readonly string[] = [],
): PrivateKeyInfo {
  const label = privateLabelOf(called, bytes, headers);
  const format = formatOf(label);
  try {
    // Asked before it is read: of what is none, as a placeholder, an error would be slow to throw.
    if (format === 'OpenSSH') {
      if (!isOpenSsh(bytes)) return broken(format, 'The content does not start as an OpenSSH key does');
      return describeOpenSsh(bytes, crypto);
    }
    const dekInfo = headers['DEK-Info'];
    if (dekInfo === undefined && label !== 'ENCRYPTED PRIVATE KEY')
      return describePlain(format, bytes, crypto, undefined);
    const encryption = dekInfo === undefined ? encryptionOf(bytes) : `${dekInfo.split(',')[0]}, key from MD5`;
    const opened = openKey(bytes, dekInfo, crypto, passwords);
    if (opened instanceof Uint8Array) return describePlain(format, opened, crypto, encryption);
    return closed(format, encryption, opened);
  } catch (error) {
    return broken(format, error instanceof Error ? error.message : String(error));
  }
}

/**
 * The key as PKCS #8 DER, for exports and for writing containers only. Undefined where it is closed or unknown.
 * @throws DerError where the encoding is broken
 */
export function privateKeyBytes(
  called: string,
  bytes: Uint8Array,
  headers: Readonly<Record<string, string>>,
  crypto: Crypto,
  passwords: readonly string[] = [],
): Uint8Array | undefined {
  const label = privateLabelOf(called, bytes, headers);
  const format = formatOf(label);
  if (format === 'OpenSSH') return undefined;
  const dekInfo = headers['DEK-Info'];
  const isPlain = dekInfo === undefined && label !== 'ENCRYPTED PRIVATE KEY';
  const opened = isPlain ? bytes : openKey(bytes, dekInfo, crypto, passwords);
  return opened instanceof Uint8Array ? toPkcs8(format, opened) : undefined;
}

/** People change labels by hand, or wrap a key of one kind as another. */
function privateLabelOf(called: string, bytes: Uint8Array, headers: Readonly<Record<string, string>>): string {
  if (headers['DEK-Info'] !== undefined || called === 'OPENSSH PRIVATE KEY') return called;
  try {
    const held = keyLabelOf(bytes) ?? called;
    return isPrivateKeyLabel(held) ? held : called;
  } catch {
    return called;
  }
}

function formatOf(label: string): PrivateKeyInfo['format'] {
  if (label === 'RSA PRIVATE KEY') return 'PKCS #1';
  if (label === 'EC PRIVATE KEY') return 'SEC 1';
  if (label === 'DSA PRIVATE KEY') return 'DSA';
  return label === 'OPENSSH PRIVATE KEY' ? 'OpenSSH' : 'PKCS #8';
}

function closed(format: PrivateKeyInfo['format'], encryption: string | undefined, problem: string): PrivateKeyInfo {
  return {
    format,
    publicKey: undefined,
    encrypted: true,
    encryption,
    spkiSha256: undefined,
    spkiPin: undefined,
    spki: undefined,
    problem,
  };
}

function broken(format: PrivateKeyInfo['format'], problem: string): PrivateKeyInfo {
  return { ...closed(format, undefined, problem), encrypted: false };
}

/** The plain encoding, or a sentence why not. */
function openKey(
  bytes: Uint8Array,
  dekInfo: string | undefined,
  crypto: Crypto,
  passwords: readonly string[],
): Uint8Array | string {
  let result: Decrypted | undefined;
  for (const password of passwords) {
    result = tryPassword(bytes, dekInfo, crypto, password);
    // A wrong password leaves valid padding once in 256 times, so the plain text must also look like a key.
    if (result instanceof Uint8Array && result[0] === 0x30) return result;
  }
  if (result === undefined) return 'The key is encrypted; its password is not known.';
  return result === 'cannot-judge'
    ? 'The key is encrypted in a way that is not read here, or that would take too long.'
    : 'The key is encrypted, and the password is wrong.';
}

function tryPassword(bytes: Uint8Array, dekInfo: string | undefined, crypto: Crypto, password: string): Decrypted {
  if (dekInfo !== undefined) return decryptLegacyPem(dekInfo, password, bytes, crypto);
  const outer = readElement(bytes);
  const [algorithm, data] = childrenOf(outer);
  if (algorithm === undefined || data === undefined) return 'cannot-judge';
  return decryptWithPassword(algorithm, password, octetsOf(data), crypto);
}

function encryptionOf(bytes: Uint8Array): string {
  const [algorithm] = childrenOf(readElement(bytes));
  return algorithm === undefined ? 'an encryption that cannot be read' : describeEncryption(algorithm);
}

/** @param encryption set where the key was opened with a password */
function describePlain(
  format: PrivateKeyInfo['format'],
  bytes: Uint8Array,
  crypto: Crypto,
  encryption: string | undefined,
): PrivateKeyInfo {
  const pkcs8 = toPkcs8(format, bytes);
  const spki = publicHalf(pkcs8) ?? crypto.publicKey(pkcs8);
  const common = { format, encrypted: encryption !== undefined, encryption };
  if (spki === undefined) {
    const algorithm = childrenOf(readElement(pkcs8))[1];
    // An algorithm without its key still has a name and perhaps a curve.
    const publicKey = algorithm && publicKeyOf(readElement(sequence(encodingOf(algorithm))));
    const problem = 'This host’s cryptographic library cannot compute the public half of the key.';
    return { ...common, publicKey, spkiSha256: undefined, spkiPin: undefined, spki, problem };
  }
  const hash = crypto.digest('sha256', spki);
  return {
    ...common,
    publicKey: publicKeyOf(readElement(spki)),
    spkiSha256: hexOf(hash),
    spkiPin: base64Of(hash),
    spki,
    problem: undefined,
  };
}

function describeOpenSsh(bytes: Uint8Array, crypto: Crypto): PrivateKeyInfo {
  const { spki, encrypted, encryption, name } = readOpenSsh(bytes);
  const hash = spki && crypto.digest('sha256', spki);
  return {
    format: 'OpenSSH',
    publicKey: spki === undefined ? { algorithm: name } : publicKeyOf(readElement(spki)),
    encrypted,
    encryption,
    spkiSha256: hash && hexOf(hash),
    spkiPin: hash && base64Of(hash),
    spki,
    problem: undefined,
  };
}

/** Wraps the older formats into PrivateKeyInfo (RFC 5208). */
function toPkcs8(format: PrivateKeyInfo['format'], bytes: Uint8Array): Uint8Array {
  const outer = readElement(bytes);
  const fields = childrenOf(outer);
  if (format === 'PKCS #1')
    return sequence(integer(0), sequence(oid(rsaOid), nullValue()), octetString(encodingOf(outer)));
  if (format === 'SEC 1') {
    const curve = fields.find((field) => field.tag === 0xa0);
    const parameters = curve === undefined ? new Uint8Array(0) : contentOf(curve);
    return sequence(integer(0), sequence(oid(ecOid), parameters), octetString(encodingOf(outer)));
  }
  if (format === 'DSA') {
    const [, p, q, g, , x] = fields;
    if (p === undefined || q === undefined || g === undefined || x === undefined)
      throw new Error('The DSA key is not whole');
    const parameters = sequence(encodingOf(p), encodingOf(q), encodingOf(g));
    return sequence(integer(0), sequence(oid(dsaOid), parameters), octetString(encodingOf(x)));
  }
  return encodingOf(outer);
}

/** SubjectPublicKeyInfo of a PKCS #8 key from what its own encoding holds; undefined where that takes arithmetic. */
function publicHalf(pkcs8: Uint8Array): Uint8Array | undefined {
  const [, algorithm, key, ...rest] = childrenOf(readElement(pkcs8));
  if (algorithm === undefined || key === undefined) throw new Error('The private key is not whole');
  const algorithmOid = oidOf(readElement(algorithm.bytes, algorithm.content, algorithm.end));
  if (algorithmOid === rsaOid || algorithmOid === '1.2.840.113549.1.1.10') {
    const [, modulus, exponent] = childrenOf(readElement(octetsOf(key)));
    if (modulus === undefined || exponent === undefined) return undefined;
    const numbers = sequence(unsignedInteger(contentOf(modulus)), unsignedInteger(contentOf(exponent)));
    return sequence(encodingOf(algorithm), bitString(numbers));
  }
  if (algorithmOid === ecOid) {
    const point = childrenOf(readElement(octetsOf(key))).find((field) => field.tag === 0xa1);
    if (point === undefined) return undefined;
    return sequence(encodingOf(algorithm), encodingOf(readElement(point.bytes, point.content, point.end)));
  }
  const carried = carriedPublicKey(algorithmOid, octetsOf(key));
  if (carried !== undefined) return sequence(encodingOf(algorithm), bitString(carried));
  // RFC 5958: `[1]` may carry the public key.
  const attached = rest.find((field) => field.tag === 0x81);
  return attached && sequence(encodingOf(algorithm), bitString(bitsOf(attached)));
}

/** `RSA 2048`, `EC P-256`, or `encrypted`. */
export function describePrivateKey(key: PrivateKeyInfo): string {
  if (key.publicKey !== undefined) return describeKey(key.publicKey);
  return key.encrypted ? 'encrypted' : 'unreadable';
}

/** True for the labels of PEM blocks that hold private keys. */
export function isPrivateKeyLabel(label: string): boolean {
  return label.endsWith('PRIVATE KEY');
}
