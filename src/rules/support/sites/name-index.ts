import { remember } from '../../../memory/remember.ts';
import type { Site } from '../../../tls/model/server-model.ts';

/** Where the sites of a list stand in it, by what their names take. All texts are in lower case. */
interface NameIndex {
  readonly exact: ReadonlyMap<string, readonly number[]>;
  /** By the ending that a wildcard in front asks for: `.example.com`. */
  readonly endings: ReadonlyMap<string, readonly number[]>;
  /** By the beginning that a wildcard behind asks for: `www.example.`. */
  readonly beginnings: ReadonlyMap<string, readonly number[]>;
  /** Those with an expression, or a name that something else decides: they may have any host. */
  readonly open: readonly number[];
}

const indexOf = remember((sites: readonly Site[]): NameIndex => {
  const [exact, endings, beginnings] = [new Places(), new Places(), new Places()];
  const open: number[] = [];
  sites.forEach((site, place) => {
    for (const { kind, text } of site.names) {
      const name = text.toLowerCase();
      if (kind === 'exact') exact.add(name, place);
      else if (kind === 'wildcard') {
        if (name.endsWith('.*')) beginnings.add(name.slice(0, -1), place);
        else endings.add(name.startsWith('*') ? name.slice(1) : name, place);
        // The name itself, too.
        if (name.startsWith('.')) endings.add(name.slice(1), place);
      } else if (kind !== 'catch-all' && open.at(-1) !== place) open.push(place);
    }
  });
  return { exact, endings, beginnings, open };
});

class Places extends Map<string, number[]> {
  add(key: string, place: number): void {
    const places = this.get(key);
    if (!places) this.set(key, [place]);
    else if (places.at(-1) !== place) places.push(place);
  }
}

const none: readonly number[] = [];

/** Sites with a wildcard that takes the host, in no order. */
function wildcardsFor({ endings, beginnings }: NameIndex, host: string): readonly number[] {
  const found = [...(endings.get(host) ?? none)];
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
    found.push(...(endings.get(host.slice(dot)) ?? none), ...(beginnings.get(host.slice(0, dot + 1)) ?? none));
  }
  return found;
}

/**
 * Sites of a list that have the host, or may have it by an expression; those that name it exactly come first. The list is
 * looked through once, however many hosts are asked for: ask with one and the same array.
 */
export function sitesWithName(sites: readonly Site[], host: string): readonly Site[] {
  const index = indexOf(sites);
  const lower = host.toLowerCase();
  const exact = index.exact.get(lower) ?? none;
  const others = [...wildcardsFor(index, lower), ...index.open].sort((a, b) => a - b);
  return [...new Set([...exact, ...others])].map((place) => sites[place] as Site);
}

/** True where a site of the list has the host, or may have it by an expression. */
export function isNamed(sites: readonly Site[], host: string): boolean {
  const index = indexOf(sites);
  const lower = host.toLowerCase();
  return index.open.length > 0 || index.exact.has(lower) || wildcardsFor(index, lower).length > 0;
}

/** The same where nothing is left open: not by a variable or an expression, and not by what decides whether the site is there. */
export function isSurelyNamed(sites: readonly Site[], host: string, beside: Site): boolean {
  const index = indexOf(sites);
  const lower = host.toLowerCase();
  const isThere = (place: number) => {
    const condition = sites[place]?.condition;
    return condition === undefined || condition === beside.condition;
  };
  return (index.exact.get(lower) ?? none).some(isThere) || wildcardsFor(index, lower).some(isThere);
}
