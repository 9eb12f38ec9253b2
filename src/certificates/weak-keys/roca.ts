import { primesUpTo } from './arithmetic.ts';

/**
 * True where a modulus has the fingerprint of Infineon's key generator (ROCA, CVE-2017-15361): modulo every small prime it
 * is a power of 65537. Chance gives that once in about 2^28 keys.
 */
export function hasRocaFingerprint(modulus: bigint): boolean {
  return fingerprints().every(({ prime, powers }) => powers.has(Number(modulus % prime)));
}

let cached: readonly { readonly prime: bigint; readonly powers: ReadonlySet<number> }[] | undefined;

function fingerprints() {
  cached ??= primesUpTo(167)
    .slice(1)
    .map((prime) => ({ prime: BigInt(prime), powers: powersOf(65537 % prime, prime) }));
  return cached;
}

function powersOf(base: number, prime: number): Set<number> {
  const powers = new Set<number>();
  for (let value = 1; !powers.has(value); value = (value * base) % prime) powers.add(value);
  return powers;
}
