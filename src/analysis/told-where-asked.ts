import type { Finding } from '../text/finding.ts';

/**
 * The finding at a place that `isAsked` for, where its own is in another file and the same mistake stands at both; else as it
 * is. Fixes are written for the first place, and stay there.
 */
export function toldWhereAsked(finding: Finding, isAsked: (file: string) => boolean): Finding {
  const { rule, severity, effect, message, location, related } = finding;
  if (isAsked(location.file)) return finding;
  for (const mine of related) {
    const { alike = [] } = mine;
    const place = alike.find(({ file }) => isAsked(file));
    if (place === undefined) continue;
    const here = { location, message: alike.length > 1 ? `Here too, and ${alike.length - 1} more` : 'Here too' };
    const places = [here, ...related.filter((each) => each !== mine)];
    return { rule, severity, effect, message, location: place, first: location, related: places, fixes: [] };
  }
  return finding;
}
