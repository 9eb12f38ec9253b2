import { PlaceMap } from '../../../text/place-map.ts';
import type { TextReport } from '../../language.ts';

/** Of what is said of one backend in several places one finding, whose fix mends all of them. */
export function together(reports: readonly TextReport[]): readonly TextReport[] {
  const found = new Map<string, PlaceMap<TextReport>>();
  for (const report of reports) {
    const places = found.get(report.message) ?? new PlaceMap<TextReport>();
    found.set(report.message, places);
    // Several servers may include one file.
    places.set(report.location, report);
  }
  return [...found.values()].flatMap((places) => {
    const [first, ...others] = [...places.values()];
    return first ? [others.length === 0 ? first : withOthers(first, others)] : [];
  });
}

function withOthers(first: TextReport, others: readonly TextReport[]): TextReport {
  // Those that ask the backend by the name of its group have none.
  const fixes = [first, ...others].flatMap((report) => report.fixes ?? []);
  return {
    ...first,
    related: [...(first.related ?? []), ...others.map(({ location }) => ({ location, message: 'Here too' }))],
    fixes: fixes.slice(0, 1).map((fix) => ({ ...fix, edits: fixes.flatMap(({ edits }) => edits) })),
  };
}
