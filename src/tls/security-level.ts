import { atLeastVersion, type Version } from '../text/version.ts';
import { type CipherSuite, hasForwardSecrecy } from './suites/cipher-suites.ts';

/** Bits of security that each level asks for (SSL_CTX_set_security_level(3)). */
export const securityLevelBits = [0, 80, 112, 128, 192, 256] as const;

/**
 * Bits of security that OpenSSL counts for a suite. OpenSSL 3.2 lowered suites with a 64-bit tag to 64, which puts them
 * below level 1; before, they counted as much as their key.
 */
export function strengthBits(suite: CipherSuite, openssl: Version): number {
  if (suite.encryption === 'AESCCM8') return atLeastVersion(openssl, '3.2') ? 64 : suite.bits;
  if (suite.encryption === '3DES') return 112;
  return suite.bits;
}

/** True where a security level lets a suite be offered (SSL_CTX_set_security_level(3), NOTES). */
export function isAllowedAtLevel(suite: CipherSuite, level: number, openssl: Version): boolean {
  if (level <= 0) return true;
  const bits = securityLevelBits[level] ?? 256;
  if (strengthBits(suite, openssl) < bits) return false;
  if (suite.protocol === 'TLSv1.3') return true;
  if (suite.authentication === 'None' || suite.mac === 'MD5') return false;
  if (suite.mac === 'SHA1' && bits > 160) return false;
  if (level >= 2 && suite.encryption === 'RC4') return false;
  return level < 3 || hasForwardSecrecy(suite);
}

/** Smallest RSA or finite-field Diffie-Hellman key, in bits, that a level takes. */
export function smallestRsaBits(level: number): number {
  return [0, 1024, 2048, 3072, 7680, 15360][level] ?? 15360;
}

/**
 * True where a level takes an RSA key. OpenSSL 3.0 counts the security of all sizes by a formula, rounded to 8 bits
 * (crypto/rsa/rsa_lib.c), by which a modulus that came out a bit short is as good; before, only the sizes of the table were.
 */
export function isRsaAllowedAtLevel(bits: number, level: number, openssl: Version): boolean {
  const least = atLeastVersion(openssl, '3.0') ? [0, 920, 1963, 2671, 6947, 13914][level] : undefined;
  return bits >= (least ?? smallestRsaBits(level));
}

/** Smallest elliptic curve, in bits, that a level takes. */
export function smallestCurveBits(level: number): number {
  return 2 * (securityLevelBits[level] ?? 256);
}
