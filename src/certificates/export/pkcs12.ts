import type { Crypto } from '../../host/host.ts';
import { encodingOf, readElement } from '../asn1/der.ts';
import { utf8Bytes, utf16Bytes } from '../asn1/strings.ts';
import { context, implicit, integer, nullValue, octetString, oid, sequence, setOf, write } from '../asn1/write.ts';
import type { Certificate } from '../certificate.ts';
import { derivePkcs12 } from '../keys/pkcs12-derivation.ts';

const iterations = 10_000;
const dataOid = '1.2.840.113549.1.7.1';

export interface Pkcs12Input {
  /** PKCS #8 DER. */
  readonly privateKey: Uint8Array;
  /** Leaf first. */
  readonly certificates: readonly Certificate[];
  readonly password: string;
  /** Shown by programs that list the file. */
  readonly friendlyName?: string;
}

/**
 * A PKCS #12 file (RFC 7292) with AES-256-CBC, PBKDF2 over HMAC-SHA-256 and a SHA-256 MAC: what OpenSSL 3, Java 8u301,
 * macOS 15 and Windows Server 2019 and their successors read.
 * @throws Error where this host's library lacks the algorithms
 */
export function writePkcs12(input: Pkcs12Input, crypto: Crypto): Uint8Array {
  const { certificates, password, privateKey } = input;
  const leaf = certificates[0];
  const localKey = leaf === undefined ? undefined : crypto.digest('sha1', leaf.der);
  const attributes = bagAttributes(input.friendlyName, localKey);
  const certificateBags = certificates.map((certificate, index) =>
    bag('1.2.840.113549.1.12.10.1.3', certificateValue(certificate), index === 0 ? attributes : []),
  );
  const keyBag = bag('1.2.840.113549.1.12.10.1.2', encryptKey(privateKey, password, crypto), attributes);
  const safe = sequence(
    encryptedContent(sequence(...certificateBags), password, crypto),
    sequence(oid(dataOid), context(0, octetString(sequence(keyBag)))),
  );
  return sequence(integer(3), sequence(oid(dataOid), context(0, octetString(safe))), macData(safe, password, crypto));
}

function bag(type: string, value: Uint8Array, attributes: readonly Uint8Array[]): Uint8Array {
  return sequence(oid(type), context(0, value), ...(attributes.length === 0 ? [] : [setOf(...attributes)]));
}

function bagAttributes(friendlyName: string | undefined, localKey: Uint8Array | undefined): Uint8Array[] {
  const attributes: Uint8Array[] = [];
  if (friendlyName !== undefined) {
    attributes.push(sequence(oid('1.2.840.113549.1.9.20'), setOf(write(0x1e, utf16Bytes(friendlyName)))));
  }
  if (localKey !== undefined) attributes.push(sequence(oid('1.2.840.113549.1.9.21'), setOf(octetString(localKey))));
  return attributes;
}

function certificateValue(certificate: Certificate): Uint8Array {
  return sequence(oid('1.2.840.113549.1.9.22.1'), context(0, octetString(certificate.der)));
}

/** EncryptedPrivateKeyInfo (RFC 5958 section 3). */
export function encryptKey(privateKey: Uint8Array, password: string, crypto: Crypto): Uint8Array {
  const { algorithm, data } = encrypt(encodingOf(readElement(privateKey)), password, crypto);
  return sequence(algorithm, octetString(data));
}

function encryptedContent(content: Uint8Array, password: string, crypto: Crypto): Uint8Array {
  const { algorithm, data } = encrypt(content, password, crypto);
  const info = sequence(oid(dataOid), algorithm, implicit(0, data));
  return sequence(oid('1.2.840.113549.1.7.6'), context(0, sequence(integer(0), info)));
}

/** PBES2 (RFC 8018 section 6.2). */
function encrypt(plain: Uint8Array, password: string, crypto: Crypto) {
  const salt = crypto.randomBytes(16);
  const iv = crypto.randomBytes(16);
  const key = crypto.pbkdf2('sha256', utf8Bytes(password), salt, iterations, 32);
  const data = key && crypto.encrypt('aes-256-cbc', key, iv, plain);
  if (data === undefined) throw new Error('This host’s cryptographic library lacks AES-256-CBC or PBKDF2.');
  const derivation = sequence(
    oid('1.2.840.113549.1.5.12'),
    sequence(octetString(salt), integer(iterations), sequence(oid('1.2.840.113549.2.9'), nullValue())),
  );
  const scheme = sequence(oid('2.16.840.1.101.3.4.1.42'), octetString(iv));
  return { algorithm: sequence(oid('1.2.840.113549.1.5.13'), sequence(derivation, scheme)), data };
}

function macData(safe: Uint8Array, password: string, crypto: Crypto): Uint8Array {
  const salt = crypto.randomBytes(16);
  const key = derivePkcs12('sha256', utf16Bytes(`${password}\0`), salt, 3, iterations, 32, crypto);
  const digest = sequence(
    sequence(oid('2.16.840.1.101.3.4.2.1'), nullValue()),
    octetString(crypto.hmac('sha256', key, safe)),
  );
  return sequence(digest, octetString(salt), integer(iterations));
}
