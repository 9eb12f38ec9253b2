import type { Crypto } from '../host/host.ts';
import type { CertificateSummary } from './certificate.ts';
import { scanPem, textOfFile } from './pem.ts';
import { summarize } from './summary.ts';

/**
 * Summaries of a file that holds certificates in well-formed PEM and nothing else: what nearly all files of an inventory
 * are. Undefined for every other file, which has to be read with care.
 */
export function summarizePem(bytes: Uint8Array, crypto: Crypto): CertificateSummary[] | undefined {
  if (bytes[0] !== 0x2d) return undefined;
  const { text, utf16 } = textOfFile(bytes);
  if (utf16) return undefined;
  const { blocks, problems } = scanPem(text);
  if (problems.length > 0) return undefined;
  const summaries: CertificateSummary[] = [];
  for (const { label, bytes: der, problems: blockProblems } of blocks) {
    if (label !== 'CERTIFICATE' || blockProblems.length > 0) return undefined;
    try {
      summaries.push(summarize(der, crypto));
    } catch {
      return undefined;
    }
  }
  return summaries;
}
