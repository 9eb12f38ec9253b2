import type { Certificate } from '../../../certificates/certificate.ts';
import { hostNamesOf } from '../../../certificates/host-names.ts';

/** What a message calls a certificate: its first host name, else its subject. */
export function nameOf(certificate: Certificate): string {
  return hostNamesOf(certificate)[0] ?? (certificate.subject || `serial number ${certificate.serialNumber}`);
}

const timestamps = '1.3.6.1.4.1.11129.2.4.2';

/** True for a certificate of a public CA: only those carry timestamps of certificate transparency logs (RFC 6962). */
export function isPublic({ extensions }: Certificate): boolean {
  return extensions.some(({ oid }) => oid === timestamps);
}

const tlsFeature = '1.3.6.1.5.5.7.1.24';

/** True where the certificate demands a stapled OCSP response (RFC 7633). */
export function mustStaple({ extensions }: Certificate): boolean {
  return extensions.some(({ oid }) => oid === tlsFeature);
}
