import { childrenOf, contentOf, octetsOf, readElement, tags } from '../asn1/der.ts';

/** ML-KEM by OID, with the rank of its matrix (FIPS 203 section 8). */
const ranks: Readonly<Record<string, number>> = {
  '2.16.840.1.101.3.4.4.1': 2,
  '2.16.840.1.101.3.4.4.2': 3,
  '2.16.840.1.101.3.4.4.3': 4,
};

/** The twelve pure sets of SLH-DSA (RFC 9909 section 3). */
const slhDsa = /^2\.16\.840\.1\.101\.3\.4\.3\.(?:2\d|3[01])$/;

/**
 * The public key that a post-quantum private key carries: the second half of an SLH-DSA key (FIPS 205 section 9.1), and a
 * part of an expanded ML-KEM key (FIPS 203 section 7.1, RFC 9935 section 6). ML-DSA keys, and seeds, would take arithmetic.
 * @param key content of the OCTET STRING `privateKey`
 */
export function carriedPublicKey(algorithm: string, key: Uint8Array): Uint8Array | undefined {
  if (slhDsa.test(algorithm)) return key.length > 0 && key.length % 4 === 0 ? key.subarray(key.length / 2) : undefined;
  const rank = ranks[algorithm];
  const expanded = rank === undefined ? undefined : expandedKey(key);
  return rank !== undefined && expanded?.length === 768 * rank + 96
    ? expanded.subarray(384 * rank, 768 * rank + 32)
    : undefined;
}

/** `expandedKey` alone or behind its `seed`. */
function expandedKey(key: Uint8Array): Uint8Array | undefined {
  const choice = readElement(key);
  if (choice.tag === tags.octetString) return contentOf(choice);
  const both = choice.tag === tags.sequence ? childrenOf(choice)[1] : undefined;
  return both && octetsOf(both);
}
