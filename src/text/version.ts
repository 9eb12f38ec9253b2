/** A dotted version such as `1.26.3`, `2.4.68`, `3.5` or `1.1.1w`. */
export type Version = string;

/** Negative, zero or positive as `a` is older than, the same as or newer than `b`; missing parts count as 0. */
export function compareVersions(a: Version, b: Version): number {
  if (a === b) return 0;
  const left = parts(a);
  const right = parts(b);
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export function atLeastVersion(version: Version, minimum: Version): boolean {
  return compareVersions(version, minimum) >= 0;
}

/** A letter after a number (OpenSSL 1.0.2k) counts as one more part. Few versions are compared very often. */
function parts(version: Version): readonly number[] {
  const known = read.get(version);
  if (known !== undefined) return known;
  const fresh = readParts(version);
  if (read.size < 10_000) read.set(version, fresh);
  return fresh;
}

const read = new Map<Version, readonly number[]>();

function readParts(version: Version): readonly number[] {
  return [...version.matchAll(/\d+|[a-z]+/gi)].map(([part]) =>
    /\d/.test(part) ? Number(part) : part.toLowerCase().charCodeAt(0) - 96,
  );
}
