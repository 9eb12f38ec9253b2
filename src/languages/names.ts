import type { Location, Range } from '../text/range.ts';

/** A kind of thing that configurations name themselves. */
export interface NameKind {
  /** As people call it: `upstream`, `variable`. */
  readonly word: string;
  /** What a name may be, so that every place where it stands goes on to read as that name. */
  readonly valid: RegExp;
  /** The same in words. */
  readonly letters: string;
}

/** One place where such a name stands. */
export interface NamedPlace {
  readonly kind: NameKind;
  /** Within which a name means one thing: all of a kind, or those of one server. */
  readonly space: string;
  /** As the server compares it. */
  readonly name: string;
  readonly role: 'definition' | 'use';
  /** Of the name alone. */
  readonly location: Location;
}

export function plainName(word: string): NameKind {
  return { word, valid: /^[\w.-]+$/, letters: 'letters, digits, dots, hyphens and underscores' };
}

export const variableName: NameKind = {
  word: 'variable',
  valid: /^[A-Za-z_]\w*$/,
  letters: 'letters, digits and underscores, with no digit in front',
};

/** Uses of what nothing defines here are names of something else, or a mistake that its own rule tells. */
export function withDefinition(places: readonly NamedPlace[]): readonly NamedPlace[] {
  const defined = new Set<string>();
  for (const place of places) if (place.role === 'definition') defined.add(meaningOf(place));
  return places.filter((place) => defined.has(meaningOf(place)));
}

/** Equal for places that mean the same thing. */
function meaningOf({ kind, space, name }: NamedPlace): string {
  return `${kind.word}\0${space}\0${name}`;
}

/** The name that stands at an offset, or that ends there; undefined where none does. */
export function nameAt(places: readonly NamedPlace[], file: string, offset: number): NamedPlace | undefined {
  return places.find(({ location }) => location.file === file && reaches(location.range, offset));
}

/**
 * Every place of the thing that is named there, each once. A file that several servers include may mean something of each of
 * them: then it is all of these, since the text is the same for them.
 */
export function placesOf(places: readonly NamedPlace[], named: NamedPlace): readonly NamedPlace[] {
  const byText = grouped(places, ({ location }) => textOf(location));
  const byMeaning = grouped(places, meaningOf);
  const found = new Map<string, NamedPlace>();
  const left = [named];
  for (let place = left.pop(); place !== undefined; place = left.pop()) {
    if (found.has(textOf(place.location))) continue;
    found.set(textOf(place.location), place);
    for (const meant of byText.get(textOf(place.location)) ?? []) left.push(...(byMeaning.get(meaningOf(meant)) ?? []));
  }
  return [...found.values()];
}

function reaches({ start, end }: Range, offset: number): boolean {
  return start <= offset && offset <= end;
}

function textOf({ file, range }: Location): string {
  return `${file}\0${range.start}`;
}

function grouped(
  places: readonly NamedPlace[],
  keyOf: (place: NamedPlace) => string,
): ReadonlyMap<string, NamedPlace[]> {
  const groups = new Map<string, NamedPlace[]>();
  for (const place of places) {
    const group = groups.get(keyOf(place));
    if (group) group.push(place);
    else groups.set(keyOf(place), [place]);
  }
  return groups;
}
