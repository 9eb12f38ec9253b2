import type { Related } from '../../text/finding.ts';
import type { Location } from '../../text/range.ts';

const limit = 10;

/** Places to look at beside a finding's own; no more of them than anybody reads, and how many more there are. */
export function fewRelated<Place extends { readonly location: Location }>(
  places: readonly Place[],
  message: (place: Place) => string,
): readonly Related[] {
  const more = places.length - limit;
  return places.slice(0, limit).map((place, index) => {
    const last = index === limit - 1 && more > 0;
    return { location: place.location, message: last ? `${message(place)}, and ${more} more` : message(place) };
  });
}

/** The same for places with the mistake that the finding tells at the first of them, in words that fit each. */
export function fewAlike<Place extends { readonly location: Location }>(
  places: readonly Place[],
  message: (place: Place) => string,
): readonly Related[] {
  const shown = fewRelated(places, message);
  return shown.map((related, index) => ({
    ...related,
    alike: places.slice(index, index === limit - 1 ? undefined : index + 1).map(({ location }) => location),
  }));
}
