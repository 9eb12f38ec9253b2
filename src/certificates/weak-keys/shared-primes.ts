import { greatestCommonDivisor } from './arithmetic.ts';

/**
 * Which moduli share a prime with another one, by batch GCD (Bernstein; “Mining your Ps and Qs”, 2012). Equal moduli are one
 * key used twice, not a shared prime, and are to be left out before.
 * @returns indices into `moduli`; about a second for a thousand keys
 */
export function findSharedPrimes(moduli: readonly bigint[]): number[] {
  const search = searchSharedPrimes(moduli);
  for (;;) {
    const step = search.next();
    if (step.done === true) return step.value;
  }
}

/** The same in steps of some milliseconds, between which others can work. */
export function* searchSharedPrimes(moduli: readonly bigint[]): Generator<undefined, number[]> {
  if (moduli.length < 2) return [];
  const levels: bigint[][] = [[...moduli]];
  for (let level = levels[0] as bigint[]; level.length > 1; ) {
    const next: bigint[] = [];
    for (let index = 0; index < level.length; index += 2) {
      next.push((level[index] as bigint) * (level[index + 1] ?? 1n));
      yield;
    }
    levels.push(next);
    level = next;
  }
  let remainders = levels.pop() as bigint[];
  for (let level = levels.pop(); level !== undefined; level = levels.pop()) {
    const above = remainders;
    remainders = [];
    for (const [index, value] of level.entries()) {
      remainders.push((above[index >> 1] as bigint) % (value * value));
      yield;
    }
  }
  const found: number[] = [];
  for (const [index, modulus] of moduli.entries()) {
    if (greatestCommonDivisor(modulus, (remainders[index] as bigint) / modulus) !== 1n) found.push(index);
    yield;
  }
  return found;
}
