import type { Certificate, CertificateSummary } from '../certificate.ts';
import { keyFinder } from '../key-match.ts';
import { fullRecordsOf, recordsOf } from './file.ts';
import type { CertificateRecord, Inventory, KeyRecord, ScanOptions } from './records.ts';
import { scanFolders } from './scan.ts';

export { isCandidate, looksLikeContainer, recordsOf } from './file.ts';

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
  const find = keyFinder(keys);
  const sorted = [...certificates].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.index - b.index));
  return sorted.map(({ file, index, certificate }) => {
    return { file, index, certificate, keyFile: find(certificate, file) };
  });
}
