import type { Crypto, Digest } from '../../host/host.ts';
import { concatBytes } from '../asn1/der.ts';

/**
 * Key material of PKCS #12 (RFC 7292 appendix B.2).
 * @param password in UTF-16 with its closing zeros
 * @param purpose 1 a key, 2 an initialisation vector, 3 a MAC key
 */
export function derivePkcs12(
  digest: Digest,
  password: Uint8Array,
  salt: Uint8Array,
  purpose: 1 | 2 | 3,
  iterations: number,
  length: number,
  crypto: Crypto,
): Uint8Array {
  const block = digest === 'sha384' || digest === 'sha512' ? 128 : 64;
  const diversifier = new Uint8Array(block).fill(purpose);
  const material = concatBytes([stretch(salt, block), stretch(password, block)]);
  const out: Uint8Array[] = [];
  for (let produced = 0; produced < length; ) {
    let hash = crypto.digest(digest, concatBytes([diversifier, material]));
    for (let round = 1; round < iterations; round++) hash = crypto.digest(digest, hash);
    out.push(hash);
    produced += hash.length;
    for (let start = 0; start < material.length; start += block) addPlusOne(material, start, block, hash);
  }
  return concatBytes(out).slice(0, length);
}

/** Repeats bytes to the next multiple of the block; nothing stays nothing. */
function stretch(bytes: Uint8Array, block: number): Uint8Array {
  const length = Math.ceil(bytes.length / block) * block;
  return Uint8Array.from({ length }, (_, index) => bytes[index % bytes.length] as number);
}

/** Adds the hash, repeated to a block, and one to a block of the material, as big-endian numbers. */
function addPlusOne(material: Uint8Array, start: number, block: number, hash: Uint8Array): void {
  let carry = 1;
  for (let index = block - 1; index >= 0; index--) {
    const sum = (material[start + index] as number) + (hash[index % hash.length] as number) + carry;
    material[start + index] = sum & 0xff;
    carry = sum >> 8;
  }
}
