import type { PublicKey } from '../certificate.ts';
import { contentOf, type Element, expectTag, hexOf, oidOf, readElement, tags } from './der.ts';
import { curves, keyNames, postQuantumNames } from './oids.ts';

/** What a SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7) holds: never throws; what cannot be read keeps its OID. */
export function publicKeyOf(spki: Element): PublicKey {
  try {
    const algorithm = readElement(spki.bytes, spki.content, spki.end);
    const oid = readElement(spki.bytes, algorithm.content, algorithm.end);
    const name = oidOf(oid);
    const known = keyNames[name] ?? postQuantumNames[name];
    if (known === undefined) return { algorithm: name };
    if (known.startsWith('RSA')) return { algorithm: known, ...sizeOf(readRsaKey(spki)?.modulus) };
    if (known === 'EC' || known === 'ECDH') return { algorithm: known, ...curveOf(algorithm, oid) };
    if (known === 'DSA' || known === 'DH') return { algorithm: known, ...primeOf(algorithm, oid) };
    return { algorithm: known };
  } catch {
    return { algorithm: 'unreadable' };
  }
}

/** Modulus and exponent of an RSA key as elements; undefined for other keys and broken ones. */
export function readRsaKey(spki: Element): { readonly modulus: Element; readonly exponent: Element } | undefined {
  try {
    const algorithm = readElement(spki.bytes, spki.content, spki.end);
    const name = keyNames[oidOf(readElement(spki.bytes, algorithm.content, algorithm.end))];
    if (name === undefined || !name.startsWith('RSA')) return undefined;
    const key = readElement(spki.bytes, algorithm.next, spki.end);
    const inner = readElement(spki.bytes, key.content + 1, key.end);
    const modulus = readElement(spki.bytes, inner.content, inner.end);
    const exponent = expectTag(readElement(spki.bytes, modulus.next, inner.end), tags.integer, 'The exponent');
    return { modulus: expectTag(modulus, tags.integer, 'The modulus'), exponent };
  } catch {
    return undefined;
  }
}

function sizeOf(integer: Element | undefined): { readonly bits?: number } {
  return integer === undefined ? {} : { bits: bitLengthOf(integer) };
}

export function bitLengthOf(integer: Element): number {
  const { bytes, end } = integer;
  let start = integer.content;
  while (start < end && bytes[start] === 0) start++;
  return start === end ? 0 : (end - start) * 8 - Math.clz32(bytes[start] as number) + 24;
}

function curveOf(algorithm: Element, oid: Element): Partial<PublicKey> {
  if (oid.next >= algorithm.end) return {};
  const parameters = readElement(algorithm.bytes, oid.next, algorithm.end);
  if (parameters.tag !== tags.oid) return explicitCurve(parameters);
  const name = oidOf(parameters);
  const curve = curves[name];
  return curve === undefined ? { curve: name } : { curve: curve.name, bits: curve.bits };
}

/** Explicit ECParameters (RFC 3279) that spell out a known curve are recognised by their prime; others are not named. */
export function explicitCurve(parameters: Element): Partial<PublicKey> {
  if (parameters.tag !== tags.sequence) return {};
  const version = readElement(parameters.bytes, parameters.content, parameters.end);
  const field = readElement(parameters.bytes, version.next, parameters.end);
  const fieldType = readElement(parameters.bytes, field.content, field.end);
  const prime = readElement(parameters.bytes, fieldType.next, field.end);
  if (prime.tag !== tags.integer) return { curve: 'explicit parameters' };
  const known = knownPrimes[hexOf(contentOf(prime)).replace(/^(00)+/, '')];
  return { curve: known === undefined ? 'explicit parameters' : `explicit ${known}`, bits: bitLengthOf(prime) };
}

const knownPrimes: Readonly<Record<string, string>> = {
  ffffffff00000001000000000000000000000000ffffffffffffffffffffffff: 'P-256',
  fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff: 'P-384',
};

function primeOf(algorithm: Element, oid: Element): Partial<PublicKey> {
  if (oid.next >= algorithm.end) return {};
  const parameters = readElement(algorithm.bytes, oid.next, algorithm.end);
  if (parameters.tag !== tags.sequence) return {};
  return sizeOf(readElement(parameters.bytes, parameters.content, parameters.end));
}

/** `RSA 2048`, `EC P-256`, `Ed25519`, whose curve has the same name. */
export function describeKey(key: PublicKey): string {
  const detail = key.curve ?? key.bits;
  return detail === undefined || detail === key.algorithm ? key.algorithm : `${key.algorithm} ${detail}`;
}
