import { fewRelated } from '../rules/support/few-related.ts';
import type { Finding } from '../text/finding.ts';

/**
 * Of a file that several places include, and that does not exist, one finding, with the other places beside it: the file mends
 * them all. For reports; an editor shows each place in its own text.
 */
export function absentOnce(findings: readonly Finding[]): readonly Finding[] {
  const places = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    if (finding.rule !== 'include-missing') continue;
    const known = places.get(keyOf(finding));
    if (known === undefined) places.set(keyOf(finding), [finding]);
    else known.push(finding);
  }
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
  const places = [...related, ...fewRelated(others, () => 'Here too')];
  return { rule, severity, effect, message, location, related: places, fixes: [] };
}
