import { concatBytes } from '../asn1/der.ts';
import { shake } from './keccak.ts';

/** ML-DSA-44, -65 and -87 by OID: rows and columns of the matrix, and how large secrets are (FIPS 204 section 4). */
const sets: Readonly<Record<string, readonly [rows: number, columns: number, eta: number]>> = {
  '2.16.840.1.101.3.4.3.17': [4, 4, 2],
  '2.16.840.1.101.3.4.3.18': [6, 5, 4],
  '2.16.840.1.101.3.4.3.19': [8, 7, 2],
};

const q = 8_380_417;
type Polynomial = number[];

/** Powers of 1753 in the order that the transform takes them (FIPS 204 appendix B). */
function zetaPowers(): number[] {
  const powers = [1];
  while (powers.length < 256) powers.push(((powers.at(-1) as number) * 1753) % q);
  return powers.map((_, index) => {
    let reversed = 0;
    for (let bit = 0; bit < 8; bit++) reversed |= ((index >> bit) & 1) << (7 - bit);
    return powers[reversed] as number;
  });
}

let zetas: readonly number[] = [];

/**
 * The public key of an ML-DSA private key (RFC 9881 section 6), which holds a seed or secrets and not what it is matched by:
 * FIPS 204, ML-DSA.KeyGen_internal. Undefined for other algorithms, and for what is no key.
 */
export function mlDsaPublicKey(
  algorithm: string,
  { seed, expanded }: { readonly seed?: Uint8Array | undefined; readonly expanded?: Uint8Array | undefined },
): Uint8Array | undefined {
  const set = sets[algorithm];
  if (set === undefined) return undefined;
  if (zetas.length === 0) zetas = zetaPowers();
  const [rows, columns, eta] = set;
  const bits = eta === 2 ? 3 : 4;
  if (expanded?.length === 128 + 32 * (bits * (rows + columns) + 13 * rows)) {
    const secret = (index: number) => unpack(expanded.subarray(128 + 32 * bits * index), bits).map((c) => eta - c);
    return keyOf(expanded.subarray(0, 32), set, secret);
  }
  if (seed?.length !== 32) return undefined;
  const random = shake(256, concatBytes([seed, Uint8Array.of(rows, columns)]), 96);
  const secret = (index: number) => bounded(concatBytes([random.subarray(32, 96), Uint8Array.of(index, 0)]), eta);
  return keyOf(random.subarray(0, 32), set, secret);
}

/** @param secret the polynomials of s1, then those of s2 */
function keyOf(
  rho: Uint8Array,
  [rows, columns]: readonly [number, number, number],
  secret: (index: number) => Polynomial,
): Uint8Array {
  const first = Array.from({ length: columns }, (_, column) => transform(secret(column)));
  const parts = [rho];
  for (let row = 0; row < rows; row++) {
    const sum: Polynomial = new Array(256).fill(0);
    for (const [column, factor] of first.entries()) {
      const uniform = uniformPolynomial(concatBytes([rho, Uint8Array.of(column, row)]));
      for (let i = 0; i < 256; i++) sum[i] = ((sum[i] as number) + (uniform[i] as number) * (factor[i] as number)) % q;
    }
    const second = secret(columns + row);
    const t = transformBack(sum).map((value, i) => modulo(value + (second[i] as number)));
    // Power2Round: the lower 13 bits stay secret, rounded to the nearest.
    parts.push(pack(t.map((value) => (value + 4095) >> 13)));
  }
  return concatBytes(parts);
}

/** RejNTTPoly: coefficients below q of three bytes each. */
function uniformPolynomial(seed: Uint8Array): Polynomial {
  const result: Polynomial = [];
  for (let length = 840; result.length < 256; length += 168) {
    const bytes = shake(128, seed, length);
    result.length = 0;
    for (let at = 0; at + 2 < length && result.length < 256; at += 3) {
      const value =
        (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | (((bytes[at + 2] as number) & 127) << 16);
      if (value < q) result.push(value);
    }
  }
  return result;
}

/** RejBoundedPoly: small coefficients of half a byte each. */
function bounded(seed: Uint8Array, eta: number): Polynomial {
  const result: Polynomial = [];
  for (let length = 272; result.length < 256; length += 136) {
    result.length = 0;
    for (const byte of shake(256, seed, length)) {
      for (const half of [byte & 15, byte >> 4]) {
        if (eta === 2 && half < 15) result.push(2 - (half % 5));
        if (eta === 4 && half < 9) result.push(4 - half);
      }
    }
  }
  return result.slice(0, 256);
}

function modulo(value: number): number {
  return ((value % q) + q) % q;
}

function transform(polynomial: Polynomial): Polynomial {
  const w = polynomial.map(modulo);
  let m = 0;
  for (let length = 128; length >= 1; length >>= 1) {
    for (let start = 0; start < 256; start += 2 * length) {
      const zeta = zetas[++m] as number;
      for (let j = start; j < start + length; j++) {
        const [low, t] = [w[j] as number, (zeta * (w[j + length] as number)) % q];
        w[j + length] = modulo(low - t);
        w[j] = (low + t) % q;
      }
    }
  }
  return w;
}

function transformBack(polynomial: Polynomial): Polynomial {
  const w = [...polynomial];
  let m = 256;
  for (let length = 1; length < 256; length <<= 1) {
    for (let start = 0; start < 256; start += 2 * length) {
      const zeta = q - (zetas[--m] as number);
      for (let j = start; j < start + length; j++) {
        const [low, high] = [w[j] as number, w[j + length] as number];
        w[j] = (low + high) % q;
        w[j + length] = (zeta * modulo(low - high)) % q;
      }
    }
  }
  // 256 to the power of -1.
  return w.map((value) => (value * 8_347_681) % q);
}

/** 256 numbers of so many bits, the lowest first. */
function unpack(bytes: Uint8Array, bits: number): Polynomial {
  return Array.from({ length: 256 }, (_, index) => {
    const [at, shift] = [(index * bits) >> 3, (index * bits) & 7];
    return (((bytes[at] as number) | ((bytes[at + 1] ?? 0) << 8)) >> shift) & ((1 << bits) - 1);
  });
}

/** The same for numbers of ten bits, the other way round. */
function pack(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(320);
  for (const [index, value] of values.entries()) {
    const [at, shift] = [(index * 10) >> 3, (index * 10) & 7];
    bytes[at] = (bytes[at] as number) | ((value << shift) & 255);
    bytes[at + 1] = (value << shift) >> 8;
  }
  return bytes;
}
