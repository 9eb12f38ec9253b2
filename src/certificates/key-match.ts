import { foldersAround } from '../text/path.ts';
import type { CertificateSummary } from './certificate.ts';

/** A private key and where it lies; only its pin is known here. */
export interface KeyPin {
  readonly file: string;
  readonly spkiSha256: string | undefined;
}

type KeyFinder = (certificate: Pick<CertificateSummary, 'spkiSha256'>, certificateFile: string) => string | undefined;

/** Copies of one key that are simply compared. */
const few = 8;

/**
 * Finds the file with the key of a certificate, by public key, wherever the files lie: in the nearest folder, in it that of its own name.
 * Thousands may be copies of one key: of those only such are compared as are the first ones of a folder around the certificate.
 */
export function keyFinder(keys: readonly KeyPin[]): KeyFinder {
  const byPin = new Map<string, string[]>();
  for (const { file, spkiSha256 } of keys) {
    if (spkiSha256 === undefined) continue;
    const known = byPin.get(spkiSha256);
    if (known === undefined) byPin.set(spkiSha256, [file]);
    else known.push(file);
  }
  const firstByPin = new Map<string, ReadonlyMap<string, string>>();
  return ({ spkiSha256 }, certificateFile) => {
    let files: readonly string[] = byPin.get(spkiSha256) ?? [];
    if (files.length > few) {
      const first = firstByPin.get(spkiSha256) ?? firstOfPlaces(files);
      firstByPin.set(spkiSha256, first);
      files = placesOf(certificateFile).flatMap((place) => first.get(place) ?? []);
    }
    const own = stem(certificateFile);
    const [nearest] = [...files].sort(
      (a, b) =>
        distance(a, certificateFile) - distance(b, certificateFile) ||
        Number(stem(a) !== own) - Number(stem(b) !== own) ||
        a.localeCompare(b),
    );
    return nearest;
  };
}

/** Of each place the file that is the least deep. */
function firstOfPlaces(files: readonly string[]): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  for (const file of files) {
    for (const place of placesOf(file)) {
      const known = first.get(place);
      if (known === undefined || (depth(file) - depth(known) || file.localeCompare(known)) < 0) first.set(place, file);
    }
  }
  return first;
}

/** A file, the folders around it, and each of them for what has its name alone. */
function placesOf(file: string): readonly string[] {
  return [file, ...foldersAround(file)].flatMap((place) => [place, `${place}//${stem(file)}`]);
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
