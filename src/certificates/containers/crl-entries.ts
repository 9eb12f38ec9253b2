import { childrenOf, DerError, type Element, numberOf, oidOf, readElement } from '../asn1/der.ts';
import { timeOf } from '../asn1/times.ts';
import { describeGeneralNames } from '../extensions/names.ts';
import { serialNumberOf } from '../inventory/summary.ts';
import { readExtension } from '../parts.ts';

/** An entry of a revocation list. */
export interface RevokedCertificate {
  readonly serialNumber: string;
  readonly revocationDate: Date;
  readonly reason: string | undefined;
  /** Since when the key may have been in other hands (RFC 5280 section 5.3.2). */
  readonly invalidSince: Date | undefined;
  /** In an indirect CRL the issuer of this certificate, said here or at an entry before. */
  readonly certificateIssuer: string | undefined;
}

/** CRLReason (RFC 5280 section 5.3.1). */
export function reasonOf(element: Element): string {
  const code = numberOf(element);
  return reasons[code] ?? `reason ${code}`;
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

/** The first hundred, and how many there are. */
export function readEntries(revoked: Element | undefined): {
  readonly entries: RevokedCertificate[];
  readonly count: number;
} {
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
  return {
    reason: reason && reasonOf(reason),
    invalidSince: since && timeOf(since),
    certificateIssuer: issuer === undefined ? issuerBefore : describeGeneralNames(issuer),
  };
}

/**
 * The entries of its issuer's certificates with the wanted serial numbers. Of a long list nothing else is decoded; an
 * indirect one has to be read in order, since an entry may name another issuer for those after it.
 * @param indirect issuer of an indirect list
 */
export function findEntries(
  revoked: Element | undefined,
  wanted: ReadonlySet<string>,
  indirect: string | undefined,
): ReadonlyMap<string, RevokedCertificate> {
  const found = new Map<string, RevokedCertificate>();
  let before: string | undefined;
  for (let position = revoked?.content ?? 0; revoked && position < revoked.end; ) {
    const entry = readElement(revoked.bytes, position, revoked.end);
    position = entry.next;
    const serial = serialNumberOf(readElement(entry.bytes, entry.content, entry.end));
    if (indirect === undefined && !wanted.has(serial)) continue;
    const read = readEntry(entry, before);
    before = read.certificateIssuer;
    const isOwn = before === undefined || before === `dirName:${indirect}`;
    if (isOwn && wanted.has(serial) && !found.has(serial)) found.set(serial, read);
  }
  return found;
}
