/** The outside world, as small interfaces. `node.ts` implements them for Node; tests and the editor have their own. */

/** What a path is. `mode` is the POSIX mode where the file system has one. */
export interface FileInfo {
  readonly kind: 'file' | 'directory' | 'other';
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  readonly mode?: number;
}

/** Why a path gave nothing. */
export type Unreadable = { readonly error: 'missing' | 'forbidden' | 'too-large' | 'other'; readonly message: string };

/** Reads. Paths are absolute with `/`. Nothing rejects: what cannot be read is answered with the reason. */
export interface Files {
  stat(path: string): Promise<FileInfo | Unreadable>;
  /** At most `limit` bytes (default: no limit) from the start of the file. */
  read(path: string, limit?: number): Promise<Uint8Array | Unreadable>;
  /** Names in a folder, unsorted. */
  list(path: string): Promise<readonly { readonly name: string; readonly kind: FileInfo['kind'] }[] | Unreadable>;
  /** The path with every symbolic link followed; the same path where it cannot be resolved. */
  realPath(path: string): Promise<string>;
}

export interface Clock {
  now(): Date;
}

export type Digest = 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** Answer of an operation that this host's library may not know: BoringSSL and OpenSSL differ. */
export type Verdict = 'good' | 'bad' | 'cannot-judge';

export interface Crypto {
  digest(algorithm: Digest, data: Uint8Array): Uint8Array;
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
}

export interface Host {
  readonly files: Files;
  readonly clock: Clock;
  readonly crypto: Crypto;
}

export function isUnreadable(value: unknown): value is Unreadable {
  return typeof value === 'object' && value !== null && 'error' in value;
}
