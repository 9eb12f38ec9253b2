import {
  childrenOf,
  DerError,
  type Element,
  encodingOf,
  expectTag,
  numberOf,
  oidOf,
  readElement,
  tags,
} from '../asn1/der.ts';
import { nameOf } from '../asn1/names.ts';
import { timeOf } from '../asn1/times.ts';
import type { Extension } from '../certificate.ts';
import { decodeExtension } from '../extensions/decode-extension.ts';
import { describeGeneralNames } from '../extensions/names.ts';
import { serialNumberOf } from '../inventory/summary.ts';
import { readExtension } from '../parts.ts';
import { signatureAlgorithmOf } from '../signature-algorithm.ts';

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

export interface RevokedCertificate {
  readonly serialNumber: string;
  readonly revocationDate: Date;
  readonly reason: string | undefined;
  /** Since when the key may have been in other hands (RFC 5280 section 5.3.2). */
  readonly invalidSince: Date | undefined;
  /** In an indirect CRL the issuer of this certificate, said here or at an entry before. */
  readonly certificateIssuer: string | undefined;
}

const reasons = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'unused',
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise',
];

/** @throws DerError where the bytes are no CRL */
export function readRevocationList(der: Uint8Array): RevocationList {
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
  const { entries, count } = readEntries(revoked);
  return {
    issuer: nameOf(expectTag(issuer, tags.sequence, 'The issuer')),
    thisUpdate: timeOf(thisUpdate),
    nextUpdate: nextUpdate && timeOf(nextUpdate),
    signatureAlgorithm: signatureAlgorithmOf(algorithm),
    revokedCount: count,
    revoked: entries,
    extensions: extensions === undefined ? [] : readExtensions(extensions),
    der: encodingOf(whole),
  };
}

function isTime(element: Element | undefined): boolean {
  return element?.tag === tags.utcTime || element?.tag === tags.generalizedTime;
}

function readEntries(revoked: Element | undefined): { readonly entries: RevokedCertificate[]; readonly count: number } {
  const entries: RevokedCertificate[] = [];
  let count = 0;
  for (let position = revoked?.content ?? 0; revoked && position < revoked.end; count++) {
    const entry = readElement(revoked.bytes, position, revoked.end);
    position = entry.next;
    if (count < 100) entries.push(readEntry(entry, entries.at(-1)?.certificateIssuer));
  }
  return { entries, count };
}

function readEntry(entry: Element, issuerBefore: string | undefined): RevokedCertificate {
  const [serial, date, extensions] = childrenOf(entry);
  if (serial === undefined || date === undefined) throw new DerError('An entry of the CRL is not whole', entry.start);
  return {
    serialNumber: serialNumberOf(serial),
    revocationDate: timeOf(date),
    ...readEntryExtensions(extensions, issuerBefore),
  };
}

function readEntryExtensions(extensions: Element | undefined, issuerBefore: string | undefined) {
  const find = (wanted: string): Element | undefined => {
    for (const element of extensions === undefined ? [] : childrenOf(extensions)) {
      const { oid, value } = readExtension(element);
      if (oidOf(oid) === wanted) return readElement(value.bytes, value.content, value.end);
    }
    return undefined;
  };
  const reason = find('2.5.29.21');
  const since = find('2.5.29.24');
  const issuer = find('2.5.29.29');
  const code = reason && numberOf(reason);
  return {
    reason: code === undefined ? undefined : (reasons[code] ?? `reason ${code}`),
    invalidSince: since && timeOf(since),
    certificateIssuer: issuer === undefined ? issuerBefore : describeGeneralNames(issuer),
  };
}

function readExtensions(wrapper: Element): Extension[] {
  return childrenOf(readElement(wrapper.bytes, wrapper.content, wrapper.end)).map((element) => {
    const { oid, critical, value } = readExtension(element);
    return decodeExtension(oidOf(oid), critical, value);
  });
}
