import type { Cipher, Crypto, Digest } from '../../host/host.ts';
import {
  childrenOf,
  concatBytes,
  DerError,
  type Element,
  numberOf,
  octetsOf,
  oidOf,
  readElement,
  tags,
} from '../asn1/der.ts';
import { digestNames } from '../asn1/oids.ts';
import { utf8Bytes, utf16Bytes } from '../asn1/strings.ts';
import { derivePkcs12 } from './pkcs12-derivation.ts';
import { decryptRc2 } from './rc2.ts';
import { cryptRc4 } from './rc4.ts';

/** What became of decrypting: the plain bytes, a wrong password, or a host that lacks the algorithm. */
export type Decrypted = Uint8Array | 'wrong-password' | 'cannot-judge';

/** A key derivation is done by whoever opens a file, so a file may not ask for minutes of it: a second or two at most. */
export const maximumIterations = 2_000_000;
/** The same for derivations that call a digest round by round. */
export const maximumRounds = 300_000;

type BlockCipher = {
  readonly cipher: Cipher | 'rc2' | 'rc4';
  readonly keyLength: number;
  readonly ivLength: number;
  readonly name: string;
};

const pbes2Ciphers: Readonly<Record<string, BlockCipher>> = {
  '2.16.840.1.101.3.4.1.2': { cipher: 'aes-128-cbc', keyLength: 16, ivLength: 16, name: 'AES-128-CBC' },
  '2.16.840.1.101.3.4.1.22': { cipher: 'aes-192-cbc', keyLength: 24, ivLength: 16, name: 'AES-192-CBC' },
  '2.16.840.1.101.3.4.1.42': { cipher: 'aes-256-cbc', keyLength: 32, ivLength: 16, name: 'AES-256-CBC' },
  // RFC 3657 and RFC 5794
  '1.2.392.200011.61.1.1.1.2': { cipher: 'camellia-128-cbc', keyLength: 16, ivLength: 16, name: 'Camellia-128-CBC' },
  '1.2.392.200011.61.1.1.1.3': { cipher: 'camellia-192-cbc', keyLength: 24, ivLength: 16, name: 'Camellia-192-CBC' },
  '1.2.392.200011.61.1.1.1.4': { cipher: 'camellia-256-cbc', keyLength: 32, ivLength: 16, name: 'Camellia-256-CBC' },
  '1.2.410.200046.1.1.2': { cipher: 'aria-128-cbc', keyLength: 16, ivLength: 16, name: 'ARIA-128-CBC' },
  '1.2.410.200046.1.1.7': { cipher: 'aria-192-cbc', keyLength: 24, ivLength: 16, name: 'ARIA-192-CBC' },
  '1.2.410.200046.1.1.12': { cipher: 'aria-256-cbc', keyLength: 32, ivLength: 16, name: 'ARIA-256-CBC' },
  '1.2.840.113549.3.7': { cipher: 'des-ede3-cbc', keyLength: 24, ivLength: 8, name: '3DES-CBC' },
  '1.3.14.3.2.7': { cipher: 'des-cbc', keyLength: 8, ivLength: 8, name: 'DES-CBC' },
  '1.2.840.113549.3.2': { cipher: 'rc2', keyLength: 16, ivLength: 8, name: 'RC2-CBC' },
};

/** PBE of PKCS #12 (RFC 7292 appendix C), all over SHA-1. */
const pkcs12Ciphers: Readonly<Record<string, BlockCipher>> = {
  '1.2.840.113549.1.12.1.1': { cipher: 'rc4', keyLength: 16, ivLength: 0, name: 'RC4-128' },
  '1.2.840.113549.1.12.1.2': { cipher: 'rc4', keyLength: 5, ivLength: 0, name: 'RC4-40' },
  '1.2.840.113549.1.12.1.3': { cipher: 'des-ede3-cbc', keyLength: 24, ivLength: 8, name: '3DES' },
  '1.2.840.113549.1.12.1.4': { cipher: 'des-ede3-cbc', keyLength: 16, ivLength: 8, name: '2-key 3DES' },
  '1.2.840.113549.1.12.1.5': { cipher: 'rc2', keyLength: 16, ivLength: 8, name: 'RC2-128' },
  '1.2.840.113549.1.12.1.6': { cipher: 'rc2', keyLength: 5, ivLength: 8, name: 'RC2-40' },
};

