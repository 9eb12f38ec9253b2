/** The RFC's names of extensions, as people say them. */
const extensionNames: Readonly<Record<string, string>> = {
  subjectAltName: 'Subject alternative names',
  issuerAltName: 'Issuer alternative names',
  keyUsage: 'Key usage',
  extKeyUsage: 'Extended key usage',
  basicConstraints: 'Basic constraints',
  nameConstraints: 'Name constraints',
  policyConstraints: 'Policy constraints',
  policyMappings: 'Policy mappings',
  inhibitAnyPolicy: 'Inhibit any policy',
  certificatePolicies: 'Certificate policies',
  subjectKeyIdentifier: 'Subject key identifier',
  authorityKeyIdentifier: 'Authority key identifier',
  authorityInfoAccess: 'Authority information access',
  subjectInfoAccess: 'Subject information access',
  cRLDistributionPoints: 'CRL distribution points',
  freshestCRL: 'Freshest CRL',
  tlsFeature: 'TLS feature',
  cRLNumber: 'CRL number',
  deltaCRLIndicator: 'Delta CRL',
  issuingDistributionPoint: 'Issuing distribution point',
};

/** `Subject alternative names`; a name that is not known here is shown as it stands. */
export function extensionTitle(name: string): string {
  return extensionNames[name] ?? name;
}
