import type { Certificate, CertificateSummary } from './certificate.ts';
import type { ContainerObject } from './containers/content.ts';
import { hostNamesOf } from './host-names.ts';

/** What people call the objects that a file may hold. */
export const kindTitles: Readonly<Record<ContainerObject['kind'], string>> = {
  certificate: 'Certificate',
  privateKey: 'Private key',
  publicKey: 'Public key',
  request: 'Certificate request',
  crl: 'Revocation list',
  ocspResponse: 'OCSP response',
  dhParameters: 'Diffie-Hellman parameters',
  ecParameters: 'Elliptic curve parameters',
  unreadable: 'Unreadable',
};

/**
 * OpenSSL makes a CA of each certificate that it lets sign itself, and says nothing of its usage; one with names of hosts is for
 * these. kubeadm's CA has such a name too, and says that it signs others; a summary does not know whether it does.
 */
export function isAuthority(certificate: Certificate | CertificateSummary): boolean {
  const { isCa, keyUsage = ['keyCertSign'] } = certificate as Partial<Certificate>;
  return isCa === true && (keyUsage.includes('keyCertSign') || hostNamesOf(certificate).length === 0);
}

/**
 * Whether people call it by its hosts. Of what signs itself, a summary does not know whether it signs others too; CAs that
 * name hosts besides are called by one of them mostly.
 */
export function isForHosts(certificate: Certificate | CertificateSummary): boolean {
  const { isCa, selfIssued, keyUsage = [] } = certificate as CertificateSummary & Partial<Certificate>;
  return !isCa || (selfIssued && hostNamesOf(certificate).length > 0 && !keyUsage.includes('keyCertSign'));
}

/** What should be a certificate and is none: servers refuse the file for it. An attribute certificate is another thing (RFC 5755). */
export function isDamagedCertificate({ kind, label }: { readonly kind?: unknown; readonly label?: unknown }): boolean {
  return kind === 'unreadable' && /^(?:X509 |TRUSTED )?CERTIFICATE$/.test(String(label));
}
