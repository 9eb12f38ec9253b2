import { bigIntegerOf, type Element } from '../asn1/der.ts';
import { readRsaKey } from '../asn1/public-key.ts';
import { isDebianKey } from './debian-keys.ts';
import { hasClosePrimes } from './fermat.ts';
import { publishedKeyOwner } from './published-keys.ts';
import { hasRocaFingerprint } from './roca.ts';
import { smallFactorOf } from './small-factors.ts';
import { hasSmallPrivateExponent } from './wiener.ts';

/** Why anyone can have the private half of a public key. */
export interface KeyWeakness {
  readonly id: 'published' | 'debian' | 'close-primes' | 'roca' | 'small-factor' | 'small-private-exponent';
  readonly message: string;
}

/** Larger moduli take long to divide, and nobody uses them. */
const maximumBits = 16_384;

const cache = new Map<string, KeyWeakness | undefined>();

/**
 * What is known against a public key without asking anyone: a few milliseconds at most, and remembered.
 * @param spki the SubjectPublicKeyInfo
 * @param spkiSha256 its SHA-256 in hex
 */
export function judgeKey(spki: Element, spkiSha256: string): KeyWeakness | undefined {
  if (cache.has(spkiSha256)) return cache.get(spkiSha256) ?? findListed(spki);
  const weakness = findWeakness(spki, spkiSha256);
  if (cache.size < 10_000) cache.set(spkiSha256, weakness);
  return weakness ?? findListed(spki);
}

/** Not remembered: the list may be read later. */
function findListed(spki: Element): KeyWeakness | undefined {
  const key = readRsaKey(spki);
  if (key === undefined || !isDebianKey(key.modulus)) return undefined;
  return {
    id: 'debian',
    message:
      'The key was made by the broken OpenSSL of Debian and Ubuntu of 2006 to 2008, which could make few keys only, and they are all published.',
  };
}

function findWeakness(spki: Element, spkiSha256: string): KeyWeakness | undefined {
  const owner = publishedKeyOwner(spkiSha256);
  if (owner !== undefined) {
    return { id: 'published', message: `The private key is public: it is the one of ${owner}.` };
  }
  const key = readRsaKey(spki);
  if (key === undefined) return undefined;
  const modulus = bigIntegerOf(key.modulus);
  if (modulus < 1n << 255n || key.modulus.end - key.modulus.content > maximumBits / 8 + 1) return undefined;
  if (hasRocaFingerprint(modulus)) {
    return {
      id: 'roca',
      message: 'The key was made by a faulty Infineon chip (ROCA), and its private half can be computed.',
    };
  }
  if (smallFactorOf(modulus) !== undefined) {
    return { id: 'small-factor', message: 'The RSA modulus has a small factor, so it protects nothing.' };
  }
  if (hasClosePrimes(modulus)) {
    return {
      id: 'close-primes',
      message: 'The two primes of the RSA key are neighbours, and it can be factored in no time (Fermat).',
    };
  }
  if (hasSmallPrivateExponent(modulus, bigIntegerOf(key.exponent))) {
    return {
      id: 'small-private-exponent',
      message: 'The private exponent of the RSA key is so small that it can be computed (Wiener).',
    };
  }
  return undefined;
}