/** PBES1 (RFC 8018 appendix A.3): PBKDF1 with MD5 or SHA-1. */
const pbes1: Readonly<
  Record<string, { readonly digest: Digest; readonly cipher: 'des-cbc' | 'rc2'; readonly name: string }>
> = {
  '1.2.840.113549.1.5.3': { digest: 'md5', cipher: 'des-cbc', name: 'MD5 and DES' },
  '1.2.840.113549.1.5.6': { digest: 'md5', cipher: 'rc2', name: 'MD5 and RC2' },
  '1.2.840.113549.1.5.10': { digest: 'sha1', cipher: 'des-cbc', name: 'SHA-1 and DES' },
  '1.2.840.113549.1.5.11': { digest: 'sha1', cipher: 'rc2', name: 'SHA-1 and RC2' },
};

const pbes2Oid = '1.2.840.113549.1.5.13';
const pbkdf2Oid = '1.2.840.113549.1.5.12';
const scryptOid = '1.3.6.1.4.1.11591.4.11';

const hmacDigests: Readonly<Record<string, Digest>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};

/** An encryption's AlgorithmIdentifier in words, needing no password: `PBES2 with AES-256-CBC, PBKDF2 with HMAC-SHA256, 2048 rounds`. */
export function describeEncryption(algorithm: Element): string {
  try {
    const [oid, parameters] = childrenOf(algorithm);
    const name = oid === undefined ? '' : oidOf(oid);
    if (name === pbes2Oid && parameters !== undefined) {
      const [derivation, scheme] = childrenOf(parameters);
      return `PBES2 with ${describeScheme(scheme)}, ${describeDerivation(derivation)}`;
    }
    const rounds = parameters === undefined ? '' : `, ${numberOf(childrenOf(parameters)[1] as Element)} rounds`;
    if (pkcs12Ciphers[name] !== undefined) return `PKCS #12 PBE with SHA-1 and ${pkcs12Ciphers[name].name}${rounds}`;
    if (pbes1[name] !== undefined) return `PBES1 with ${pbes1[name].name}${rounds}`;
    return name;
  } catch {
    return 'an encryption that cannot be read';
  }
}

function describeScheme(scheme: Element | undefined): string {
  const oid = scheme === undefined ? '' : oidOf(readElement(scheme.bytes, scheme.content, scheme.end));
  return pbes2Ciphers[oid]?.name ?? oid;
}

export function describeDerivation(derivation: Element | undefined): string {
  if (derivation === undefined) return 'no key derivation';
  const [oid, parameters] = childrenOf(derivation);
  const name = oid === undefined ? '' : oidOf(oid);
  if (parameters === undefined) return name;
  if (name === scryptOid) return `scrypt with N=${numberOf(childrenOf(parameters)[1] as Element)}`;
  if (name !== pbkdf2Oid) return name;
  const { iterations, digest, prf } = readPbkdf2(parameters);
  return `PBKDF2 with ${digest === undefined ? prf : `HMAC-${digest.toUpperCase()}`}, ${iterations} rounds`;
}

/**
 * RFC 8018 appendix A.2: `length` of the key in bytes, and no `digest` where the function is not known here.
 * @throws DerError where they cannot be read
 */
export function readPbkdf2(parameters: Element) {
  const [salt, iterations, ...rest] = childrenOf(parameters);
  if (salt === undefined || iterations === undefined)
    throw new DerError('PBKDF2 lacks its parameters', parameters.start);
  const length = rest.find((field) => field.tag === tags.integer);
  const prf = rest.find((field) => field.tag === tags.sequence);
  const oid = prf && oidOf(readElement(prf.bytes, prf.content, prf.end));
  return {
    salt: octetsOf(salt),
    iterations: numberOf(iterations),
    length: length && numberOf(length),
    prf: oid,
    digest: oid === undefined ? ('sha1' as const) : (hmacDigests[oid] ?? asDigest(digestNames[oid])),
  };
}

