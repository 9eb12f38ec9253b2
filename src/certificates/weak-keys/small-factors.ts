import { greatestCommonDivisor, primesUpTo, product } from './arithmetic.ts';

let primorial: bigint | undefined;

/** A factor made of primes up to 65537, or undefined. Any such factor means a broken generator or damaged bytes. */
export function smallFactorOf(modulus: bigint): bigint | undefined {
  if (modulus < 4n) return undefined;
  primorial ??= product(primesUpTo(65537).map(BigInt));
  const factor = greatestCommonDivisor(modulus, primorial % modulus);
  return factor === 1n ? undefined : factor;
}
