import type { Crypto, Files } from '../../host/host.ts';
import type { Certificate, CertificateSummary, PublicKey } from '../certificate.ts';
import { keysFor } from '../key-match.ts';
import { fullRecordsOf, recordsOf } from './file.ts';
import { scanFolders } from './scan.ts';

export { isCandidate, looksLikeContainer, recordsOf } from './file.ts';

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
  /** How many files were looked into. */
  readonly files: number;
}

export interface ScanOptions {
  readonly files: Files;
  readonly crypto: Crypto;
  readonly signal?: AbortSignal;
  /** Called now and then with what was seen so far. */
  readonly progress?: (seen: { readonly files: number; readonly certificates: number }) => void;
  /** Bytes; a larger file is named as unreadable where its start looks like ours. Default 16 MiB. */
  readonly maximumSize?: number;
}

/** What one file gives to an inventory. */
export interface FileRecords<C extends CertificateSummary = CertificateSummary> {
  readonly certificates: readonly C[];
  readonly keys: readonly Omit<KeyRecord, 'file' | 'mode'>[];
  readonly problem: Omit<UnreadableRecord, 'file'> | undefined;
}

/**
 * All certificates and private keys below files and folders, with certificates paired to keys by public key. Nothing
 * rejects but an abort; what cannot be read is listed. Folders of packages and version control are skipped.
 * @param paths absolute, with `/`
 */
export async function scan(paths: readonly string[], options: ScanOptions): Promise<Inventory> {
  return paired(await scanFolders(paths, options, recordsOf));
}

/** As `scan`, with every certificate fully decoded. */
export async function scanFully(paths: readonly string[], options: ScanOptions): Promise<Inventory<Certificate>> {
  return paired(await scanFolders(paths, options, fullRecordsOf));
}

function paired<C extends CertificateSummary>(inventory: Inventory<C>): Inventory<C> {
  return { ...inventory, certificates: pairWithKeys(inventory.certificates, inventory.keys) };
}

/** Fills in `keyFile`, and sorts by file and place. */
export function pairWithKeys<C extends CertificateSummary>(
  certificates: readonly Omit<CertificateRecord<C>, 'keyFile'>[],
  keys: readonly KeyRecord[],
): CertificateRecord<C>[] {
  const byPin = new Map<string, { file: string; spkiSha256: string }[]>();
  for (const { file, spkiSha256 } of keys) {
    if (spkiSha256 === undefined) continue;
    const list = byPin.get(spkiSha256);
    if (list === undefined) byPin.set(spkiSha256, [{ file, spkiSha256 }]);
    else list.push({ file, spkiSha256 });
  }
  const sorted = [...certificates].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.index - b.index));
  return sorted.map(({ file, index, certificate }) => {
    const candidates = byPin.get(certificate.spkiSha256);
    const keyFile = candidates && keysFor(certificate, candidates, file)[0]?.file;
    return { file, index, certificate, keyFile };
  });
}
