import { andMore } from '../rules/support/few-related.ts';
import type { Finding, Related } from '../text/finding.ts';
import type { Location } from '../text/range.ts';

/**
 * The finding at a place that `isAsked` for, where its own is in another file and the same mistake stands at both; else as it
 * is.
 */
export function toldWhereAsked(finding: Finding, isAsked: (file: string) => boolean): Finding {
  if (isAsked(finding.location.file)) return finding;
  const [told = finding] = toldAgain(finding, isAsked);
  return told;
}

/** The same mistake in each other file that `isAsked` for, once: at its first place there. */
export function* toldAgain(finding: Finding, isAsked: (file: string) => boolean): Iterable<Finding> {
  const files = new Set([finding.location.file]);
  for (const related of finding.related) {
    for (const place of related.alike ?? []) {
      if (files.has(place.file) || !isAsked(place.file)) continue;
      files.add(place.file);
      yield toldAt(place, finding, related);
    }
  }
}

/** Fixes are written from the first place, and stay there. */
function toldAt(
  place: Location,
  { rule, severity, effect, message, location, related }: Finding,
  mine: Related,
): Finding {
  // Its own place is none of the others, and the first now is one.
  const alike = [location, ...(mine.alike ?? []).filter((other) => other !== place)];
  const here = { location, message: andMore('Here too', alike.length - 1), alike };
  const places = [here, ...related.filter((each) => each !== mine)];
  return { rule, severity, effect, message, location: place, related: places, fixes: [] };
}
