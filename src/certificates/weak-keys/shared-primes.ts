import { greatestCommonDivisor, multiplyPairs } from './arithmetic.ts';

/**
 * Which moduli share a prime with another one, by batch GCD (Bernstein; “Mining your Ps and Qs”, 2012). Equal moduli are one
 * key used twice, not a shared prime, and are to be left out before.
 * @returns indices into `moduli`; about a second for a thousand keys
 */
export function findSharedPrimes(moduli: readonly bigint[]): number[] {
  if (moduli.length < 2) return [];
  const levels: bigint[][] = [[...moduli]];
  while ((levels.at(-1) as bigint[]).length > 1) levels.push(multiplyPairs(levels.at(-1) as bigint[]));
  let remainders: bigint[] = levels.pop() as bigint[];
  for (let level = levels.pop(); level !== undefined; level = levels.pop()) {
    const above = remainders;
    remainders = level.map((value, index) => (above[index >> 1] as bigint) % (value * value));
  }
  return moduli.flatMap((modulus, index) =>
    greatestCommonDivisor(modulus, (remainders[index] as bigint) / modulus) === 1n ? [] : [index],
  );
}
