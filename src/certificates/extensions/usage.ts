import { booleanOf, childrenOf, type Element, expectTag, numberOf, oidOf, setBitsOf, tags } from '../asn1/der.ts';
import { keyPurposeNames } from '../asn1/oids.ts';
import { timeOf, timeText } from '../asn1/times.ts';
import type { CertificateParts } from '../parts.ts';
import { readOr } from './find.ts';

/** RFC 5280 section 4.2.1.3, by bit number. */
const keyUsageBits = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];

const netscapeBits = [
  'SSL client',
  'SSL server',
  'S/MIME',
  'object signing',
  'reserved',
  'SSL CA',
  'S/MIME CA',
  'object signing CA',
];

export function keyUsageOf(parts: CertificateParts): string[] {
  return readOr(parts, '2.5.29.15', readKeyUsage, []);
}

export function extendedKeyUsageOf(parts: CertificateParts): string[] {
  return readOr(parts, '2.5.29.37', readKeyPurposes, []);
}

export function readKeyUsage(value: Element): string[] {
  return setBitsOf(expectTag(value, tags.bitString, 'keyUsage')).map((bit) => keyUsageBits[bit] ?? `bit ${bit}`);
}

export function readKeyPurposes(value: Element): string[] {
  return childrenOf(expectTag(value, tags.sequence, 'extKeyUsage')).map((purpose) => {
    const oid = oidOf(expectTag(purpose, tags.oid, 'A key purpose'));
    return keyPurposeNames[oid] ?? oid;
  });
}

export function describeNetscapeCertType(value: Element): string {
  return setBitsOf(expectTag(value, tags.bitString, 'netscapeCertType'))
    .map((bit) => netscapeBits[bit] ?? `bit ${bit}`)
    .join(', ');
}

/** RFC 5280 section 4.2.1.9. `pathLength` counts the CA certificates that may follow. */
export interface BasicConstraints {
  readonly ca: boolean;
  readonly pathLength: number | undefined;
}

function readBasicConstraints(value: Element): BasicConstraints {
  const fields = childrenOf(expectTag(value, tags.sequence, 'basicConstraints'));
  const flag = fields.find((field) => field.tag === tags.boolean);
  const length = fields.find((field) => field.tag === tags.integer);
  return { ca: flag !== undefined && booleanOf(flag), pathLength: length && numberOf(length) };
}

export function basicConstraintsOf(parts: CertificateParts): BasicConstraints | undefined {
  return readOr<BasicConstraints | undefined>(parts, '2.5.29.19', readBasicConstraints, undefined);
}

export function describeBasicConstraints(value: Element): string {
  const { ca, pathLength } = readBasicConstraints(value);
  if (!ca) return 'Not a certification authority';
  if (pathLength === undefined) return 'Certification authority, any path length';
  return `Certification authority, path length ${pathLength}`;
}

/** RFC 7633: the TLS extensions that a server must answer with; 5 is status_request, known as must-staple. */
export function readTlsFeatures(value: Element): number[] {
  return childrenOf(expectTag(value, tags.sequence, 'tlsFeature')).map(numberOf);
}

export function describeTlsFeatures(value: Element): string {
  return readTlsFeatures(value)
    .map((feature) =>
      feature === 5
        ? 'status_request (must staple)'
        : feature === 17
          ? 'status_request_v2'
          : `TLS extension ${feature}`,
    )
    .join(', ');
}

/** ProxyCertInfo (RFC 3820 section 3.8): how many proxies may follow, and what the proxy may do. */
export function describeProxy(value: Element): string {
  const [first, second] = childrenOf(expectTag(value, tags.sequence, 'proxyCertInfo'));
  const policy = first?.tag === tags.integer ? second : first;
  const [id] = childrenOf(expectTag(policy, tags.sequence, 'The proxy policy'));
  const language = oidOf(expectTag(id, tags.oid, 'The policy language'));
  const rights = proxyPolicies[language] ?? `rights by the policy ${language}`;
  const below = first?.tag === tags.integer ? `, path length ${numberOf(first)}` : '';
  return `Proxy of its issuer, ${rights}${below}`;
}

const proxyPolicies: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.21.0': 'rights by a policy of any language',
  '1.3.6.1.5.5.7.21.1': 'all rights of the issuer',
  '1.3.6.1.5.5.7.21.2': 'no rights of the issuer',
};

export function describeUsagePeriod(value: Element): string {
  return childrenOf(value)
    .map((bound) => {
      const time = timeText(timeOf({ ...bound, tag: tags.generalizedTime }));
      return bound.tag === 0x80 ? `not before ${time}` : `not after ${time}`;
    })
    .join(', ');
}
