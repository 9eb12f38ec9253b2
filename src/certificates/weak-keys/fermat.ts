import { integerSquareRoot } from './arithmetic.ts';

/**
 * True where Fermat's method factors the modulus within a hundred rounds: its primes lie next to each other
 * (CVE-2022-26320). A sound key would take more rounds than there are atoms.
 */
export function hasClosePrimes(modulus: bigint): boolean {
  if (modulus <= 0n || (modulus & 1n) === 0n) return false;
  let a = integerSquareRoot(modulus);
  if (a * a === modulus) return true;
  a += 1n;
  let rest = a * a - modulus;
  for (let round = 0; round < 100; round++) {
    if (mayBeSquare(rest)) {
      const root = integerSquareRoot(rest);
      if (root * root === rest) return true;
    }
    rest += 2n * a + 1n;
    a += 1n;
  }
  return false;
}

/** Squares end in one of 12 ways modulo 64; the test is cheap and keeps most roots from being drawn. */
function mayBeSquare(n: bigint): boolean {
  return squaresModulo64.has(Number(BigInt.asUintN(6, n)));
}

const squaresModulo64 = new Set(Array.from({ length: 64 }, (_, root) => (root * root) % 64));
