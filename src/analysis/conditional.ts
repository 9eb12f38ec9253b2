import type { Location } from '../text/range.ts';
import type { ServerModel } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';

/**
 * Whether what a model rule reports of a place comes true only where an undecided condition holds: the place stands under
 * one, or every site that speaks TLS does.
 */
export function conditionalIn({ conditional = [], sites }: ServerModel): (location: Location) => boolean {
  if (conditional.length === 0) return () => false;
  const speaking = sites.filter(({ tls }) => knownValue(tls.enabled) !== false);
  if (speaking.length > 0 && speaking.every(({ condition }) => condition !== undefined)) return () => true;
  const files = new Map<string, Location[]>();
  for (const place of conditional) {
    const places = files.get(place.file);
    if (places) places.push(place);
    else files.set(place.file, [place]);
  }
  for (const places of files.values()) places.sort((a, b) => a.range.start - b.range.start);
  return ({ file, range }) => {
    const place = lastBefore(files.get(file) ?? [], range.start);
    return place !== undefined && range.start < place.range.end;
  };
}

/** The last of sorted places that begins at an offset or before. */
function lastBefore(places: readonly Location[], offset: number): Location | undefined {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] as Location).range.start <= offset) low = middle + 1;
    else high = middle;
  }
  return places[low - 1];
}
