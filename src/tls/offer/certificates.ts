import { atLeastVersion, type Version } from '../../text/version.ts';
import type { ServerModel, TlsSettings } from '../model/server-model.ts';
import { known, type Value } from '../model/setting.ts';
import { isRsaAllowedAtLevel, smallestCurveBits, smallestRsaBits } from '../security-level.ts';
import type { CipherSuite } from '../suites/cipher-suites.ts';
import type { Target } from '../target.ts';
import { hasDhParameters } from './dh-parameters.ts';

/** What handshakes need to know of a leaf certificate. */
export interface LeafCertificate {
  readonly publicKey: { readonly algorithm: string; readonly bits?: number; readonly curve?: string };
  /** Empty where the certificate has no such extension, which allows everything (RFC 5280 section 4.2.1.3). */
  readonly keyUsage: readonly string[];
}

/** Leaves out the suites that the certificates cannot authenticate, and those that want parameters that are not there. */
export function narrowSuites(
  suites: readonly CipherSuite[],
  tls: TlsSettings,
  server: ServerModel['server'],
  target: Target,
  certificates: readonly LeafCertificate[] | string,
): Value<readonly CipherSuite[]> {
  const kinds = typeof certificates === 'string' ? commonKinds : authenticationKinds(certificates);
  // A certificate that is for RSA-PSS signatures alone cannot decrypt, which static RSA wants.
  const decrypts =
    typeof certificates === 'string' || certificates.some(({ publicKey }) => publicKey.algorithm === 'RSA');
  const finiteField = hasDhParameters(tls, server, target);
  const usable = suites.filter(
    ({ keyExchange, authentication }) =>
      (authentication === 'None' || kinds.has(authentication)) &&
      (keyExchange !== 'RSA' || decrypts) &&
      (keyExchange !== 'DH' || finiteField !== false),
  );
  if (typeof certificates === 'string' && usable.length > 0) {
    return {
      kind: 'partial',
      value: usable,
      reason: `${certificates}; suites of every kind of certificate are listed`,
    };
  }
  if (finiteField === undefined && usable.some(({ keyExchange }) => keyExchange === 'DH')) {
    return { kind: 'partial', value: usable, reason: 'whether DH parameters are set is not known' };
  }
  return known(usable);
}

/** The certificates that a level lets a server send; with a smaller key the handshake breaks off. */
export function certificatesAtLevel<T extends readonly LeafCertificate[] | string>(
  certificates: T,
  level: number,
  openssl: Version,
) {
  if (typeof certificates === 'string') return certificates;
  return certificates.filter(({ publicKey }) => {
    const { algorithm, bits = Number.POSITIVE_INFINITY } = publicKey;
    if (algorithm.startsWith('RSA')) return isRsaAllowedAtLevel(bits, level, openssl);
    if (algorithm === 'DSA') return bits >= smallestRsaBits(level);
    return strengthOf(publicKey) >= smallestCurveBits(level) / 2;
  });
}

/** True for keys whose size counts in bits of a modulus: RSA, and DSA too. */
export function isOfFactors({ algorithm }: LeafCertificate['publicKey']): boolean {
  return algorithm.startsWith('RSA') || algorithm === 'DSA';
}

/** Bits of security (EVP_PKEY_get_security_bits(3)) of keys that have no modulus. */
function strengthOf({ algorithm, bits, curve }: LeafCertificate['publicKey']): number {
  if (algorithm === 'EC') return (bits ?? Number(/\d{3}/.exec(curve ?? '')?.[0] ?? 256)) / 2;
  return strengths[algorithm] ?? Number.POSITIVE_INFINITY;
}

const strengths: Readonly<Record<string, number>> = {
  Ed25519: 128,
  Ed448: 224,
  'ML-DSA-44': 128,
  'ML-DSA-65': 192,
  'ML-DSA-87': 256,
};

/** True where a later certificate takes the place of one: OpenSSL has one place for each kind of key. */
export function isReplaced(certificates: readonly LeafCertificate[], index: number): boolean {
  const kind = certificates[index]?.publicKey.algorithm;
  return certificates.findLastIndex(({ publicKey }) => publicKey.algorithm === kind) > index;
}

/**
 * Whether OpenSSL sets TLS up with keys of that kind (`ssl_cert_lookup_by_pkey`); without it the server does not start. ML-DSA
 * came with 3.5 (its CHANGES), RSA-PSS, Ed25519 and Ed448 with 1.1.1. Undefined for kinds that only engines and providers know.
 */
export function servesKey({ publicKey }: LeafCertificate, openssl: Version): boolean | undefined {
  const { algorithm, curve } = publicKey;
  if (algorithm === 'EC') return curve !== 'SM2';
  if (algorithm === 'RSA' || algorithm === 'DSA') return true;
  if (algorithm === 'RSA-PSS' || algorithm.startsWith('Ed')) return atLeastVersion(openssl, '1.1.1');
  if (algorithm.startsWith('ML-DSA-')) return atLeastVersion(openssl, '3.5');
  return /^(?:DH$|X25519$|X448$|ML-KEM-|SLH-DSA-)/.test(algorithm) ? false : undefined;
}

/** TLS 1.1 and older have fixed signature algorithms: RSA with PKCS #1, ECDSA and DSA (RFC 4346 section 4.7). */
export function signsForOldProtocols({ publicKey }: LeafCertificate): boolean {
  return ['RSA', 'EC', 'DSA'].includes(publicKey.algorithm);
}

/** What a certificate may be that cannot be seen; DSA has been out of use for years. */
const commonKinds: ReadonlySet<string> = new Set(['RSA', 'ECDSA']);

/** Kinds of authentication that certificates allow OpenSSL's server, in the words of cipher suites. */
export function authenticationKinds(certificates: readonly LeafCertificate[]): ReadonlySet<string> {
  const kinds = new Set<string>();
  for (const { publicKey, keyUsage } of certificates) {
    const kind = kindOfKey[publicKey.algorithm];
    if (kind === undefined) continue;
    // OpenSSL looks at the key usage of elliptic curve keys alone.
    const signs = keyUsage.length === 0 || keyUsage.includes('digitalSignature');
    if (publicKey.algorithm !== 'EC' || signs) kinds.add(kind);
  }
  return kinds;
}

const kindOfKey: Readonly<Record<string, string>> = {
  RSA: 'RSA',
  'RSA-PSS': 'RSA',
  EC: 'ECDSA',
  Ed25519: 'ECDSA',
  Ed448: 'ECDSA',
  DSA: 'DSS',
};