function asDigest(name: string | undefined): Digest | undefined {
  return name === 'sha1' || name === 'sha224' || name === 'sha256' || name === 'sha384' || name === 'sha512'
    ? name
    : undefined;
}

/**
 * Decrypts what a password protects (RFC 8018, RFC 7292).
 * @param limit iterations that are worth it
 * @throws DerError where the parameters cannot be read
 */
export function decryptWithPassword(
  algorithm: Element,
  password: string,
  data: Uint8Array,
  crypto: Crypto,
  limit = maximumIterations,
): Decrypted {
  const [oid, parameters] = childrenOf(algorithm);
  if (oid === undefined || parameters === undefined) return 'cannot-judge';
  const name = oidOf(oid);
  if (name === pbes2Oid) return decryptPbes2(parameters, password, data, crypto, limit);
  const [saltElement, roundsElement] = childrenOf(parameters);
  if (saltElement === undefined || roundsElement === undefined) return 'cannot-judge';
  const salt = octetsOf(saltElement);
  const rounds = numberOf(roundsElement);
  if (rounds < 1 || rounds > Math.min(limit, maximumRounds)) return 'cannot-judge';
  const pkcs12 = pkcs12Ciphers[name];
  if (pkcs12 !== undefined) {
    const open = (secret: Uint8Array) => {
      const key = derivePkcs12('sha1', secret, salt, 1, rounds, pkcs12.keyLength, crypto);
      const iv = derivePkcs12('sha1', secret, salt, 2, rounds, pkcs12.ivLength, crypto);
      return decipher(pkcs12.cipher, key, iv, data, crypto, pkcs12.keyLength * 8);
    };
    const opened = open(utf16Bytes(`${password}\0`));
    // No password is not the same as an empty one: some programs leave the closing zeros out with it.
    return password === '' && !(opened instanceof Uint8Array && opened[0] === 0x30) ? open(new Uint8Array(0)) : opened;
  }
  const old = pbes1[name];
  if (old === undefined) return 'cannot-judge';
  let derived = crypto.digest(old.digest, concatBytes([utf8Bytes(password), salt]));
  for (let round = 1; round < rounds; round++) derived = crypto.digest(old.digest, derived);
  return decipher(old.cipher, derived.subarray(0, 8), derived.subarray(8, 16), data, crypto, 64);
}

function decryptPbes2(
  parameters: Element,
  password: string,
  data: Uint8Array,
  crypto: Crypto,
  limit: number,
): Decrypted {
  const [derivation, scheme] = childrenOf(parameters);
  if (derivation === undefined || scheme === undefined) return 'cannot-judge';
  const [schemeOid, schemeParameters] = childrenOf(scheme);
  const cipher = schemeOid && pbes2Ciphers[oidOf(schemeOid)];
  if (cipher === undefined || schemeParameters === undefined) return 'cannot-judge';
  const isRc2 = cipher.cipher === 'rc2' && schemeParameters.tag === tags.sequence;
  const ivElement = isRc2 ? childrenOf(schemeParameters).at(-1) : schemeParameters;
  const key = derivePbes2(derivation, utf8Bytes(password), cipher.keyLength, crypto, limit);
  if (key === undefined || ivElement === undefined) return 'cannot-judge';
  return decipher(cipher.cipher, key, octetsOf(ivElement), data, crypto, rc2Bits(schemeParameters, key.length * 8));
}

/** RFC 2268 section 6: the parameter encodes the effective key bits. */
function rc2Bits(parameters: Element, fallback: number): number {
  if (parameters.tag !== tags.sequence) return fallback;
  const version = numberOf(childrenOf(parameters)[0] as Element);
  return version === 160 ? 40 : version === 120 ? 64 : version === 58 ? 128 : version >= 256 ? version : fallback;
}

