import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  bitString,
  context,
  integer,
  octetString,
  oid,
  sequence,
  setOf,
  unsignedInteger,
  utf8String,
  write,
} from '../../../src/certificates/asn1/write.ts';

/** A key with its SubjectPublicKeyInfo and identifier. */
export interface Key {
  readonly privateKey: KeyObject;
  readonly spki: Uint8Array;
  readonly identifier: Uint8Array;
}

export function makeKey(): Key {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return { privateKey, spki, identifier: createHash('sha1').update(spki).digest() };
}

export interface Contents {
  readonly serial: number;
  readonly subject: Uint8Array;
  readonly issuer: Uint8Array;
  readonly notBefore: Date;
  /** As DER where it is written otherwise than usual. */
  readonly notAfter: Date | Uint8Array;
  readonly key: Key;
  /** Without any, the certificate is of version 1. */
  readonly extensions: readonly Uint8Array[];
}

/** @returns DER */
export function makeCertificate(contents: Contents, signer: Key): Uint8Array {
  const algorithm = sequence(oid('1.2.840.10045.4.3.2'));
  const { serial, issuer, notBefore, notAfter, subject, key, extensions } = contents;
  const isFirst = extensions.length === 0;
  const body = sequence(
    ...(isFirst ? [] : [context(0, integer(2))]),
    unsignedInteger(Uint8Array.of(serial >> 16, serial >> 8, serial)),
    algorithm,
    issuer,
    sequence(time(notBefore), notAfter instanceof Date ? time(notAfter) : notAfter),
    subject,
    key.spki,
    ...(isFirst ? [] : [context(3, sequence(...extensions))]),
  );
  return sequence(body, algorithm, bitString(sign('sha256', body, signer.privateKey)));
}

function time(date: Date): Uint8Array {
  return write(0x17, new TextEncoder().encode(date.toISOString().replace(/^20|[-:T]|\.\d+/g, '')));
}

/** `O=organisation, CN=common`, and a mail address where one is given. */
export function nameOf(organisation: string, common: string, mail?: string): Uint8Array {
  const attribute = (type: string, value: Uint8Array) => setOf(sequence(oid(type), value));
  return sequence(
    attribute('2.5.4.10', utf8String(organisation)),
    attribute('2.5.4.3', utf8String(common)),
    ...(mail === undefined ? [] : [attribute('1.2.840.113549.1.9.1', ia5(0x16, mail))]),
  );
}

export function extension(id: string, critical: boolean, value: Uint8Array): Uint8Array {
  return sequence(oid(id), ...(critical ? [write(0x01, Uint8Array.of(0xff))] : []), octetString(value));
}

export function basicConstraints(isCa: boolean, pathLength?: number): Uint8Array {
  const limit = pathLength === undefined ? [] : [integer(pathLength)];
  return extension('2.5.29.19', true, sequence(...(isCa ? [write(0x01, Uint8Array.of(0xff)), ...limit] : [])));
}

/** `keyCertSign` and `cRLSign`, or the second alone. */
export function keyUsage(signsCertificates: boolean): Uint8Array {
  return extension('2.5.29.15', true, bitString(Uint8Array.of(signsCertificates ? 0x06 : 0x02), 1));
}

export function extendedKeyUsage(...purposes: readonly ('serverAuth' | 'clientAuth')[]): Uint8Array {
  const ids = purposes.map((purpose) => oid(`1.3.6.1.5.5.7.3.${purpose === 'serverAuth' ? 1 : 2}`));
  return extension('2.5.29.37', false, sequence(...ids));
}

export function keyIdentifiers(own: Key, issuer: Key): Uint8Array[] {
  return [
    extension('2.5.29.14', false, octetString(own.identifier)),
    extension('2.5.29.35', false, sequence(write(0x80, issuer.identifier))),
  ];
}

function ia5(tag: number, text: string): Uint8Array {
  return write(tag, new TextEncoder().encode(text));
}

/** A GeneralName from `DNS:`, `email:`, `URI:`, `IP:` with octets in hex, or `O:` for a directory name of one attribute. */
export function generalName(text: string): Uint8Array {
  const colon = text.indexOf(':');
  const [kind, value] = [text.slice(0, colon), text.slice(colon + 1)];
  switch (kind) {
    case 'DNS':
      return ia5(0x82, value);
    case 'email':
      return ia5(0x81, value);
    case 'URI':
      return ia5(0x86, value);
    case 'IP':
      return write(0x87, Uint8Array.from(Buffer.from(value, 'hex')));
    default:
      return context(4, sequence(setOf(sequence(oid('2.5.4.10'), utf8String(value)))));
  }
}

export function subjectAltNames(names: readonly string[]): Uint8Array {
  return extension('2.5.29.17', false, sequence(...names.map(generalName)));
}

export function nameConstraints(permitted: readonly string[], excluded: readonly string[]): Uint8Array {
  const trees = (number: number, names: readonly string[]) =>
    names.length === 0 ? [] : [context(number, ...names.map((name) => sequence(generalName(name))))];
  return extension('2.5.29.30', true, sequence(...trees(0, permitted), ...trees(1, excluded)));
}
