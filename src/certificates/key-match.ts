import { foldersAround } from '../text/path.ts';
import type { CertificateSummary } from './certificate.ts';

/** A private key and where it lies; only its pin is known here. */
export interface KeyPin {
  readonly file: string;
  readonly spkiSha256: string | undefined;
}

type KeyFinder = (certificate: Pick<CertificateSummary, 'spkiSha256'>, certificateFile: string) => string | undefined;

/**
 * Finds the file with the key of a certificate, by public key, wherever the files lie: in the nearest folder, in it that of its own name.
 * Thousands may be copies of one key: of each folder only those are kept that may be the nearest for what lies in it.
 */
export function keyFinder(keys: readonly KeyPin[]): KeyFinder {
  const first = new Map<string, string>();
  for (const { file, spkiSha256 } of keys) {
    if (spkiSha256 === undefined) continue;
    for (const id of placesOf(spkiSha256, file)) {
      const known = first.get(id);
      if (known === undefined || (depth(file) - depth(known) || file.localeCompare(known)) < 0) first.set(id, file);
    }
  }
  return ({ spkiSha256 }, certificateFile) => {
    const own = stem(certificateFile);
    const [nearest] = placesOf(spkiSha256, certificateFile)
      .flatMap((id) => first.get(id) ?? [])
      .sort(
        (a, b) =>
          distance(a, certificateFile) - distance(b, certificateFile) ||
          Number(stem(a) !== own) - Number(stem(b) !== own) ||
          a.localeCompare(b),
      );
    return nearest;
  };
}

/** A file, the folders around it, and each of them for what has its name alone. */
function placesOf(spkiSha256: string, file: string): readonly string[] {
  const around = [file, ...foldersAround(file)].map((place) => spkiSha256 + place);
  return around.flatMap((place) => [place, `${place}//${stem(file)}`]);
}

/** `site` of `/etc/site.key`. */
function stem(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
}

function depth(file: string): number {
  return file.split('/').length;
}

/** How many folders lie between two files. */
function distance(a: string, b: string): number {
  const left = a.split('/');
  const right = b.split('/');
  let shared = 0;
  while (shared < left.length && left[shared] === right[shared]) shared++;
  return left.length + right.length - 2 * shared;
}
