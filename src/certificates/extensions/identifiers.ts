import { childrenOf, contentOf, type Element, expectTag, hexOf, octetsOf, tags } from '../asn1/der.ts';
import { generalNamesOf, writeGeneralName } from '../asn1/general-names.ts';
import type { CertificateParts } from '../parts.ts';
import { readOr } from './find.ts';

/** In lower case hex; undefined where the extension is absent or broken. */
export function keyIdentifiersOf(parts: Pick<CertificateParts, 'extensions'>): {
  readonly subjectKeyIdentifier: string | undefined;
  readonly authorityKeyIdentifier: string | undefined;
} {
  return {
    subjectKeyIdentifier: readOr<string | undefined>(parts, '2.5.29.14', readSubjectKeyIdentifier, undefined),
    authorityKeyIdentifier: readOr(
      parts,
      '2.5.29.35',
      (value) => readAuthorityKeyIdentifier(value).keyIdentifier,
      undefined,
    ),
  };
}

export function readSubjectKeyIdentifier(value: Element): string {
  return hexOf(octetsOf(expectTag(value, tags.octetString, 'subjectKeyIdentifier')));
}

/** RFC 5280 section 4.2.1.1; `serialNumber` is upper case hex, as the other serial numbers. */
export interface AuthorityKeyIdentifier {
  readonly keyIdentifier: string | undefined;
  readonly issuer: readonly string[];
  readonly serialNumber: string | undefined;
}

function readAuthorityKeyIdentifier(value: Element): AuthorityKeyIdentifier {
  const fields = childrenOf(expectTag(value, tags.sequence, 'authorityKeyIdentifier'));
  const key = fields.find((field) => field.tag === 0x80);
  const issuer = fields.find((field) => field.tag === 0xa1);
  const serial = fields.find((field) => field.tag === 0x82);
  return {
    keyIdentifier: key && hexOf(contentOf(key)),
    issuer: issuer === undefined ? [] : generalNamesOf(issuer).map(writeGeneralName),
    serialNumber:
      serial &&
      hexOf(contentOf(serial))
        .toUpperCase()
        .replace(/^00(?=.)/, ''),
  };
}

export function describeAuthorityKeyIdentifier(value: Element): string {
  const { keyIdentifier, issuer, serialNumber } = readAuthorityKeyIdentifier(value);
  const parts: string[] = [];
  if (keyIdentifier !== undefined) parts.push(keyIdentifier);
  if (issuer.length > 0) parts.push(`issuer ${issuer.join(', ')}`);
  if (serialNumber !== undefined) parts.push(`serial number ${serialNumber}`);
  return parts.join('; ') || 'empty';
}
