import assert from 'node:assert/strict';
import { test } from 'node:test';
import { integerSquareRoot } from '../../src/certificates/weak-keys/arithmetic.ts';
import { hasClosePrimes } from '../../src/certificates/weak-keys/fermat.ts';
import { hasRocaFingerprint } from '../../src/certificates/weak-keys/roca.ts';
import { findSharedPrimes } from '../../src/certificates/weak-keys/shared-primes.ts';
import { smallFactorOf } from '../../src/certificates/weak-keys/small-factors.ts';
import { hasSmallPrivateExponent } from '../../src/certificates/weak-keys/wiener.ts';

/** Known primes: 2^521 − 1, 2^607 − 1 and 2^1279 − 1 (Mersenne). */
const [p, q, r] = [521n, 607n, 1279n].map((exponent) => (1n << exponent) - 1n) as [bigint, bigint, bigint];

test('neighbouring primes are found, distant ones are not', () => {
  // Factors need not be prime for the method; 2^600 ± a small number lie as close as a bad generator’s primes.
  const middle = 1n << 600n;
  assert.equal(hasClosePrimes((middle + 3n) * (middle + 9n)), true);
  assert.equal(hasClosePrimes(q * r), false);
  assert.equal(hasClosePrimes(p * p), true);
});

test('square roots of large numbers are whole', () => {
  assert.equal(integerSquareRoot(p * p), p);
  assert.equal(integerSquareRoot(p * p - 1n), p - 1n);
});

test('small factors are found', () => {
  assert.equal(smallFactorOf(65_521n * p), 65_521n);
  assert.equal(smallFactorOf(p * q), undefined);
});

test('a power of 65537 has the fingerprint of ROCA, a product of ordinary primes has not', () => {
  assert.equal(hasRocaFingerprint(65_537n ** 40n), true);
  assert.equal(hasRocaFingerprint(p * q), false);
});

test('moduli with a common prime are found among others', () => {
  assert.deepEqual(findSharedPrimes([p * q, r * 1_000_003n, q * 999_983n]), [0, 2]);
  assert.deepEqual(findSharedPrimes([p * q]), []);
});

test('a small private exponent gives itself away', () => {
  const phi = (p - 1n) * (q - 1n);
  const d = 1_000_003n;
  assert.equal(hasSmallPrivateExponent(p * q, inverse(d, phi)), true);
  assert.equal(hasSmallPrivateExponent(p * q, 65_537n), false);
  assert.equal(hasSmallPrivateExponent(p * q, inverse(firstCoprime((1n << 500n) + 1n, phi), phi)), false);
});

function firstCoprime(from: bigint, modulus: bigint): bigint {
  const divisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : divisor(b, a % b));
  return divisor(from, modulus) === 1n ? from : firstCoprime(from + 1n, modulus);
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b] = [value, modulus];
  let [x, y] = [1n, 0n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  assert.equal(a, 1n, 'the test’s exponent must be coprime');
  return ((x % modulus) + modulus) % modulus;
}
