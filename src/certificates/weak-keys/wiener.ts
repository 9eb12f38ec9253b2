import { integerSquareRoot } from './arithmetic.ts';

/**
 * True where the private exponent is so small that the continued fraction of e/n gives it away (Wiener, 1990). Only worth
 * a try where the public exponent is unusually large.
 */
export function hasSmallPrivateExponent(modulus: bigint, exponent: bigint): boolean {
  if (exponent < 1n << 32n || exponent >= modulus) return false;
  let [numerator, denominator] = [exponent, modulus];
  let [k, previousK] = [0n, 1n];
  let [d, previousD] = [1n, 0n];
  const limit = modulus >> 1n;
  for (let round = 0; round < 3000 && denominator !== 0n; round++) {
    const quotient = numerator / denominator;
    [numerator, denominator] = [denominator, numerator % denominator];
    if (round > 0) {
      [k, previousK] = [quotient * k + previousK, k];
      [d, previousD] = [quotient * d + previousD, d];
    } else [k, previousK, d, previousD] = [quotient, 1n, 1n, 0n];
    if (d > limit || d * d * d * d > modulus << 8n) return false;
    if (k > 0n && factorsWith(modulus, exponent, k, d)) return true;
  }
  return false;
}

/** With the right k and d, (ed − 1)/k is φ(n), and p and q are the roots of x² − (n − φ + 1)x + n. */
function factorsWith(modulus: bigint, exponent: bigint, k: bigint, d: bigint): boolean {
  if ((exponent * d - 1n) % k !== 0n) return false;
  const sum = modulus - (exponent * d - 1n) / k + 1n;
  const discriminant = sum * sum - 4n * modulus;
  if (discriminant < 0n) return false;
  const root = integerSquareRoot(discriminant);
  return root * root === discriminant;
}
