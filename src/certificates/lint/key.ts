import { bigIntegerOf } from '../asn1/der.ts';
import { readRsaKey } from '../asn1/public-key.ts';
import { hostNamesOf } from '../host-names.ts';
import { digestInName, pssParametersOf } from '../signature-algorithm.ts';
import { judgeKey } from '../weak-keys/judge.ts';
import type { CertificateLint } from './rule.ts';

const publicCurves = ['P-256', 'P-384', 'P-521'];

const weakKey: CertificateLint = {
  id: 'certificate-weak-key',
  title: 'The key is too short or of a kind that clients refuse',
  reference: 'CA/Browser Forum Baseline Requirements 6.1.5, NIST SP 800-57 part 1',
  *check({ certificate, classification, isServer: serves, role }) {
    const { algorithm, bits = 0, curve } = certificate.publicKey;
    // "openssl req -x509" makes a CA of what is meant for a server.
    const isServer = serves || (role !== 'client' && certificate.selfIssued && hostNamesOf(certificate).length > 0);
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
    } else if (isServer && algorithm.startsWith('SLH-DSA')) {
      yield {
        severity: 'warning',
        message: `TLS knows no ${algorithm} keys: nginx and Apache do not start with it. Use EC P-256 or RSA.`,
      };
    } else if (isServer && /^(?:Ed|ML-)/.test(algorithm)) {
      // Whoever has a CA of their own may have only clients that know it.
      yield {
        severity: classification === 'public' ? 'warning' : 'information',
        message: `Browsers accept no ${algorithm} keys in certificates yet. Use EC P-256, at least beside it.`,
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

/** Octets of salt that belong to a digest in TLS 1.3 (RFC 8446 section 4.2.3), and all that browsers and Go know. */
const saltLengths: Readonly<Record<string, number>> = { sha256: 32, sha384: 48, sha512: 64 };

const signatureParameters: CertificateLint = {
  id: 'certificate-signature-parameters',
  title: 'The parameters of the signature are such as clients do not know',
  reference: 'RFC 8446 section 4.2.3, Mozilla Root Store Policy 5.1.1',
  *check({ certificate, parts }) {
    if (certificate.selfIssued) return;
    const pss = pssParametersOf(parts.signatureAlgorithm);
    // What is wrong with SHA-1 is told already.
    if (pss === undefined || pss.digest === 'sha1') return;
    const wanted = saltLengths[pss.digest];
    const digest = pss.digest.replace(/^sha(?=\d)/, 'SHA-').toUpperCase();
    if (wanted !== undefined && pss.saltLength === wanted && pss.maskDigest === pss.digest) return;
    const what =
      wanted === undefined
        ? `RSASSA-PSS and ${digest}`
        : pss.maskDigest === pss.digest
          ? `RSASSA-PSS and ${pss.saltLength} octets of salt`
          : 'RSASSA-PSS and two different digests';
    yield {
      severity: 'warning',
      message: `It is signed with ${what}; Chrome and Go programs refuse it, which know SHA-256 with 32 octets of salt, SHA-384 with 48 and SHA-512 with 64. Issue it again so (-sigopt rsa_pss_saltlen:digest in the words of OpenSSL).`,
    };
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

export const keyLints: readonly CertificateLint[] = [
  weakKey,
  exponent,
  weakSignature,
  signatureParameters,
  compromised,
];
