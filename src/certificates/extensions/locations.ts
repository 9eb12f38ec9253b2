import { booleanOf, childrenOf, type Element, expectTag, oidOf, readElement, setBitsOf, tags } from '../asn1/der.ts';
import { type GeneralName, generalNameOf, generalNamesOf, writeGeneralName } from '../asn1/general-names.ts';
import { nameOf } from '../asn1/names.ts';
import type { CertificateParts } from '../parts.ts';
import { readOr } from './find.ts';

const accessMethods: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.48.1': 'OCSP',
  '1.3.6.1.5.5.7.48.2': 'CA issuers',
  '1.3.6.1.5.5.7.48.3': 'time stamping',
  '1.3.6.1.5.5.7.48.5': 'CA repository',
  '1.3.6.1.5.5.7.48.10': 'RPKI manifest',
  '1.3.6.1.5.5.7.48.11': 'signed object',
  '1.3.6.1.5.5.7.48.13': 'RPKI notify',
};

export interface AccessDescription {
  readonly method: string;
  readonly location: GeneralName;
}

/** RFC 5280 section 4.2.2.1 and 4.2.2.2. */
function readAccessDescriptions(value: Element): AccessDescription[] {
  return childrenOf(expectTag(value, tags.sequence, 'The access information')).map((description) => {
    const method = readElement(description.bytes, description.content, description.end);
    const location = generalNameOf(readElement(description.bytes, method.next, description.end));
    const oid = oidOf(method);
    return { method: accessMethods[oid] ?? oid, location };
  });
}

export function describeAccessDescriptions(value: Element): string {
  return readAccessDescriptions(value)
    .map(({ method, location }) => `${method} ${writeGeneralName(location)}`)
    .join(', ');
}

/** RFC 5280 section 4.2.1.13: `[0]` name, `[1]` reasons, `[2]` issuer of the CRL. */
export interface DistributionPoint {
  readonly names: readonly GeneralName[];
  readonly relativeName: string | undefined;
  readonly reasons: readonly string[];
  readonly issuer: readonly GeneralName[];
}

const reasons = [
  'unused',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
  'aACompromise',
];

function readDistributionPoints(value: Element): DistributionPoint[] {
  return childrenOf(expectTag(value, tags.sequence, 'The distribution points')).map(readDistributionPoint);
}

function readDistributionPoint(point: Element): DistributionPoint {
  const fields = childrenOf(point);
  const reasonFlags = fields.find((field) => field.tag === 0x81);
  const issuer = fields.find((field) => field.tag === 0xa2);
  return {
    ...readPointName(fields.find((field) => field.tag === 0xa0)),
    reasons: reasonFlags === undefined ? [] : readReasons(reasonFlags),
    issuer: issuer === undefined ? [] : generalNamesOf(issuer),
  };
}

function readPointName(field: Element | undefined): Pick<DistributionPoint, 'names' | 'relativeName'> {
  if (field === undefined || field.content === field.end) return { names: [], relativeName: undefined };
  const name = readElement(field.bytes, field.content, field.end);
  if (name.tag === 0xa0) return { names: generalNamesOf(name), relativeName: undefined };
  return { names: [], relativeName: nameOf({ ...field, content: name.start, end: name.next }) };
}

function readReasons(flags: Element): string[] {
  return setBitsOf(flags).map((bit) => reasons[bit] ?? `reason ${bit}`);
}

export function describeDistributionPoints(value: Element): string {
  return readDistributionPoints(value)
    .map((point) => {
      const parts = point.names.map(writeGeneralName);
      if (point.relativeName !== undefined) parts.push(`relative name ${point.relativeName}`);
      if (point.reasons.length > 0) parts.push(`for ${point.reasons.join(', ')}`);
      if (point.issuer.length > 0) parts.push(`issued by ${point.issuer.map(writeGeneralName).join(', ')}`);
      return parts.join(' ') || 'empty';
    })
    .join('; ');
}

/** RFC 5280 section 5.2.5, in CRLs. */
export function describeIssuingDistributionPoint(value: Element): string {
  const parts: string[] = [];
  for (const field of childrenOf(value)) {
    if (field.tag === 0xa0) {
      const { names, relativeName } = readPointName(field);
      parts.push(...names.map(writeGeneralName), ...(relativeName === undefined ? [] : [relativeName]));
    } else if (field.tag === 0x83) parts.push(`only ${readReasons(field).join(', ')}`);
    else if (booleanOf(field)) parts.push(scopes[field.tag] ?? `[${field.tag & 0x1f}]`);
  }
  return parts.join(', ') || 'empty';
}

const scopes: Readonly<Record<number, string>> = {
  129: 'only end entity certificates',
  130: 'only CA certificates',
  132: 'indirect CRL',
  133: 'only attribute certificates',
};

/** The URLs that a client may fetch, by what they give. */
export function locationsOf(parts: CertificateParts): {
  readonly ocspUrls: string[];
  readonly caIssuersUrls: string[];
  readonly crlUrls: string[];
} {
  const access = readOr(parts, '1.3.6.1.5.5.7.1.1', readAccessDescriptions, []);
  const points = readOr(parts, '2.5.29.31', readDistributionPoints, []);
  const urls = (method: string) =>
    access
      .filter((description) => description.method === method && description.location.type === 'URI')
      .map((description) => description.location.value);
  return {
    ocspUrls: urls('OCSP'),
    caIssuersUrls: urls('CA issuers'),
    crlUrls: points.flatMap((point) => point.names.filter((name) => name.type === 'URI').map((name) => name.value)),
  };
}
