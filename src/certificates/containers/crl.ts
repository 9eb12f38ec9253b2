import { childrenOf, DerError, type Element, encodingOf, expectTag, oidOf, readElement, tags } from '../asn1/der.ts';
import { nameOf } from '../asn1/names.ts';
import { timeOf } from '../asn1/times.ts';
import type { Extension } from '../certificate.ts';
import { decodeExtension } from '../extensions/decode-extension.ts';
import { readExtension } from '../parts.ts';
import { signatureAlgorithmOf } from '../signature-algorithm.ts';
import { type RevokedCertificate, readEntries } from './crl-entries.ts';

/** A certificate revocation list (RFC 5280 section 5). */
export interface RevocationList {
  readonly issuer: string;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  readonly signatureAlgorithm: string;
  readonly revokedCount: number;
  /** The first hundred; `revokedCount` counts all. */
  readonly revoked: readonly RevokedCertificate[];
  readonly extensions: readonly Extension[];
  readonly der: Uint8Array;
}

/** The fields of a CRL as elements, not yet decoded (RFC 5280 section 5.1). */
export interface ListParts {
  readonly whole: Element;
  readonly tbs: Element;
  readonly issuer: Element;
  readonly thisUpdate: Element;
  readonly nextUpdate: Element | undefined;
  /** The SEQUENCE of what is revoked. */
  readonly revoked: Element | undefined;
  /** The SEQUENCE of extensions. */
  readonly extensions: Element | undefined;
  readonly signatureAlgorithm: Element;
}

/** @throws DerError where the bytes are no CRL */
export function readListParts(der: Uint8Array): ListParts {
  const whole = expectTag(readElement(der), tags.sequence, 'The CRL');
  const tbs = expectTag(readElement(der, whole.content, whole.end), tags.sequence, 'The signed part');
  const algorithm = expectTag(readElement(der, tbs.next, whole.end), tags.sequence, 'The signature algorithm');
  const fields = childrenOf(tbs);
  if (fields[0]?.tag === tags.integer) fields.shift();
  const [, issuer, thisUpdate, ...rest] = fields;
  const nextUpdate = isTime(rest[0]) ? rest.shift() : undefined;
  const revoked = rest[0]?.tag === tags.sequence ? rest.shift() : undefined;
  const extensions = rest.find((field) => field.tag === 0xa0);
  if (thisUpdate === undefined || !isTime(thisUpdate)) throw new DerError('The CRL has no date', tbs.start);
  return {
    whole,
    tbs,
    issuer: expectTag(issuer, tags.sequence, 'The issuer'),
    thisUpdate,
    nextUpdate,
    revoked,
    extensions: extensions && readElement(der, extensions.content, extensions.end),
    signatureAlgorithm: algorithm,
  };
}

/** @throws DerError where the bytes are no CRL */
export function readRevocationList(der: Uint8Array): RevocationList {
  const { whole, issuer, thisUpdate, nextUpdate, revoked, extensions, signatureAlgorithm } = readListParts(der);
  const { entries, count } = readEntries(revoked);
  return {
    issuer: nameOf(issuer),
    thisUpdate: timeOf(thisUpdate),
    nextUpdate: nextUpdate && timeOf(nextUpdate),
    signatureAlgorithm: signatureAlgorithmOf(signatureAlgorithm),
    revokedCount: count,
    revoked: entries,
    extensions: extensions === undefined ? [] : readExtensions(extensions),
    der: encodingOf(whole),
  };
}

function isTime(element: Element | undefined): boolean {
  return element?.tag === tags.utcTime || element?.tag === tags.generalizedTime;
}

function readExtensions(extensions: Element): Extension[] {
  return childrenOf(extensions).map((element) => {
    const { oid, critical, value } = readExtension(element);
    return decodeExtension(oidOf(oid), critical, value);
  });
}
