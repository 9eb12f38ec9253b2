import * as nodeModule from 'node:crypto';
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  pbkdf2Sync,
  randomBytes,
  scryptSync,
  verify,
} from 'node:crypto';
import type { Crypto, Verdict } from './host.ts';

/** crypto.hash came with Node 20.12, and the types that we build against are older. */
interface OneShotHash {
  (algorithm: string, data: Uint8Array, encoding: 'hex'): string;
  (algorithm: string, data: Uint8Array, encoding: 'buffer'): Buffer;
}
const oneShotHash = (nodeModule as { readonly hash?: OneShotHash }).hash;

let decoded = Buffer.allocUnsafeSlow(8192);

/** Node's crypto: OpenSSL in Node itself, BoringSSL in the editor's desktop build. What the library lacks is `undefined`. */
export const nodeCrypto: Crypto = {
  digest(algorithm, data) {
    return oneShotHash === undefined
      ? createHash(algorithm).update(data).digest()
      : oneShotHash(algorithm, data, 'buffer');
  },

  digestHex(algorithm, data) {
    return oneShotHash === undefined
      ? createHash(algorithm).update(data).digest('hex')
      : oneShotHash(algorithm, data, 'hex');
  },

  decodeBase64(text, start, end) {
    const size = ((end - start) * 3) >> 2;
    if (size > decoded.length) decoded = Buffer.allocUnsafeSlow(size * 2);
    const buffer = Buffer.isBuffer(text) ? text : Buffer.from(text.buffer, text.byteOffset, text.length);
    return decoded.subarray(0, decoded.write(buffer.toString('latin1', start, end), 'base64'));
  },

  verify(signatureAlgorithm, subjectPublicKeyInfo, data, signature) {
    const scheme = signatureScheme(signatureAlgorithm);
    if (scheme === undefined) return 'cannot-judge';
    const key = attempt(() => createPublicKey({ key: Buffer.from(subjectPublicKeyInfo), format: 'der', type: 'spki' }));
    if (key === undefined) return 'cannot-judge';
    return verdict(scheme, key, data, signature);
  },

  hmac(algorithm, key, data) {
    return createHmac(algorithm, key).update(data).digest();
  },

  pbkdf2(algorithm, password, salt, iterations, length) {
    return attempt(() => pbkdf2Sync(password, salt, iterations, length, algorithm));
  },

  scrypt(password, salt, cost, blockSize, parallelization, length) {
    const maxmem = 128 * cost * blockSize * parallelization * 2 + 1024 * 1024;
    if (maxmem > 512 * 1024 * 1024) return undefined;
    return attempt(() => scryptSync(password, salt, length, { N: cost, r: blockSize, p: parallelization, maxmem }));
  },

  encrypt(cipher, key, iv, data) {
    return attempt(() => {
      const stream = createCipheriv(cipher, key, iv);
      return Buffer.concat([stream.update(data), stream.final()]);
    });
  },

  decrypt(cipher, key, iv, data) {
    let stream: ReturnType<typeof createDecipheriv>;
    try {
      stream = createDecipheriv(cipher, key, iv);
    } catch {
      return 'cannot-judge';
    }
    return attempt(() => Buffer.concat([stream.update(data), stream.final()]));
  },

  publicKey(privateKey) {
    return attempt(() => {
      const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
      return createPublicKey(key).export({ format: 'der', type: 'spki' });
    });
  },

  randomBytes(length) {
    return randomBytes(length);
  },
};

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

/** How a signature algorithm is asked of Node: the digest (null where the algorithm has its own), and PSS parameters. */
interface Scheme {
  readonly digest: string | null;
  readonly pss?: { readonly saltLength: number };
  /** Key types (KeyObject.asymmetricKeyType) that the algorithm belongs to; another key cannot have made it. */
  readonly keys: readonly string[];
}

function verdict(scheme: Scheme, key: KeyObject, data: Uint8Array, signature: Uint8Array): Verdict {
  const type = key.asymmetricKeyType;
  if (type !== undefined && !scheme.keys.includes(type)) return 'bad';
  try {
    const pss = scheme.pss && { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: scheme.pss.saltLength };
    return verify(scheme.digest, data, pss ? { key, ...pss } : key, signature) ? 'good' : 'bad';
  } catch {
    return 'cannot-judge';
  }
}

