import { findGroupAnywhere } from '../named-groups.ts';
import type { LeafCertificate } from '../offer/certificates.ts';
import { type Schemes, type SignatureContext, schemesOf } from '../offer/signatures.ts';
import type { ProtocolVersion } from '../protocols.ts';
import type { Client } from './clients.ts';

/** What a client of TLS 1.2 takes that names no schemes (RFC 5246 section 7.4.1.4.1): SHA-1 with each kind of key. */
const unnamed: readonly number[] = [0x0201, 0x0202, 0x0203];

/** True where a server with this certificate can sign so that the client understands it. */
export function canSignFor(
  client: Client,
  certificate: LeafCertificate,
  protocol: ProtocolVersion,
  server: SignatureContext & { readonly signatures: Schemes },
): boolean {
  if (protocol !== 'TLSv1.3' && !takesCurve(client, certificate)) return false;
  if (protocol !== 'TLSv1.3' && protocol !== 'TLSv1.2') {
    return ['RSA', 'EC', 'DSA'].includes(certificate.publicKey.algorithm);
  }
  const { signatures } = server;
  const taken = client.signatureAlgorithms ?? unnamed;
  return schemesOf(certificate, protocol, server).some(
    (scheme) => taken.includes(scheme) && (signatures?.includes(scheme) ?? true),
  );
}

/** A client that names its curves wants the certificate's among them (RFC 8422 section 5.1), in TLS 1.2 and older. */
export function takesCurve({ groups }: Client, { publicKey: { algorithm, curve = '' } }: LeafCertificate): boolean {
  return algorithm !== 'EC' || groups === undefined || groups.includes(findGroupAnywhere(curve)?.id ?? 0);
}
