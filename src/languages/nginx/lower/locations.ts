import type { Item, Scope } from '../scope.ts';
import { compilePattern } from './pattern.ts';

/** A `location` block with its modifier taken apart. */
export interface LocationBlock {
  readonly item: Item;
  readonly scope: Scope;
  readonly kind: 'exact' | 'prefix' | 'regex' | 'named';
  readonly pattern: string;
  /** `^~`: regular expressions are not tried after it. */
  readonly noRegex: boolean;
  /** Undefined: the expression cannot be tried here. */
  readonly matches: ((path: string) => boolean) | undefined;
}

const none: readonly LocationBlock[] = [];

/** The locations that stand in a block itself, in the order of the text. */
export function locationsOf(scope: Scope): readonly LocationBlock[] {
  const items = scope.find('location');
  if (items.length === 0) return none;
  scope.locations ??= readLocations(items);
  return scope.locations;
}

function readLocations(items: readonly Item[]): readonly LocationBlock[] {
  return items.flatMap((item) => {
    const read = item.inner ? readLocation(item, item.inner) : undefined;
    return read ? [read] : [];
  });
}

/**
 * The location that takes a path: an exact one, else the longest prefix with the ones inside it, else the first regular
 * expression that matches (ngx_http_core_find_location). `unknown` where an expression cannot be tried.
 */
export function findLocation(scope: Scope, path: string): LocationBlock | 'none' | 'unknown' {
  const locations = locationsOf(scope);
  const exact = locations.find(({ kind, pattern }) => kind === 'exact' && pattern === path);
  if (exact) return exact;
  let best: LocationBlock | undefined;
  for (const location of locations) {
    if (location.kind !== 'prefix' || !path.startsWith(location.pattern)) continue;
    if (!best || location.pattern.length > best.pattern.length) best = location;
  }
  const nested = best ? findLocation(best.scope, path) : 'none';
  if (nested === 'unknown' || (nested !== 'none' && nested.kind !== 'prefix')) return nested;
  const longest = nested === 'none' ? best : nested;
  if (best?.noRegex || longest?.noRegex) return longest ?? 'none';
  for (const location of locations) {
    if (location.kind !== 'regex') continue;
    if (!location.matches) return 'unknown';
    if (!location.matches(path)) continue;
    const inside = findLocation(location.scope, path);
    return inside === 'none' ? location : inside;
  }
  if (longest) return longest;
  return scope.open ? 'unknown' : 'none';
}

function readLocation(item: Item, scope: Scope): LocationBlock | undefined {
  const [first, second] = item.directive.args;
  if (!first || first.templated || second?.templated) return undefined;
  const { modifier, pattern } = splitModifier(first.value, second?.value);
  switch (modifier) {
    case '=':
      return { item, scope, kind: 'exact', pattern, noRegex: true, matches: undefined };
    case '~':
    case '~*':
      return {
        item,
        scope,
        kind: 'regex',
        pattern,
        noRegex: false,
        matches: compilePattern(pattern, modifier === '~*'),
      };
    default: {
      const kind = pattern.startsWith('@') ? 'named' : 'prefix';
      return { item, scope, kind, pattern, noRegex: modifier === '^~', matches: undefined };
    }
  }
}

/** `location = /x`, but also `location =/x`, which nginx takes for the same. */
function splitModifier(
  first: string,
  second: string | undefined,
): { readonly modifier: string; readonly pattern: string } {
  if (second !== undefined) return { modifier: first, pattern: second };
  const match = /^(=|\^~|~\*|~)(.+)$/.exec(first);
  return match ? { modifier: match[1] ?? '', pattern: match[2] ?? '' } : { modifier: '', pattern: first };
}
