import type { CertificateSummary } from './certificate.ts';

/** A private key and where it lies; only its pin is known here. */
export interface KeyPin {
  readonly file: string;
  readonly spkiSha256: string;
}

/** The keys that belong to a certificate, by public key, wherever the files lie: nearest folder first, in it the file of its own name. */
export function keysFor<K extends KeyPin>(
  certificate: Pick<CertificateSummary, 'spkiSha256'>,
  keys: readonly K[],
  certificateFile: string,
): K[] {
  const own = stem(certificateFile);
  return keys
    .filter((key) => key.spkiSha256 === certificate.spkiSha256)
    .sort(
      (a, b) =>
        distance(a.file, certificateFile) - distance(b.file, certificateFile) ||
        Number(stem(a.file) !== own) - Number(stem(b.file) !== own) ||
        a.file.localeCompare(b.file),
    );
}

/** `site` of `/etc/site.key`. */
function stem(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
}

/** How many folders lie between two files. */
function distance(a: string, b: string): number {
  const left = a.split('/');
  const right = b.split('/');
  let shared = 0;
  while (shared < left.length && left[shared] === right[shared]) shared++;
  return left.length + right.length - 2 * shared;
}
