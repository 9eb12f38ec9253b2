import { bytesText, contentOf, type Element, hexOf, readElement } from '../asn1/der.ts';
import { extensionNames } from '../asn1/oids.ts';
import { timeOf, timeText } from '../asn1/times.ts';
import type { Extension } from '../certificate.ts';
import { describeAuthorityKeyIdentifier, readSubjectKeyIdentifier } from './identifiers.ts';
import {
  describeAccessDescriptions,
  describeDistributionPoints,
  describeIssuingDistributionPoint,
} from './locations.ts';
import { describeGeneralNames, describeInteger, describeNameConstraints } from './names.ts';
import { outline } from './outline.ts';
import {
  describeInhibitAnyPolicy,
  describePolicies,
  describePolicyConstraints,
  describePolicyMappings,
  describeQcStatements,
} from './policies.ts';
import { describeTimestamps } from './transparency.ts';
import {
  describeBasicConstraints,
  describeNetscapeCertType,
  describeProxy,
  describeTlsFeatures,
  describeUsagePeriod,
  readKeyPurposes,
  readKeyUsage,
} from './usage.ts';
import { describeKeyPurposes, describeKeyUsage } from './usage-words.ts';
import {
  describeAcmeIdentifier,
  describeAddressBlocks,
  describeHex,
  describeMicrosoftCaVersion,
  describeMicrosoftPolicies,
  describeMicrosoftTemplate,
  describeOrganizationIdentifier,
  describeString,
  describeSystemNumbers,
} from './vendors.ts';

/** Each reader takes the ASN.1 value inside the extension's OCTET STRING; those that are not here get an outline. */
const decoders: Readonly<Record<string, (value: Element) => string>> = {
  subjectKeyIdentifier: readSubjectKeyIdentifier,
  authorityKeyIdentifier: describeAuthorityKeyIdentifier,
  keyUsage: (value) => describeKeyUsage(readKeyUsage(value)),
  extKeyUsage: (value) => describeKeyPurposes(readKeyPurposes(value)),
  privateKeyUsagePeriod: describeUsagePeriod,
  subjectAltName: describeGeneralNames,
  issuerAltName: describeGeneralNames,
  certificateIssuer: describeGeneralNames,
  basicConstraints: describeBasicConstraints,
  nameConstraints: describeNameConstraints,
  cRLDistributionPoints: describeDistributionPoints,
  freshestCRL: describeDistributionPoints,
  issuingDistributionPoint: describeIssuingDistributionPoint,
  cRLNumber: describeInteger,
  deltaCRLIndicator: (value) => `only what changed since CRL number ${describeInteger(value)}`,
  invalidityDate: (value) => timeText(timeOf(value)),
  ocspArchiveCutoff: (value) => timeText(timeOf(value)),
  certificatePolicies: describePolicies,
  policyMappings: describePolicyMappings,
  policyConstraints: describePolicyConstraints,
  inhibitAnyPolicy: describeInhibitAnyPolicy,
  authorityInfoAccess: describeAccessDescriptions,
  subjectInfoAccess: describeAccessDescriptions,
  qcStatements: describeQcStatements,
  proxyCertInfo: describeProxy,
  tlsFeature: describeTlsFeatures,
  acmeIdentifier: describeAcmeIdentifier,
  noRevAvail: () => 'The CA never tells whether it is revoked',
  ocspNoCheck: () => 'The responder’s certificate is not checked for revocation',
  ctPoison: () => 'Precertificate: not valid for TLS',
  signedCertificateTimestampList: describeTimestamps,
  ocspSignedCertificateTimestampList: describeTimestamps,
  ipAddrBlocks: describeAddressBlocks,
  autonomousSysIds: describeSystemNumbers,
  microsoftCertificateTemplateName: describeString,
  microsoftCertificateTemplate: describeMicrosoftTemplate,
  microsoftCaVersion: describeMicrosoftCaVersion,
  microsoftPreviousCaCertificateHash: describeHex,
  microsoftApplicationPolicies: describeMicrosoftPolicies,
  leiIdentifier: describeString,
  leiRole: describeString,
  netscapeCertType: describeNetscapeCertType,
  netscapeBaseUrl: describeString,
  netscapeRevocationUrl: describeString,
  netscapeCaRevocationUrl: describeString,
  netscapeCaPolicyUrl: describeString,
  netscapeSslServerName: describeString,
  netscapeComment: describeString,
  cabfOrganizationIdentifier: describeOrganizationIdentifier,
};

/**
 * Decodes one extension on its own; one that is broken shows its bytes and the reason.
 * @param value the OCTET STRING
 * @param base offset of the certificate in `value.bytes`, so that ranges count from the certificate's start
 */
export function decodeExtension(oid: string, critical: boolean, value: Element, base = 0): Extension {
  const name = extensionNames[oid] ?? oid;
  const content = contentOf(value);
  const common = { oid, name, critical, range: { start: value.content - base, end: value.end - base } };
  const decoder = decoders[name];
  if (decoder === undefined) return { ...common, value: outline(content) };
  try {
    const inner = readElement(value.bytes, value.content, value.end);
    const text = decoder(inner);
    return inner.next === value.end
      ? { ...common, value: text }
      : { ...common, value: text, error: `${bytesText(value.end - inner.next)} too many after the value` };
  } catch (error) {
    return { ...common, value: hexOf(content), error: error instanceof Error ? error.message : String(error) };
  }
}
