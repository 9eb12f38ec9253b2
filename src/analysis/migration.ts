import type { Finding } from '../text/finding.ts';
import { type ChosenFix, chooseFixes } from './fix.ts';

/** What it takes to bring a configuration to other versions. */
export interface Migration {
  /** To be looked at before they are applied: not all of them are safe. */
  readonly fixes: readonly ChosenFix[];
  /** What the new version refuses and no fix mends. */
  readonly left: readonly Finding[];
}

/** Rules that speak of what versions have added, renamed or dropped. */
const ofVersions =
  /^(directive-version|obsolete-directive|protocol-refused|cipher-refused|.*-(obsolete|deprecated-parameter))$/;

export function isOfVersions({ rule }: Finding): boolean {
  return ofVersions.test(rule);
}

/**
 * The fixes of what the wanted versions have changed, and of everything that becomes wrong with them.
 * @param before findings of a text under its present target
 * @param after findings of the same text under the wanted one
 */
export function migrationOf(before: readonly Finding[], after: readonly Finding[]): Migration {
  const known = new Set(before.map(identityOf));
  const concerned = after.filter((finding) => isOfVersions(finding) || !known.has(identityOf(finding)));
  const fixes = chooseFixes(concerned, () => true);
  const mended = new Set(fixes.map(({ finding }) => finding));
  return { fixes, left: concerned.filter((finding) => finding.effect === 'start' && !mended.has(finding)) };
}

/** Messages name the versions, so they differ where the finding is the same. */
function identityOf({ rule, location: { file, range } }: Finding): string {
  return `${rule} ${file} ${range.start} ${range.end}`;
}
