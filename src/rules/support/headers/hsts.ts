export const hstsHeader = 'Strict-Transport-Security';

/** A `Strict-Transport-Security` value, read as a browser reads it (RFC 6797 section 6.1). */
export interface Hsts {
  /** Seconds; undefined where browsers ignore the header. */
  readonly maxAge: number | undefined;
  readonly includeSubDomains: boolean;
  readonly preload: boolean;
  /** Why browsers ignore the header, as the end of a sentence. */
  readonly problem: string | undefined;
}

/** As nearly all of them are written. */
const usual = /^max-age=(\d+)(; ?includeSubDomains)?(; ?preload)?$/;

/** Undefined where the value holds a variable, so that it cannot be read here. */
export function readHsts(value: string): Hsts | undefined {
  const [, age, subDomains, preload] = usual.exec(value) ?? [];
  if (age !== undefined) {
    const [includeSubDomains, isPreloaded] = [subDomains !== undefined, preload !== undefined];
    return { maxAge: Number(age), includeSubDomains, preload: isPreloaded, problem: undefined };
  }
  if (/[$%]/.test(value)) return undefined;
  const directives = value.split(';').map((part) => part.trim());
  const countOf = (name: string) => directives.filter((directive) => directive.toLowerCase() === name).length;
  const ages = directives.filter((directive) => /^max-age\b/i.test(directive));
  const digits = /^max-age\s*=\s*("?)(\d+)\1$/i.exec(ages[0] ?? '')?.[2];
  const problem =
    problemOf(ages, digits) ?? (countOf('includesubdomains') > 1 ? 'it has includeSubDomains twice' : undefined);
  return {
    maxAge: problem === undefined ? Number(digits) : undefined,
    includeSubDomains: countOf('includesubdomains') > 0,
    preload: countOf('preload') > 0,
    problem,
  };
}

function problemOf(ages: readonly string[], digits: string | undefined): string | undefined {
  if (ages.length === 0) return 'it has no max-age';
  if (ages.length > 1) return 'it has max-age twice';
  return digits === undefined ? `"${ages[0]}" is not max-age=SECONDS` : undefined;
}

export function writeHsts(hsts: Pick<Hsts, 'maxAge' | 'includeSubDomains' | 'preload'>): string {
  const parts = [`max-age=${hsts.maxAge ?? 0}`];
  if (hsts.includeSubDomains) parts.push('includeSubDomains');
  if (hsts.preload) parts.push('preload');
  return parts.join('; ');
}

const day = 86_400;
const year = 365 * day;
const units = [
  { size: year, unit: 'year' },
  { size: day, unit: 'day' },
  { size: 3600, unit: 'hour' },
  { size: 60, unit: 'minute' },
];

/** `2 years`, `1 year`, `180 days`, `5 minutes`. */
export function describeAge(seconds: number): string {
  for (const { size, unit } of units) {
    if (seconds < size) continue;
    const number = Math.round(seconds / size);
    // 28 hours are no day, and 100 seconds are not 2 minutes.
    if (Math.abs(seconds - number * size) > (size === year ? 0 : seconds / 20)) continue;
    return `${number} ${unit}${number === 1 ? '' : 's'}`;
  }
  return `${seconds} second${seconds === 1 ? '' : 's'}`;
}
