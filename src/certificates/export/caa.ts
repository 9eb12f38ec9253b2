import type { Certificate } from '../certificate.ts';

/** Issuer domain names for CAA records, by the organisation in the issuer's name; from the CAs' own documents. */
const issuerDomains: readonly (readonly [RegExp, string])[] = [
  [/O=Let's Encrypt/i, 'letsencrypt.org'],
  [/O=Google Trust Services/i, 'pki.goog'],
  [/O=ZeroSSL|O=Sectigo|O=COMODO/i, 'sectigo.com'],
  [/O=DigiCert|O=GeoTrust|O=Thawte/i, 'digicert.com'],
  [/O=Amazon/i, 'amazon.com'],
  [/O=GlobalSign/i, 'globalsign.com'],
  [/O=GoDaddy|O=Starfield/i, 'godaddy.com'],
  [/O=Buypass/i, 'buypass.com'],
  [/O=SSL Corp/i, 'ssl.com'],
  [/O=Entrust/i, 'entrust.net'],
  [/O=Actalis/i, 'actalis.it'],
  [/O=HARICA|O=Hellenic Academic/i, 'harica.gr'],
  [/O=Certum|O=Unizeto|O=Asseco/i, 'certum.pl'],
  [/O=D-Trust/i, 'd-trust.net'],
  [/O=Telekom Security|O=T-Systems|O=Deutsche Telekom/i, 'telesec.de'],
  [/O=SwissSign/i, 'swisssign.com'],
  [/O=Microsoft Corporation/i, 'microsoft.com'],
];

/** What a CAA record names the issuer of a certificate; undefined for CAs that are not known here. */
export function issuerDomainOf({ issuer }: Pick<Certificate, 'issuer'>): string | undefined {
  return issuerDomains.find(([pattern]) => pattern.test(issuer))?.[1];
}
