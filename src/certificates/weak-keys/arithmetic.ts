/** Arithmetic on whole numbers of thousands of bits, for judging RSA moduli. */

/** Largest number whose square is at most `n` (Newton's method, from above). */
export function integerSquareRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let estimate = 1n << BigInt((bitLength(n) + 1) >> 1);
  for (;;) {
    const next = (estimate + n / estimate) >> 1n;
    if (next >= estimate) return estimate;
    estimate = next;
  }
}

export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [left, right] = [a, b];
  while (right !== 0n) [left, right] = [right, left % right];
  return left;
}

function bitLength(n: bigint): number {
  const hex = n.toString(16);
  return hex.length * 4 - Math.clz32(Number.parseInt(hex[0] as string, 16)) + 28;
}

/** Primes up to a limit, by the sieve of Eratosthenes. */
export function primesUpTo(limit: number): number[] {
  const composite = new Uint8Array(limit + 1);
  const primes: number[] = [];
  for (let candidate = 2; candidate <= limit; candidate++) {
    if (composite[candidate] === 1) continue;
    primes.push(candidate);
    for (let multiple = candidate * candidate; multiple <= limit; multiple += candidate) composite[multiple] = 1;
  }
  return primes;
}

/** Product of many numbers, halves first, which keeps the factors of each multiplication alike in size. */
export function product(factors: readonly bigint[]): bigint {
  if (factors.length === 0) return 1n;
  let level: readonly bigint[] = factors;
  while (level.length > 1) level = multiplyPairs(level);
  return level[0] as bigint;
}

/** One level of a product tree. */
function multiplyPairs(level: readonly bigint[]): bigint[] {
  const next: bigint[] = [];
  for (let index = 0; index < level.length; index += 2) {
    next.push((level[index] as bigint) * (level[index + 1] ?? 1n));
  }
  return next;
}
