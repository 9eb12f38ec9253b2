import type { Crypto } from '../host/host.ts';
import { childrenOf, DerError, encodingOf, hexOf, oidOf } from './asn1/der.ts';
import { timeOf } from './asn1/times.ts';
import type { Certificate, Extension } from './certificate.ts';
import { decodeExtension } from './extensions/decode-extension.ts';
import { keyIdentifiersOf } from './extensions/identifiers.ts';
import { locationsOf } from './extensions/locations.ts';
import { extendedKeyUsageOf, keyUsageOf } from './extensions/usage.ts';
import { summarize } from './inventory/summary.ts';
import { type CertificateParts, readExtension, readParts } from './parts.ts';
import { base64Of } from './pem/base64.ts';
import { signatureAlgorithmOf } from './signature-algorithm.ts';

/** Why bytes are no certificate: a sentence that names the place. */
export interface Undecodable {
  readonly reason: string;
  /** Offset in the bytes at which reading ended. */
  readonly offset: number;
}

/** Decodes a certificate from DER (or BER). Never throws: a broken field or extension costs only itself. */
export function decodeCertificate(der: Uint8Array, crypto: Crypto): Certificate | Undecodable {
  try {
    return decodeParts(readParts(der), crypto);
  } catch (error) {
    return undecodable(error);
  }
}

export function undecodable(error: unknown): Undecodable {
  const offset = error instanceof DerError ? error.offset : 0;
  return { reason: `${error instanceof Error ? error.message : String(error)} (byte ${offset}).`, offset };
}

export function isUndecodable(value: object): value is Undecodable {
  return 'reason' in value && 'offset' in value;
}

function decodeParts(parts: CertificateParts, crypto: Crypto): Certificate {
  const der = encodingOf(parts.whole);
  const problems: string[] = [];
  const extensions = decodeExtensions(parts, problems);
  for (const [what, time] of [
    ['notBefore', parts.notBefore],
    ['notAfter', parts.notAfter],
  ] as const) {
    try {
      timeOf(time);
    } catch (error) {
      problems.push(`${what} cannot be read: ${undecodable(error).reason}`);
    }
  }
  for (const extension of extensions) {
    if (extension.error !== undefined) problems.push(`${extension.name} cannot be decoded: ${extension.error}`);
  }
  return {
    ...summarize(der, crypto),
    version: parts.version,
    signatureAlgorithm: signatureAlgorithmOf(parts.signatureAlgorithm),
    keyUsage: keyUsageOf(parts),
    extendedKeyUsage: extendedKeyUsageOf(parts),
    extensions,
    sha1: hexOf(crypto.digest('sha1', der)),
    spkiPin: base64Of(crypto.digest('sha256', encodingOf(parts.publicKey))),
    ...keyIdentifiersOf(parts),
    ...locationsOf(parts),
    problems,
    der,
  };
}

function decodeExtensions(parts: CertificateParts, problems: string[]): Extension[] {
  if (parts.extensions === undefined) return [];
  const decoded: Extension[] = [];
  try {
    for (const element of childrenOf(parts.extensions)) {
      try {
        const { oid, critical, value } = readExtension(element);
        decoded.push(decodeExtension(oidOf(oid), critical, value, parts.whole.start));
      } catch (error) {
        problems.push(`An extension cannot be read: ${undecodable(error).reason}`);
      }
    }
  } catch (error) {
    problems.push(`The list of extensions breaks off: ${undecodable(error).reason}`);
  }
  return decoded;
}
