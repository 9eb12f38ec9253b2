import { fewAlike } from '../rules/support/few-related.ts';
import type { Finding } from '../text/finding.ts';
import { groupBy } from '../text/group-by.ts';

/**
 * Of a file that several places include, and that does not exist, one finding, with the other places beside it: the file mends
 * them all. For reports; an editor shows each place in its own text.
 */
export function absentOnce(findings: readonly Finding[]): readonly Finding[] {
  const absent = findings.filter(({ rule }) => rule === 'include-missing');
  const places = groupBy(absent, keyOf);
  return findings.flatMap((finding) => {
    const [first, ...others] = (finding.rule === 'include-missing' && places.get(keyOf(finding))) || [finding];
    if (first !== finding) return [];
    return others.length === 0 ? finding : withPlaces(finding, others);
  });
}

/** A fix that is offered is for one place alone. */
const keyOf = ({ severity, message, fixes, location }: Finding) =>
  fixes.length === 0 ? `${severity} ${message}` : `${location.file} ${location.range.start}`;

function withPlaces(
  { rule, severity, effect, message, location, related }: Finding,
  others: readonly Finding[],
): Finding {
  const places = [...related, ...fewAlike(others, () => 'Here too')];
  return { rule, severity, effect, message, location, related: places, fixes: [] };
}
