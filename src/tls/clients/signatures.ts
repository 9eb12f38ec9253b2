import type { LeafCertificate } from '../offer/certificates.ts';
import { type Schemes, schemesOf } from '../offer/signatures.ts';
import type { ProtocolVersion } from '../protocols.ts';
import type { Client } from './clients.ts';

const curves: Readonly<Record<string, number>> = { 'P-256': 0x0017, 'P-384': 0x0018, 'P-521': 0x0019 };

/**
 * True where a server with this certificate can sign so that the client understands it.
 * @param allowed the schemes that the server's configuration leaves it
 */
export function canSignFor(
  client: Client,
  certificate: LeafCertificate,
  protocol: ProtocolVersion,
  allowed: Schemes,
  level: number,
): boolean {
  const { algorithm, curve = '' } = certificate.publicKey;
  const { signatureAlgorithms, groups } = client;
  const signs = () =>
    schemesOf(certificate, protocol, level).some(
      (scheme) => (signatureAlgorithms?.includes(scheme) ?? true) && (allowed?.includes(scheme) ?? true),
    );
  if (protocol === 'TLSv1.3') return signs();
  // A client that names its curves wants the certificate's among them (RFC 8422 section 5.1).
  if (algorithm === 'EC' && groups !== undefined && !groups.includes(curves[curve] ?? 0)) return false;
  return protocol === 'TLSv1.2' ? signs() : ['RSA', 'EC', 'DSA'].includes(algorithm);
}
