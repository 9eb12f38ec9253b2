import type { LeafCertificate } from '../offer/certificates.ts';
import type { ProtocolVersion } from '../protocols.ts';
import type { Client } from './clients.ts';

/** Schemes of RFC 8446 section 4.2.3 and of RFC 5246 section 7.4.1.4.1 by the key that signs. */
const schemes: Readonly<Record<string, readonly number[]>> = {
  RSA: [0x0804, 0x0805, 0x0806],
  'RSA-PSS': [0x0809, 0x080a, 0x080b],
  Ed25519: [0x0807],
  Ed448: [0x0808],
};

/** In TLS 1.3 a scheme names its curve too. */
const schemesOfCurves: Readonly<Record<string, number>> = { 'P-256': 0x0403, 'P-384': 0x0503, 'P-521': 0x0603 };

/** Up to TLS 1.2 a hash and a kind of key; SHA-224 and stronger, as every client of that version has one of. */
const olderRsa = [0x0301, 0x0401, 0x0501, 0x0601];
const olderEcdsa = [0x0303, 0x0403, 0x0503, 0x0603];

const curves: Readonly<Record<string, number>> = { 'P-256': 0x0017, 'P-384': 0x0018, 'P-521': 0x0019 };

/** True where a server with this certificate can sign so that the client understands it. */
export function canSignFor(client: Client, { publicKey }: LeafCertificate, protocol: ProtocolVersion): boolean {
  const { algorithm, curve = '' } = publicKey;
  const { signatureAlgorithms, groups } = client;
  const takes = (list: readonly number[]) =>
    signatureAlgorithms === undefined || list.some((scheme) => signatureAlgorithms.includes(scheme));
  if (protocol === 'TLSv1.3') {
    return takes(algorithm === 'EC' ? [schemesOfCurves[curve] ?? 0] : (schemes[algorithm] ?? []));
  }
  // A client that names its curves wants the certificate's among them (RFC 8422 section 5.1).
  if (algorithm === 'EC' && groups !== undefined && !groups.includes(curves[curve] ?? 0)) return false;
  if (protocol !== 'TLSv1.2') return ['RSA', 'EC', 'DSA'].includes(algorithm);
  if (algorithm === 'RSA') return takes([...olderRsa, ...(schemes['RSA'] ?? [])]);
  return algorithm === 'EC' ? takes(olderEcdsa) : takes(schemes[algorithm] ?? []);
}
