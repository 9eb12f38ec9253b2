import type { Version } from '../../../text/version.ts';
import { compareVersions } from '../../../text/version.ts';

const compared = new Map<Version, Map<Version, number>>();

/** `compareVersions`, remembered: a configuration asks for the same few pairs at each directive. */
export function compare(a: Version, b: Version): number {
  let row = compared.get(a);
  if (!row) {
    row = new Map();
    compared.set(a, row);
  }
  let result = row.get(b);
  if (result === undefined) {
    result = compareVersions(a, b);
    row.set(b, result);
  }
  return result;
}

/** True where a version is the minimum or newer. */
export function reaches(version: Version, minimum: Version): boolean {
  return compare(version, minimum) >= 0;
}
