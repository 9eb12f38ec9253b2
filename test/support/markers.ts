import type { Finding } from '../../src/text/finding.ts';

/** A finding that a fixture's own text expects: `#   ^^^^^ rule-id` points at the line above it. */
export interface Marker {
  readonly rule: string;
  /** Offsets in the text. */
  readonly start: number;
  readonly end: number;
}

/** All markers of a text. Several may follow each other below one line. */
export function markersOf(text: string): readonly Marker[] {
  const markers: Marker[] = [];
  let lineStart = 0;
  let marked = 0;
  for (const line of text.split('\n')) {
    const match = /^\s*#\s*(\^+)\s+([\w-]+)\s*$/.exec(line);
    if (match === null) marked = lineStart;
    else {
      const column = line.indexOf('^');
      markers.push({
        rule: match[2] as string,
        start: marked + column,
        end: marked + column + (match[1] as string).length,
      });
    }
    lineStart += line.length + 1;
  }
  return markers;
}

/** Findings as markers would state them, for a comparison that reads well. */
export function describeMarkers(markers: readonly Marker[], text: string): readonly string[] {
  return markers.map(({ rule, start, end }) => `${rule}: ${JSON.stringify(text.slice(start, end))} at ${start}`).sort();
}

export function findingMarkers(findings: readonly Finding[]): readonly Marker[] {
  return findings.map(({ rule, location }) => ({ rule, start: location.range.start, end: location.range.end }));
}
