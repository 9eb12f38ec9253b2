import type { Crypto, Files } from '../../host/host.ts';
import type { CertificateSummary, PublicKey } from '../certificate.ts';

/** One certificate of the workspace. `C` is a summary, or the whole certificate where the scan was asked for it. */
export interface CertificateRecord<C extends CertificateSummary = CertificateSummary> {
  readonly file: string;
  /** Which certificate of the file, from 0. */
  readonly index: number;
  readonly certificate: C;
  /** The nearest file with the private key of the certificate. */
  readonly keyFile: string | undefined;
}

/** One private key of the workspace: what may be known of it. */
export interface KeyRecord {
  readonly file: string;
  readonly format: string;
  readonly publicKey: PublicKey | undefined;
  readonly encrypted: boolean;
  readonly spkiSha256: string | undefined;
  /** What to say of it where it stands for the key of another certificate. */
  readonly mismatch?: string;
  /** POSIX mode of the file, where there is one. */
  readonly mode: number | undefined;
}

export interface UnreadableRecord {
  readonly file: string;
  readonly reason: string;
  /** Nothing is wrong with the file: its password opens it. */
  readonly locked?: true;
}

export interface Inventory<C extends CertificateSummary = CertificateSummary> {
  readonly certificates: readonly CertificateRecord<C>[];
  readonly keys: readonly KeyRecord[];
  readonly unreadable: readonly UnreadableRecord[];
  /** The files that hold revocation lists or OCSP responses. Those are long, and read again when they are needed. */
  readonly revocationLists: readonly { readonly file: string }[];
  /** How many files were looked into. */
  readonly files: number;
}

export interface ScanOptions {
  readonly files: Files;
  readonly crypto: Crypto;
  readonly signal?: AbortSignal;
  /** Called now and then with what was seen so far. */
  readonly progress?: (seen: { readonly files: number; readonly certificates: number }) => void;
}

/** What one file gives to an inventory. */
export interface FileRecords<C extends CertificateSummary = CertificateSummary> {
  readonly certificates: readonly C[];
  readonly keys: readonly Omit<KeyRecord, 'file' | 'mode'>[];
  readonly problem: Omit<UnreadableRecord, 'file'> | undefined;
  readonly hasRevocationLists?: boolean;
}
