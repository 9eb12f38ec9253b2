import { compareVersions, type Version } from '../../../text/version.ts';
import type { VersionRange } from '../../language.ts';

/** All that there were, and those to come as they are counted: three of each major version. */
const series: readonly Version[] = [
  ...[4, 5, 6, 7, 8, 9, 10, 11].map((minor) => `1.${minor}`),
  ...[2, 3, 4, 5, 6, 7, 8, 9].flatMap((major) => [`${major}.0`, `${major}.1`, `${major}.2`]),
];

const clause = /^(===?|~=|!=|<=|>=|<|>|\^|~)?\s*v?(\d+(?:\.\d+)*)(\.\*)?(?:[.-]?(?:a|b|rc|dev|post)\d*)?$/;

/**
 * The series of Django that a requirement takes: `==4.2.11`, `>=4.2,<5.0`, `~=4.2.0`, and as Poetry writes them, `^4.2`.
 * Undefined where it says nothing, or cannot be read.
 */
export function seriesIn(requirement: string): VersionRange | undefined {
  const words = requirement.replace(/^\(|\)$/g, '').split(',');
  let left = series;
  for (const word of words) {
    const [, operator = '==', version = '', star = ''] = clause.exec(word.trim()) ?? [];
    if (version === '') return undefined;
    left = left.filter((each) => takes(each, operator, version, star !== ''));
  }
  const [lowest] = left;
  if (lowest === undefined) return undefined;
  const highest = left.at(-1);
  return { lowest, ...(highest !== series.at(-1) && { highest }) };
}

function takes(each: Version, operator: string, version: Version, isPrefix: boolean): boolean {
  const parts = version.split('.');
  const [major = '', minor] = parts;
  const order = compareVersions(each, `${major}.${minor ?? 0}`);
  const isOfMajor = each.startsWith(`${major}.`);
  switch (operator) {
    case '>=':
    case '>':
      return order >= 0;
    case '<':
      // Below 4.2.8 are others of 4.2.
      return order < 0 || (order === 0 && parts.slice(2).some((part) => Number(part) > 0));
    case '<=':
      return order <= 0;
    case '!=':
      return !isPrefix || parts.length > 2 || (minor === undefined ? !isOfMajor : order !== 0);
    case '^':
      return order >= 0 && isOfMajor;
    case '~=':
      return parts.length > 2 ? order === 0 : order >= 0 && isOfMajor;
    default:
      return minor === undefined && (isPrefix || operator === '~') ? isOfMajor : order === 0;
  }
}
