import type { Version } from '../../text/version.ts';
import type { LeafCertificate } from './certificates.ts';

/** A way to sign that clients and servers name to each other (RFC 8446 section 4.2.3). */
export interface Scheme {
  /** Code point of IANA's registry TLS SignatureScheme. */
  readonly id: number;
  /** As OpenSSL spells it, in lower case. */
  readonly name: string;
  /** The certificate's algorithm. */
  readonly key: string;
  /** Of the one curve that it is for in TLS 1.3. */
  readonly curve: string | undefined;
  /** Bits of security of the hash, or of the key where that hashes by itself; those of SHA-1 as before OpenSSL 3.0. */
  readonly bits: number;
  readonly tls12: boolean;
  readonly tls13: boolean;
  readonly since: Version;
}

/**
 * One a row: code point, name, the certificate's algorithm, curve, bits of security, protocols, and the OpenSSL release since
 * which it is there. Sources: IANA's registry, what handshakes of OpenSSL 3.5.9 take, its CHANGES (3.2 for brainpool curves,
 * 3.5 for ML-DSA). Of each kind of key the usual one comes first.
 */
export const schemes: readonly Scheme[] = `
0403 ecdsa_secp256r1_sha256 EC P-256 128 1.2,1.3 1.1.1
0503 ecdsa_secp384r1_sha384 EC P-384 192 1.2,1.3 1.1.1
0603 ecdsa_secp521r1_sha512 EC P-521 256 1.2,1.3 1.1.1
0303 ecdsa_sha224 EC - 112 1.2 1.1.1
0203 ecdsa_sha1 EC - 80 1.2 1.1.1
081A ecdsa_brainpoolp256r1tls13_sha256 EC brainpoolP256r1 128 1.3 3.2
081B ecdsa_brainpoolp384r1tls13_sha384 EC brainpoolP384r1 192 1.3 3.2
081C ecdsa_brainpoolp512r1tls13_sha512 EC brainpoolP512r1 256 1.3 3.2
0807 ed25519 Ed25519 - 128 1.2,1.3 1.1.1
0808 ed448 Ed448 - 224 1.2,1.3 1.1.1
0401 rsa_pkcs1_sha256 RSA - 128 1.2 1.1.1
0501 rsa_pkcs1_sha384 RSA - 192 1.2 1.1.1
0601 rsa_pkcs1_sha512 RSA - 256 1.2 1.1.1
0301 rsa_pkcs1_sha224 RSA - 112 1.2 1.1.1
0201 rsa_pkcs1_sha1 RSA - 80 1.2 1.1.1
0804 rsa_pss_rsae_sha256 RSA - 128 1.2,1.3 1.1.1
0805 rsa_pss_rsae_sha384 RSA - 192 1.2,1.3 1.1.1
0806 rsa_pss_rsae_sha512 RSA - 256 1.2,1.3 1.1.1
0809 rsa_pss_pss_sha256 RSA-PSS - 128 1.2,1.3 1.1.1
080A rsa_pss_pss_sha384 RSA-PSS - 192 1.2,1.3 1.1.1
080B rsa_pss_pss_sha512 RSA-PSS - 256 1.2,1.3 1.1.1
0302 dsa_sha224 DSA - 112 1.2 1.1.1
0402 dsa_sha256 DSA - 128 1.2 1.1.1
0502 dsa_sha384 DSA - 192 1.2 1.1.1
0602 dsa_sha512 DSA - 256 1.2 1.1.1
0202 dsa_sha1 DSA - 80 1.2 1.1.1
0904 mldsa44 ML-DSA-44 - 128 1.3 3.5
0905 mldsa65 ML-DSA-65 - 192 1.3 3.5
0906 mldsa87 ML-DSA-87 - 256 1.3 3.5
`
  .trim()
  .split('\n')
  .map((row) => {
    const [id = '', name = '', key = '', curve = '-', bits = '', protocols = '', since = ''] = row.split(' ');
    return {
      id: Number.parseInt(id, 16),
      name,
      key,
      curve: curve === '-' ? undefined : curve,
      bits: Number(bits),
      tls12: protocols.includes('1.2'),
      tls13: protocols.includes('1.3'),
      since,
    };
  });

const byName = new Map(schemes.map((scheme) => [scheme.name, scheme]));

/** A word of a list of them as `tls1_get_sigalg` reads it: a name, or a kind of key and a hash. */
export function schemeOf(word: string): Scheme | undefined {
  const name = word.toLowerCase();
  const named = byName.get(name) ?? byName.get(name.replace(/^(ecdsa_brainpoolp\d+r1)_/, '$1tls13_'));
  if (named !== undefined) return named;
  const [, key = '', hash] = /^(rsa|rsa-pss|pss|ecdsa|dsa)\+(sha\d+)$/.exec(name) ?? [];
  return schemes.find((scheme) => scheme.name.startsWith(prefixes[key] ?? '-') && scheme.name.endsWith(`_${hash}`));
}

/** What the names of the schemes begin with that a kind of key stands for. */
const prefixes: Readonly<Record<string, string>> = {
  rsa: 'rsa_pkcs1_',
  'rsa-pss': 'rsa_pss_rsae_',
  pss: 'rsa_pss_rsae_',
  ecdsa: 'ecdsa_',
  dsa: 'dsa_',
};

/** True for keys of which nobody here knows how they sign: those of engines and providers. */
export function isForeign({ publicKey }: LeafCertificate): boolean {
  return !schemes.some(({ key }) => key === publicKey.algorithm);
}
