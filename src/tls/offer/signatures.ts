import type { TlsSettings } from '../model/server-model.ts';
import { knownValue } from '../model/setting.ts';
import type { ProtocolVersion } from '../protocols.ts';
import type { KnownOrNot } from '../values.ts';
import type { LeafCertificate } from './certificates.ts';

/** Code points of IANA's registry TLS SignatureScheme; `undefined` stands for all that the library has. */
export type Schemes = readonly number[] | undefined;

/** Schemes of RFC 8446 section 4.2.3 by the key that signs. */
const newer: Readonly<Record<string, readonly number[]>> = {
  RSA: [0x0804, 0x0805, 0x0806],
  'RSA-PSS': [0x0809, 0x080a, 0x080b],
  Ed25519: [0x0807],
  Ed448: [0x0808],
  'ML-DSA-44': [0x0904],
  'ML-DSA-65': [0x0905],
  'ML-DSA-87': [0x0906],
};

/** In TLS 1.3 a scheme names its curve too. */
const ofCurves: Readonly<Record<string, number>> = { 'P-256': 0x0403, 'P-384': 0x0503, 'P-521': 0x0603 };

/** Up to TLS 1.2 a hash and a kind of key (RFC 5246 section 7.4.1.4.1); SHA-1 last, which security level 1 refuses. */
const olderRsa = [0x0301, 0x0401, 0x0501, 0x0601, 0x0201];
const olderEcdsa = [0x0303, 0x0403, 0x0503, 0x0603, 0x0203];
const sha1: readonly number[] = [0x0201, 0x0203];

/** By what a key can sign in TLS 1.2 and newer. */
export function schemesOf({ publicKey }: LeafCertificate, protocol: ProtocolVersion, level: number): readonly number[] {
  const { algorithm, curve = '' } = publicKey;
  if (protocol === 'TLSv1.3') {
    const ofCurve = ofCurves[curve];
    if (algorithm === 'EC') return ofCurve === undefined ? [] : [ofCurve];
    return newer[algorithm] ?? [];
  }
  if (algorithm.startsWith('ML-DSA')) return [];
  const older = algorithm === 'RSA' ? olderRsa : algorithm === 'EC' ? olderEcdsa : [];
  return [...older.filter((scheme) => level === 0 || !sha1.includes(scheme)), ...(newer[algorithm] ?? [])];
}

/**
 * The schemes that OpenSSL's command SignatureAlgorithms leaves a server. Unknown where commands are, or where a word stands
 * there that has no code point here.
 */
export function allowedSchemes({ confCommands }: TlsSettings): KnownOrNot<Schemes> {
  const commands = knownValue(confCommands);
  if (commands === undefined) return { kind: 'unknown', reason: 'the commands for OpenSSL are not known' };
  const last = commands.findLast(({ name }) => name.toLowerCase() === 'signaturealgorithms');
  if (last === undefined) return { kind: 'known', value: undefined };
  const schemes = last.value.split(':').map((word) => schemeOf(word.toLowerCase()));
  return schemes.includes(undefined)
    ? { kind: 'unknown', reason: `of SignatureAlgorithms ${last.value} not all is known` }
    : { kind: 'known', value: schemes.filter((scheme) => scheme !== undefined) };
}

const names: Readonly<Record<string, number>> = {
  ecdsa_secp256r1_sha256: 0x0403,
  ecdsa_secp384r1_sha384: 0x0503,
  ecdsa_secp521r1_sha512: 0x0603,
  ed25519: 0x0807,
  ed448: 0x0808,
  mldsa44: 0x0904,
  mldsa65: 0x0905,
  mldsa87: 0x0906,
  rsa_pss_rsae_sha256: 0x0804,
  rsa_pss_rsae_sha384: 0x0805,
  rsa_pss_rsae_sha512: 0x0806,
  rsa_pss_pss_sha256: 0x0809,
  rsa_pss_pss_sha384: 0x080a,
  rsa_pss_pss_sha512: 0x080b,
};
const hashes = ['', '', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'];

/** A word of the list as `tls1_get_sigalg` reads it: a name, or a kind of key and a hash. */
function schemeOf(word: string): number | undefined {
  const named = names[word];
  if (named !== undefined) return named;
  const [, key, hash = ''] = /^(rsa|ecdsa|rsa-pss|pss)\+(\w+)$/.exec(word) ?? /^(rsa)_pkcs1_(\w+)$/.exec(word) ?? [];
  const [, older = ''] = /^ecdsa_(sha1|sha224)$/.exec(word) ?? [];
  const strength = hashes.indexOf(hash || older);
  if (strength < 2) return undefined;
  if (key === 'rsa') return (strength << 8) | 1;
  if (key === 'ecdsa' || older !== '') return (strength << 8) | 3;
  return names[`rsa_pss_rsae_${hash}`];
}

/** The certificates of a server whose key can sign by a scheme that it is left, as TLS 1.2 and newer want. */
export function certificatesThatSign<T extends readonly LeafCertificate[] | string>(
  certificates: T,
  tls: TlsSettings,
  protocol: ProtocolVersion,
  level: number,
) {
  const allowed = allowedSchemes(tls);
  if (typeof certificates === 'string' || allowed.kind === 'unknown') return certificates;
  const { value: schemes } = allowed;
  if (schemes === undefined || (protocol !== 'TLSv1.2' && protocol !== 'TLSv1.3')) return certificates;
  return certificates.filter((each) => schemesOf(each, protocol, level).some((scheme) => schemes.includes(scheme)));
}

/** OpenSSL does not settle on TLS 1.3 where no certificate has a curve that can sign there (is_tls13_capable). */
export function isOfCurves(certificates: readonly LeafCertificate[] | string): boolean {
  return typeof certificates !== 'string' && certificates.every(({ publicKey }) => publicKey.algorithm === 'EC');
}
