import { getCiphers } from 'node:tls';
import type { EndpointView } from '../../analysis/endpoints/endpoint-view.ts';
import { authenticationKinds, type LeafCertificate } from '../../tls/offer/certificates.ts';
import { allowedSchemes, certificatesThatSign } from '../../tls/offer/signatures.ts';
import type { CipherSuite } from '../../tls/suites/cipher-suites.ts';

/** The versions that this program itself can offer, newest first. */
export const dialledProtocols = ['TLSv1.3', 'TLSv1.2', 'TLSv1.1', 'TLSv1'] as const;
export type DialledProtocol = (typeof dialledProtocols)[number];

/** TLS 1.3 suites and groups that every build of this program offers. */
const ownNewSuites: ReadonlySet<string> = new Set([
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
]);
const ownGroups: ReadonlySet<string> = new Set(['x25519', 'secp256r1', 'secp384r1']);
/** Kinds of key, with their curves, whose signatures every build takes. */
const ownKeys: ReadonlySet<string> = new Set(['RSA', 'EC P-256', 'EC P-384']);

/** By keys of those kinds every release signs in the same ways. */
const anyOpenssl = '1.1.1';

/**
 * True where a handshake of this program surely finds something in common with what the endpoint offers of a version: that a
 * server refuses it then says something about the server.
 */
export function couldSpeak(
  version: DialledProtocol,
  {
    endpoint,
    offer,
    leaves,
    certificatesUnknown,
  }: Pick<EndpointView, 'endpoint' | 'offer' | 'leaves' | 'certificatesUnknown'>,
): boolean {
  if (offer === undefined || certificatesUnknown !== undefined) return false;
  if (allowedSchemes(endpoint.tls).kind === 'unknown') return false;
  const signing = certificatesThatSign(leaves, endpoint.tls, version, {
    openssl: anyOpenssl,
    securityLevel: offer.securityLevel,
  });
  const { groups, cipherSuites, tls13CipherSuites } = offer;
  const suites = version === 'TLSv1.3' ? tls13CipherSuites : cipherSuites;
  if (groups.kind !== 'known' || suites.kind !== 'known') return false;
  const isOwn =
    version === 'TLSv1.3' ? ({ name }: CipherSuite) => ownNewSuites.has(name) : isOwnSuite(version, signing);
  return (
    signing.length > 0 &&
    suites.value.some(isOwn) &&
    leaves.every(({ publicKey: { algorithm, curve = '' } }) => ownKeys.has(`${algorithm} ${curve}`.trim())) &&
    groups.value.some(({ name }) => ownGroups.has(name.toLowerCase()))
  );
}

function isOwnSuite(version: DialledProtocol, leaves: readonly LeafCertificate[]): (suite: CipherSuite) => boolean {
  const own = new Set(getCiphers());
  const kinds = authenticationKinds(leaves);
  return ({ name, protocol, authentication, keyExchange }) =>
    own.has(name.toLowerCase()) &&
    (protocol !== 'TLSv1.2' || version === 'TLSv1.2') &&
    !keyExchange.includes('PSK') &&
    kinds.has(authentication);
}