function derivePbes2(
  derivation: Element,
  password: Uint8Array,
  keyLength: number,
  crypto: Crypto,
  limit: number,
): Uint8Array | undefined {
  const [oid, parameters] = childrenOf(derivation);
  if (oid === undefined || parameters === undefined) return undefined;
  if (oidOf(oid) === scryptOid) {
    const [salt, cost, blockSize, parallel] = childrenOf(parameters);
    if (salt === undefined || cost === undefined || blockSize === undefined || parallel === undefined) return undefined;
    if (limit < maximumIterations) return undefined;
    return crypto.scrypt(password, octetsOf(salt), numberOf(cost), numberOf(blockSize), numberOf(parallel), keyLength);
  }
  if (oidOf(oid) !== pbkdf2Oid) return undefined;
  const { salt, iterations, length, digest } = readPbkdf2(parameters);
  if (digest === undefined || iterations > limit) return undefined;
  return crypto.pbkdf2(digest, password, salt, iterations, Math.min(length ?? keyLength, 64));
}

function decipher(
  cipher: Cipher | 'rc2' | 'rc4',
  key: Uint8Array,
  iv: Uint8Array,
  data: Uint8Array,
  crypto: Crypto,
  rc2KeyBits: number,
): Decrypted {
  if (cipher === 'rc4') return cryptRc4(key, data);
  if (cipher === 'rc2') return decryptRc2(key, rc2KeyBits, iv, data) ?? 'wrong-password';
  // Two-key triple DES is three-key triple DES with the first key again.
  const full = cipher === 'des-ede3-cbc' && key.length === 16 ? concatBytes([key, key.subarray(0, 8)]) : key;
  // Node has no plain DES without the legacy provider; triple DES with one key thrice is the same function.
  const [name, actual] =
    cipher === 'des-cbc' ? (['des-ede3-cbc', concatBytes([key, key, key])] as const) : ([cipher, full] as const);
  return crypto.decrypt(name, actual, iv, data) ?? 'wrong-password';
}

const legacyCiphers: Readonly<Record<string, { readonly cipher: Cipher | 'rc2'; readonly keyLength: number }>> = {
  'AES-128-CBC': { cipher: 'aes-128-cbc', keyLength: 16 },
  'AES-192-CBC': { cipher: 'aes-192-cbc', keyLength: 24 },
  'AES-256-CBC': { cipher: 'aes-256-cbc', keyLength: 32 },
  'DES-EDE3-CBC': { cipher: 'des-ede3-cbc', keyLength: 24 },
  'DES-CBC': { cipher: 'des-cbc', keyLength: 8 },
  'CAMELLIA-128-CBC': { cipher: 'camellia-128-cbc', keyLength: 16 },
  'CAMELLIA-192-CBC': { cipher: 'camellia-192-cbc', keyLength: 24 },
  'CAMELLIA-256-CBC': { cipher: 'camellia-256-cbc', keyLength: 32 },
  'ARIA-128-CBC': { cipher: 'aria-128-cbc', keyLength: 16 },
  'ARIA-192-CBC': { cipher: 'aria-192-cbc', keyLength: 24 },
  'ARIA-256-CBC': { cipher: 'aria-256-cbc', keyLength: 32 },
  'RC2-CBC': { cipher: 'rc2', keyLength: 16 },
};

/** Old OpenSSL encryption of PEM: `DEK-Info: AES-256-CBC,0123…`, the key from MD5 of password and salt (EVP_BytesToKey(3)). */
export function decryptLegacyPem(dekInfo: string, password: string, data: Uint8Array, crypto: Crypto): Decrypted {
  const [name = '', ivHex = ''] = dekInfo.split(',').map((part) => part.trim());
  const known = legacyCiphers[name.toUpperCase()];
  if (known === undefined || !/^(?:[0-9a-f]{2}){8,16}$/i.test(ivHex)) return 'cannot-judge';
  const iv = Uint8Array.from(ivHex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const secret = concatBytes([utf8Bytes(password), iv.subarray(0, 8)]);
  let key: Uint8Array = new Uint8Array(0);
  let block: Uint8Array = new Uint8Array(0);
  while (key.length < known.keyLength) {
    block = crypto.digest('md5', concatBytes([block, secret]));
    key = concatBytes([key, block]);
  }
  return decipher(known.cipher, key.subarray(0, known.keyLength), iv, data, crypto, known.keyLength * 8);
}
