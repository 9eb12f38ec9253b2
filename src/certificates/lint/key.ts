import { bigIntegerOf } from '../asn1/der.ts';
import { readRsaKey } from '../asn1/public-key.ts';
import { digestInName } from '../signature-algorithm.ts';
import { judgeKey } from '../weak-keys/judge.ts';
import type { CertificateLint } from './rule.ts';

const publicCurves = ['P-256', 'P-384', 'P-521'];

const weakKey: CertificateLint = {
  id: 'certificate-weak-key',
  title: 'The key is too short or of a kind that clients refuse',
  reference: 'CA/Browser Forum Baseline Requirements 6.1.5, NIST SP 800-57 part 1',
  *check({ certificate, classification, isServer }) {
    const { algorithm, bits = 0, curve } = certificate.publicKey;
    if (algorithm.startsWith('RSA') && bits > 0) {
      if (bits < 2048) {
        yield {
          severity: bits < 1024 ? 'error' : 'warning',
          message: `An RSA key of ${bits} bits is too short: OpenSSL at security level 2 and Apple’s systems refuse it, and no public CA certifies it. Use 2048 bits or more, or EC P-256.`,
        };
      } else if (bits % 8 !== 0) {
        yield {
          severity: 'information',
          message: `The RSA key has ${bits} bits, which is no multiple of 8; some clients refuse that. Make one of 2048 or 3072 bits.`,
        };
      }
      if (algorithm === 'RSA-PSS' && isServer) {
        yield {
          severity: classification === 'public' ? 'warning' : 'information',
          message:
            'The key is for RSA-PSS signatures alone. Browsers know no such server keys, only those that say RSA. Use one, or EC P-256.',
        };
      }
    } else if (algorithm === 'DSA') {
      yield { severity: 'warning', message: 'TLS 1.3 and all browsers have dropped DSA keys. Use EC P-256 or RSA.' };
    } else if (algorithm === 'EC' && curve !== undefined && !publicCurves.includes(curve)) {
      if (bits > 0 && bits < 224) {
        yield { severity: 'warning', message: `A key on the curve ${curve} is too short. Use P-256.` };
      } else if (isServer) {
        const severity = classification === 'public' ? 'warning' : 'information';
        yield {
          severity,
          message: curve.startsWith('explicit')
            ? 'The key spells out its curve instead of naming it (RFC 5480 forbids that), and browsers refuse it. Make one without -param_enc explicit.'
            : `Browsers know no server keys on the curve ${curve}, only P-256, P-384 and partly P-521. Use P-256.`,
        };
      }
    } else if (isServer && /^(?:DH|X\d+|ML-KEM-.*)$/.test(algorithm)) {
      yield {
        severity: 'warning',
        message: `A key for ${algorithm} cannot sign, as a server has to: nginx and Apache do not start with it. Use EC P-256 or RSA.`,
      };
    } else if (classification === 'public' && isServer && /^(?:Ed|ML-|SLH-)/.test(algorithm)) {
      yield {
        severity: 'warning',
        message: `Browsers accept no ${algorithm} keys in public certificates yet. Use EC P-256, at least beside it.`,
      };
    }
  },
};

const exponent: CertificateLint = {
  id: 'certificate-rsa-exponent',
  title: 'The RSA exponent is unusual or broken',
  reference: 'CA/Browser Forum Baseline Requirements 6.1.6',
  *check({ parts }) {
    const key = readRsaKey(parts.publicKey);
    if (key === undefined) return;
    const value = bigIntegerOf(key.exponent);
    if (value < 3n || (value & 1n) === 0n) {
      yield {
        severity: 'error',
        message: `The public exponent ${value} is impossible for RSA: the key protects nothing. Make a new key.`,
      };
    } else if (value < 65537n) {
      yield {
        severity: 'information',
        message: `The public exponent is ${value}; 65537 is customary, and many public CAs refuse less. Make the next key with it.`,
      };
    } else if (value >= 1n << 256n) {
      yield {
        severity: 'information',
        message: 'The public exponent has more than 256 bits; some libraries refuse it. Make the next key with 65537.',
      };
    }
  },
};

const weakSignature: CertificateLint = {
  id: 'certificate-weak-signature',
  title: 'The certificate is signed with a broken digest',
  reference: 'CA/Browser Forum Baseline Requirements 7.1.3.2.1, RFC 9155',
  *check({ certificate }) {
    // Nobody checks the signature of a root: it is trusted as it is.
    if (certificate.selfIssued) return;
    const digest = digestInName(certificate.signatureAlgorithm);
    if (digest === 'md2' || digest === 'md4' || digest === 'md5') {
      yield {
        severity: 'error',
        message: `It is signed with ${digest.toUpperCase()}, which can be forged; every client refuses it. Issue it again with SHA-256.`,
      };
    } else if (digest === 'sha1') {
      yield {
        severity: 'warning',
        message:
          'It is signed with SHA-1, which can be forged; browsers and OpenSSL at security level 2 refuse it. Issue it again with SHA-256.',
      };
    }
  },
};

const compromised: CertificateLint = {
  id: 'certificate-compromised-key',
  title: 'Others can have the private key',
  reference: 'CA/Browser Forum Baseline Requirements 6.1.1.3',
  *check({ certificate, parts }) {
    const weakness = judgeKey(parts.publicKey, certificate.spkiSha256);
    if (weakness !== undefined)
      yield { severity: 'error', message: `${weakness.message} Make a new key and replace the certificate.` };
  },
};

export const keyLints: readonly CertificateLint[] = [weakKey, exponent, weakSignature, compromised];
