import { childrenOf, contentOf, octetsOf, readElement, tags } from '../asn1/der.ts';
import { mlDsaPublicKey } from './ml-dsa.ts';

/** ML-KEM by OID, with the rank of its matrix (FIPS 203 section 8). */
const ranks: Readonly<Record<string, number>> = {
  '2.16.840.1.101.3.4.4.1': 2,
  '2.16.840.1.101.3.4.4.2': 3,
  '2.16.840.1.101.3.4.4.3': 4,
};

const mlDsa = /^2\.16\.840\.1\.101\.3\.4\.3\.1[7-9]$/;

/** The twelve pure sets of SLH-DSA (RFC 9909 section 3). */
const slhDsa = /^2\.16\.840\.1\.101\.3\.4\.3\.(?:2\d|3[01])$/;

/**
 * The public key that a post-quantum private key carries: the second half of an SLH-DSA key (FIPS 205 section 9.1), and a
 * part of an expanded ML-KEM key (FIPS 203 section 7.1, RFC 9935 section 6); that of ML-DSA is computed. Seeds of ML-KEM, which
 * is of no use in certificates of servers, would take arithmetic too.
 * @param key content of the OCTET STRING `privateKey`
 */
export function carriedPublicKey(algorithm: string, key: Uint8Array): Uint8Array | undefined {
  if (slhDsa.test(algorithm)) return key.length > 0 && key.length % 4 === 0 ? key.subarray(key.length / 2) : undefined;
  if (mlDsa.test(algorithm)) return mlDsaPublicKey(algorithm, partsOf(key));
  const rank = ranks[algorithm];
  const expanded = rank === undefined ? undefined : partsOf(key).expanded;
  return rank !== undefined && expanded?.length === 768 * rank + 96
    ? expanded.subarray(384 * rank, 768 * rank + 32)
    : undefined;
}

/** `seed`, `expandedKey` or both (RFC 9881 section 6); some write either without any frame. */
function partsOf(key: Uint8Array): { readonly seed?: Uint8Array; readonly expanded?: Uint8Array | undefined } {
  if (key.length === 32) return { seed: key };
  if (key[0] !== 0x80 && key[0] !== tags.octetString && key[0] !== tags.sequence) return { expanded: key };
  const choice = attemptElement(key);
  if (choice?.end !== key.length) return { expanded: key };
  if (choice.tag === 0x80) return { seed: contentOf(choice) };
  if (choice.tag === tags.octetString) return { expanded: contentOf(choice) };
  const both = childrenOf(choice)[1];
  return { expanded: both && octetsOf(both) };
}

/** A key without a frame may begin with any byte. */
function attemptElement(bytes: Uint8Array): ReturnType<typeof readElement> | undefined {
  try {
    return readElement(bytes);
  } catch {
    return undefined;
  }
}
