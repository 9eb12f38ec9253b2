/** The outside world, as small interfaces. `node.ts` implements them for Node; tests and the editor have their own. */

/** What a path is. `mode` is the POSIX mode where the file system has one. */
export interface FileInfo {
  readonly kind: 'file' | 'directory' | 'other';
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  readonly mode?: number;
}

/** Bytes. Nothing that people keep, and that is read whole, is larger: containers of certificates, dumps of configurations. */
export const longestInput = 64 * 1_048_576;

/** Why a path gave nothing. */
export type Unreadable = { readonly error: 'missing' | 'forbidden' | 'too-large' | 'other'; readonly message: string };

/** Reads. Paths are absolute with `/`. Nothing rejects: what cannot be read is answered with the reason. */
export interface Files {
  stat(path: string): Promise<FileInfo | Unreadable>;
  /** At most `limit` bytes from the start of the file; by default all of a file, and of what is none up to `longestInput`. */
  read(path: string, limit?: number): Promise<Uint8Array | Unreadable>;
  /**
   * All of a file that has at most `largest` bytes; of a larger one, and of what is no file, only what `stat` says. One step
   * in place of two. Absent where it would be no quicker.
   */
  readSmall?(path: string, largest: number): Promise<Uint8Array | FileInfo | Unreadable>;
  /** Names in a folder, unsorted. */
  list(path: string): Promise<readonly { readonly name: string; readonly kind: FileInfo['kind'] }[] | Unreadable>;
  /** The path with every symbolic link followed; the same path where it cannot be resolved. */
  realPath(path: string): Promise<string>;
  /**
   * Opens file after file without waiting, for scans of many thousands, where promises cost more than the reading. The
   * caller keeps the batches short. Absent where files are not on this machine's own file system.
   */
  lookInto?(paths: readonly string[], limit: number, look: (path: string, file: OpenFile | Unreadable) => void): void;
}

/** A file while it is open, only good until `look` returns: object and memory are used again. */
export interface OpenFile {
  /** At most the asked-for number of bytes. */
  readonly start: Uint8Array;
  info(): FileInfo;
  /** All bytes, in memory of their own. */
  readAll(): Uint8Array | Unreadable;
}

export interface Clock {
  now(): Date;
}

export type Digest = 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';

/** Block ciphers of key containers, by OpenSSL's names; padding is PKCS #7. */
export type Cipher = `${'aes' | 'camellia' | 'aria'}-${128 | 192 | 256}-cbc` | 'des-ede3-cbc' | 'des-cbc';

/** Answer of an operation that this host's library may not know: BoringSSL and OpenSSL differ. */
export type Verdict = 'good' | 'bad' | 'cannot-judge';

export interface Crypto {
  digest(algorithm: Digest, data: Uint8Array): Uint8Array;
  /** The same in lower case hex, where the library has a shorter way to it: inventories ask for it by the ten thousand. */
  digestHex?(algorithm: Digest, data: Uint8Array): string;
  /**
   * Bytes of the base64 between two offsets, line ends skipped; foreign characters too, so the caller checks what came. The
   * memory is used again by the next call. Absent where the host has no quicker way than a loop.
   */
  decodeBase64?(text: Uint8Array, start: number, end: number): Uint8Array;
  /**
   * Verifies a signature over `data`.
   * @param signatureAlgorithm DER of the AlgorithmIdentifier
   * @param subjectPublicKeyInfo DER of the signer's SubjectPublicKeyInfo
   */
  verify(
    signatureAlgorithm: Uint8Array,
    subjectPublicKeyInfo: Uint8Array,
    data: Uint8Array,
    signature: Uint8Array,
  ): Verdict;
  hmac(algorithm: Digest, key: Uint8Array, data: Uint8Array): Uint8Array;
  /** RFC 8018 section 5.2; undefined where this host's library refuses the parameters. */
  pbkdf2(
    algorithm: Digest,
    password: Uint8Array,
    salt: Uint8Array,
    iterations: number,
    length: number,
  ): Uint8Array | undefined;
  /** RFC 7914; undefined where the parameters want more memory than this host gives (512 MB). */
  scrypt(
    password: Uint8Array,
    salt: Uint8Array,
    cost: number,
    blockSize: number,
    parallelization: number,
    length: number,
  ): Uint8Array | undefined;
  /** Undefined where this host's library does not know the cipher. */
  encrypt(cipher: Cipher, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array | undefined;
  /** Undefined where key or data are wrong, `cannot-judge` where this host's library does not know the cipher. */
  decrypt(cipher: Cipher, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array | 'cannot-judge' | undefined;
  /** DER of the SubjectPublicKeyInfo of a private key in PKCS #8 DER; undefined where the library does not know the kind. */
  publicKey(privateKey: Uint8Array): Uint8Array | undefined;
  randomBytes(length: number): Uint8Array;
}

/** A store of certificates that some program trusts, not yet decoded: PEM or a Java key store. */
export interface TrustSource {
  /** As a sentence names it: `Node.js`, `the system`, `Java`, a file. */
  readonly name: string;
  /** Only public CAs are in it; the system's store may hold others. */
  readonly isPublic: boolean;
  readonly bytes: Uint8Array;
}

export interface Host {
  readonly files: Files;
  readonly clock: Clock;
  readonly crypto: Crypto;
}

export function isUnreadable(value: unknown): value is Unreadable {
  return typeof value === 'object' && value !== null && 'error' in value;
}
