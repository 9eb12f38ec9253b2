import type { CertificateSummary } from './certificate.ts';

/** A private key and where it lies; only its pin is known here. */
export interface KeyPin {
  readonly file: string;
  readonly spkiSha256: string;
}

/** The keys that belong to a certificate, by public key, wherever the files lie; nearest folder first. */
export function keysFor<K extends KeyPin>(
  certificate: Pick<CertificateSummary, 'spkiSha256'>,
  keys: readonly K[],
  certificateFile: string,
): K[] {
  return keys
    .filter((key) => key.spkiSha256 === certificate.spkiSha256)
    .sort(
      (a, b) => distance(a.file, certificateFile) - distance(b.file, certificateFile) || a.file.localeCompare(b.file),
    );
}

/** How many folders lie between two files. */
function distance(a: string, b: string): number {
  const left = a.split('/');
  const right = b.split('/');
  let shared = 0;
  while (shared < left.length && left[shared] === right[shared]) shared++;
  return left.length + right.length - 2 * shared;
}