const rsa = ['rsa'];
const ec = ['ec'];
const dsa = ['dsa'];
const schemes: Readonly<Record<string, Scheme>> = {
  // PKCS #1 (RFC 8017 appendix A.2.4) and NIST's SHA-3 variants
  '2a864886f70d010104': { digest: 'md5', keys: rsa },
  '2a864886f70d010105': { digest: 'sha1', keys: rsa },
  '2a864886f70d01010b': { digest: 'sha256', keys: rsa },
  '2a864886f70d01010c': { digest: 'sha384', keys: rsa },
  '2a864886f70d01010d': { digest: 'sha512', keys: rsa },
  '2a864886f70d01010e': { digest: 'sha224', keys: rsa },
  '2b0e03021d': { digest: 'sha1', keys: rsa },
  '60864801650304030e': { digest: 'sha3-256', keys: rsa },
  '60864801650304030f': { digest: 'sha3-384', keys: rsa },
  '608648016503040310': { digest: 'sha3-512', keys: rsa },
  // ECDSA (RFC 5758)
  '2a8648ce3d0401': { digest: 'sha1', keys: ec },
  '2a8648ce3d040301': { digest: 'sha224', keys: ec },
  '2a8648ce3d040302': { digest: 'sha256', keys: ec },
  '2a8648ce3d040303': { digest: 'sha384', keys: ec },
  '2a8648ce3d040304': { digest: 'sha512', keys: ec },
  '60864801650304030a': { digest: 'sha3-256', keys: ec },
  '60864801650304030b': { digest: 'sha3-384', keys: ec },
  '60864801650304030c': { digest: 'sha3-512', keys: ec },
  // DSA (RFC 5758)
  '2a8648ce380403': { digest: 'sha1', keys: dsa },
  '608648016503040301': { digest: 'sha224', keys: dsa },
  '608648016503040302': { digest: 'sha256', keys: dsa },
  '608648016503040303': { digest: 'sha384', keys: dsa },
  '608648016503040304': { digest: 'sha512', keys: dsa },
  // EdDSA (RFC 8410), ML-DSA (FIPS 204)
  '2b6570': { digest: null, keys: ['ed25519'] },
  '2b6571': { digest: null, keys: ['ed448'] },
  '608648016503040311': { digest: null, keys: ['ml-dsa-44'] },
  '608648016503040312': { digest: null, keys: ['ml-dsa-65'] },
  '608648016503040313': { digest: null, keys: ['ml-dsa-87'] },
};

const rsaPss = '2a864886f70d01010a';
const digestsByOid: Readonly<Record<string, string>> = {
  '2b0e03021a': 'sha1',
  '608648016503040204': 'sha224',
  '608648016503040201': 'sha256',
  '608648016503040202': 'sha384',
  '608648016503040203': 'sha512',
};

function signatureScheme(algorithm: Uint8Array): Scheme | undefined {
  const oid = firstOid(algorithm);
  if (oid === undefined) return undefined;
  return oid.hex === rsaPss ? pssScheme(algorithm.subarray(oid.end)) : schemes[oid.hex];
}

/** The object identifier that an AlgorithmIdentifier starts with, in hex, and where it ends. */
function firstOid(der: Uint8Array): { hex: string; end: number } | undefined {
  const header = der[0] === 0x30 ? (((der[1] ?? 0) & 0x80) === 0 ? 2 : 2 + ((der[1] ?? 0) & 0x7f)) : -1;
  const length = der[header + 1];
  if (header < 0 || der[header] !== 0x06 || length === undefined || length > 0x7f) return undefined;
  const end = header + 2 + length;
  return { hex: Buffer.from(der.subarray(header + 2, end)).toString('hex'), end };
}

/**
 * RSASSA-PSS-params (RFC 4055 section 3.1): `[0]` hash, `[1]` mask generation with its own hash, `[2]` salt length.
 * Node takes one digest for both, so parameters with two different ones cannot be judged.
 */
function pssScheme(parameters: Uint8Array): Scheme | undefined {
  const hex = Buffer.from(parameters).toString('hex');
  const hash = /a0[0-9a-f]{2}30[0-9a-f]{2}06(?:05(2b0e03021a)|09(6086480165030402[0-9a-f]{2}))/.exec(hex);
  const mask = /06092a864886f70d01010830[0-9a-f]{2}06(?:05(2b0e03021a)|09(6086480165030402[0-9a-f]{2}))/.exec(hex);
  const salt = /a2(?:030201([0-9a-f]{2})|040202([0-9a-f]{4}))/.exec(hex);
  const digest = digestsByOid[hash?.[1] ?? hash?.[2] ?? '2b0e03021a'];
  const maskDigest = digestsByOid[mask?.[1] ?? mask?.[2] ?? '2b0e03021a'];
  if (digest === undefined || digest !== maskDigest) return undefined;
  const saltLength = salt === null ? 20 : Number.parseInt(salt[1] ?? salt[2] ?? '14', 16);
  return { digest, pss: { saltLength }, keys: ['rsa', 'rsa-pss'] };
}
