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
    return { location: place.location, message: andMore(message(place), index === limit - 1 ? more : 0) };
  });
}

/** The same for places with the mistake that the finding tells at the first of them, in words that fit each. */
export function fewAlike<Place extends { readonly location: Location }>(
  places: readonly Place[],
  message: (place: Place) => string,
): readonly Related[] {
  const locations = places.map(({ location }) => location);
  return fewRelated(places, message).map((related, index) => {
    const alike = locations.slice(index, index === limit - 1 ? undefined : index + 1);
    return { ...related, location: alike[0] ?? related.location, alike };
  });
}

/** The same beside it, at those of its places that are left. */
export function atPlacesLeft(
  { location, message, alike: all = [] }: Related,
  left: readonly [Location, ...Location[]],
) {
  const [first] = left;
  const isThere = left.includes(location);
  const own = message.slice(0, message.length - andMore('', all.length - 1).length);
  const told = andMore(isThere ? own : 'Here too', left.length - 1);
  return { location: isThere ? location : first, message: told, alike: left };
}

/** A sentence about the first of several places. */
export function andMore(message: string, more: number): string {
  return more > 0 ? `${message}, and ${more} more` : message;
}
