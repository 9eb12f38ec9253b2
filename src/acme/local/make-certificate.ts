import { createHash, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';
import * as der from '../../certificates/asn1/write.ts';
import { encodePem } from '../../certificates/pem/armour.ts';
import type { Identifier } from '../order/identifiers.ts';
import type { NameConstraint } from './local-names.ts';

/** What a certificate made here says (RFC 5280). Signatures are ECDSA with SHA-256, or RSA with SHA-256 for RSA keys. */
export interface CertificateContent {
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** DER of the subject's SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly extensions: readonly Uint8Array[];
}

/** Signs a certificate. @returns PEM */
export function makeCertificate(content: CertificateContent, signer: KeyObject): string {
  const algorithm = signatureAlgorithm(signer);
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const body = der.sequence(
    der.context(0, der.integer(2)),
    der.unsignedInteger(serial),
    algorithm,
    commonName(content.issuer),
    der.sequence(der.time(content.notBefore), der.time(content.notAfter)),
    commonName(content.subject),
    content.publicKey,
    der.context(3, der.sequence(...content.extensions)),
  );
  const signature = sign('sha256', body, signer);
  return encodePem('CERTIFICATE', der.sequence(body, algorithm, der.bitString(signature)));
}

/** SHA-256 with RSA (PKCS #1 1.5) or with ECDSA. */
export function signatureAlgorithm(signer: KeyObject): Uint8Array {
  return signer.asymmetricKeyType === 'rsa'
    ? der.sequence(der.oid('1.2.840.113549.1.1.11'), der.nullValue())
    : der.sequence(der.oid('1.2.840.10045.4.3.2'));
}

export function publicKeyOf(key: KeyObject): Buffer {
  return createPublicKey(key.export({ type: 'pkcs8', format: 'pem' })).export({ type: 'spki', format: 'der' });
}

/** An empty text makes an empty name. */
function commonName(text: string): Uint8Array {
  if (text === '') return der.sequence();
  return der.sequence(der.setOf(der.sequence(der.oid('2.5.4.3'), der.utf8String(text))));
}

export function extension(id: string, critical: boolean, value: Uint8Array): Uint8Array {
  return der.sequence(der.oid(id), ...(critical ? [der.isTrue()] : []), der.octetString(value));
}

export const basicConstraints = (isCa: boolean, pathLength?: number): Uint8Array =>
  extension(
    '2.5.29.19',
    true,
    isCa ? der.sequence(der.isTrue(), ...(pathLength === undefined ? [] : [der.integer(pathLength)])) : der.sequence(),
  );

/** Bits from the left: digitalSignature 0, keyCertSign 5, cRLSign 6 (RFC 5280 section 4.2.1.3). */
export function keyUsage(...bits: readonly number[]): Uint8Array {
  const byte = bits.reduce((sum, bit) => sum | (0x80 >> bit), 0);
  const unused = 7 - Math.max(...bits);
  return extension('2.5.29.15', true, der.bitString(Buffer.from([byte]), unused));
}

export const serverAuthentication = (): Uint8Array =>
  extension('2.5.29.37', false, der.sequence(der.oid('1.3.6.1.5.5.7.3.1')));

/** Method 1 of RFC 7093: 160 bits of SHA-256. */
function keyIdentifier(publicKey: Uint8Array): Buffer {
  return createHash('sha256').update(publicKey).digest().subarray(0, 20);
}

export const subjectKeyIdentifier = (publicKey: Uint8Array): Uint8Array =>
  extension('2.5.29.14', false, der.octetString(keyIdentifier(publicKey)));

export const authorityKeyIdentifier = (publicKey: Uint8Array): Uint8Array =>
  extension('2.5.29.35', false, der.sequence(der.implicit(0, keyIdentifier(publicKey))));

/** Critical where the subject is empty (RFC 5280 section 4.2.1.6). */
export function subjectAltNames(identifiers: readonly Identifier[], critical = true): Uint8Array {
  const names = identifiers.map(({ type, value }) =>
    type === 'ip' ? der.implicit(7, addressBytes(value)) : der.implicit(2, Buffer.from(value, 'latin1')),
  );
  return extension('2.5.29.17', critical, der.sequence(...names));
}

/** Where no address is permitted, all are excluded: a constraint on names alone says nothing of addresses. */
export function nameConstraintsExtension(constraints: readonly NameConstraint[]): Uint8Array {
  const subtree = (name: Uint8Array): Uint8Array => der.sequence(name);
  const permitted = constraints.map((constraint) =>
    subtree(
      constraint.type === 'dns'
        ? der.implicit(2, Buffer.from(constraint.value, 'latin1'))
        : der.implicit(7, Buffer.concat([addressBytes(constraint.address), mask(constraint.bits, constraint.family)])),
    ),
  );
  const families = [4, 6] as const;
  const excluded = families
    .filter((family) => !constraints.some((constraint) => constraint.type === 'ip' && constraint.family === family))
    .map((family) => subtree(der.implicit(7, Buffer.alloc(family === 4 ? 8 : 32))));
  const parts = [der.context(0, ...permitted), ...(excluded.length === 0 ? [] : [der.context(1, ...excluded)])];
  return extension('2.5.29.30', true, der.sequence(...parts));
}

/** 4 or 16 bytes of an address that `net.isIP` takes. */
export function addressBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  const text = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = text.split('::');
  const groups = (part: string): number[] =>
    part
      .split(':')
      .filter(Boolean)
      .map((group) => Number.parseInt(group, 16));
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  const middle = new Array<number>(8 - before.length - after.length).fill(0);
  return Buffer.from([...before, ...middle, ...after].flatMap((group) => [group >> 8, group & 0xff]));
}

function mask(bits: number, family: 4 | 6): Buffer {
  const bytes = Buffer.alloc(family === 4 ? 4 : 16);
  for (let bit = 0; bit < bits; bit++) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return bytes;
}
