import type { Certificate } from '../certificate.ts';
import { findExtension, readOr } from '../extensions/find.ts';
import { readPolicies } from '../extensions/policies.ts';
import { timestampsOid } from '../extensions/transparency.ts';
import { hostNamesOf } from '../host-names.ts';
import type { CertificateParts } from '../parts.ts';
import { internalNameFault } from './internal-names.ts';

/** Whose rules a certificate has to follow: what is a fault in a public one may be the right choice in a private one. */
export type Classification = 'public' | 'private' | 'self-signed' | 'development';

/** @param publiclyTrusted whether a path of the certificate ends in a root of a public store, where that is known */
export function classify(certificate: Certificate, parts: CertificateParts, publiclyTrusted: boolean): Classification {
  if (publiclyTrusted || findExtension(parts, timestampsOid) !== undefined) return 'public';
  if (isForDevelopment(certificate)) return 'development';
  if (certificate.selfIssued) return 'self-signed';
  const policies = readOr(parts, '2.5.29.32', readPolicies, []);
  const claimsPublic = policies.some((policy) => policy.oid.startsWith('2.23.140.1.'));
  // Private CAs copy the policies of public ones; names that those may not certify give them away.
  return claimsPublic && !hostNamesOf(certificate).some((name) => internalNameFault(name) !== undefined)
    ? 'public'
    : 'private';
}

const developmentIssuer =
  /mkcert|snakeoil|development|\bdev\b|localhost|local ca\b|minica|caddy local|internet widgits/i;
/** Not .local and .internal: companies run on them. */
const developmentName = /(?:^|\.)(?:localhost|test|example|invalid|localdomain)\.?$/i;

/** Made by a tool for developers, or only for names that mean no machine but one’s own, or none (RFC 6761). */
function isForDevelopment({ issuer, subjectAltNames }: Certificate): boolean {
  if (developmentIssuer.test(issuer)) return true;
  const hosts = subjectAltNames.filter((name) => name.startsWith('DNS:') || name.startsWith('IP:'));
  return hosts.length > 0 && hosts.every(isLocalName);
}

function isLocalName(name: string): boolean {
  return name.startsWith('IP:') ? /^IP:(?:127\.|::1$)/.test(name) : developmentName.test(name.slice(4));
}
