/** What the bits of a key usage allow, in plain words (RFC 5280 section 4.2.1.3). */
const keyUsageWords: Readonly<Record<string, string>> = {
  digitalSignature: 'signatures',
  nonRepudiation: 'signatures that bind the signer',
  keyEncipherment: 'encrypting keys',
  dataEncipherment: 'encrypting data',
  keyAgreement: 'key agreement',
  keyCertSign: 'signing certificates',
  cRLSign: 'signing revocation lists',
  encipherOnly: 'only encrypting after key agreement',
  decipherOnly: 'only decrypting after key agreement',
};

/** What an extended key usage allows (RFC 5280 section 4.2.1.12 and the registries of its purposes). */
const purposeWords: Readonly<Record<string, string>> = {
  serverAuth: 'TLS servers',
  clientAuth: 'TLS clients',
  codeSigning: 'signing programs',
  emailProtection: 'mail',
  timeStamping: 'signing time stamps',
  OCSPSigning: 'signing OCSP responses',
  ipsecIKE: 'IPsec',
  sshClient: 'SSH clients',
  sshServer: 'SSH servers',
  documentSigning: 'signing documents',
  microsoftSmartcardLogin: 'logging in by smart card',
  microsoftRemoteDesktop: 'remote desktop',
  pkInitClientAuth: 'logging in by Kerberos',
  pkInitKDC: 'Kerberos servers',
  precertificateSigning: 'signing precertificates',
  anyExtendedKeyUsage: 'any purpose',
};

/** `signing certificates (keyCertSign)`, each use by its plain words and its name. */
export function describeKeyUsage(names: readonly string[]): string {
  return names.map((name) => inWords(name, keyUsageWords)).join('; ') || 'nothing';
}

/** `TLS servers (serverAuth)`; a purpose without words of its own by its name or object identifier. */
export function describeKeyPurposes(names: readonly string[]): string {
  return names.map((name) => inWords(name, purposeWords)).join('; ');
}

function inWords(name: string, words: Readonly<Record<string, string>>): string {
  return Object.hasOwn(words, name) ? `${words[name]} (${name})` : name;
}
