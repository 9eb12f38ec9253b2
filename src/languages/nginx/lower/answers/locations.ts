import { createMemo } from '../../../../memory/memo.ts';
import { remember } from '../../../../memory/remember.ts';
import { prefixFinder } from '../../../../text/prefixes.ts';
import { isConditional } from '../../conditions.ts';
import type { Item, Scope } from '../../scope.ts';
import { compileExpression } from './pattern.ts';

/** A `location` block with its modifier taken apart. */
export class LocationBlock {
  readonly item: Item;
  readonly scope: Scope;
  readonly kind: 'exact' | 'prefix' | 'regex' | 'named';
  readonly pattern: string;
  private readonly modifier: string;

  constructor(item: Item, scope: Scope, modifier: string, pattern: string) {
    this.item = item;
    this.scope = scope;
    this.kind = kindOf(modifier, pattern);
    this.pattern = pattern;
    this.modifier = modifier;
  }

  /** Regular expressions are not tried after it. */
  get noRegex(): boolean {
    return this.modifier === '^~' || this.modifier === '=';
  }

  /** Whether its expression matches a path; undefined where it cannot be tried here, or a variable decides. */
  matches(path: string): boolean | undefined {
    if (this.modifier === '') return undefined;
    return compileExpression(this.pattern, this.modifier === '~*')?.test(path);
  }
}

function kindOf(modifier: string, pattern: string): LocationBlock['kind'] {
  if (modifier === '=') return 'exact';
  if (modifier === '~' || modifier === '~*') return 'regex';
  if (pattern.startsWith('@')) return 'named';
  // `location $variable` is looked at behind prefixes, as expressions are, and with `^~` not (1.31.5); before, none came there.
  return modifier === '' && pattern.startsWith('$') ? 'regex' : 'prefix';
}

const none: readonly LocationBlock[] = [];

/** The locations that stand in a block itself, in the order of the text. */
export function locationsOf(scope: Scope): readonly LocationBlock[] {
  scope.locations ??= readLocations(scope);
  return scope.locations as readonly LocationBlock[];
}

function readLocations(scope: Scope): readonly LocationBlock[] {
  let found: LocationBlock[] | undefined;
  for (let item = scope.first; item; item = item.next) {
    const read = item.inner && item.name === 'location' ? readLocation(item, item.inner) : undefined;
    if (!read) continue;
    if (found) found.push(read);
    else found = [read];
  }
  // A list that has grown takes more room than it needs.
  return found ? found.slice() : none;
}

/** The location whose block a scope is. */
export function locationWith(scope: Scope): LocationBlock | undefined {
  return scope.owner?.name === 'location' ? readLocation(scope.owner, scope) : undefined;
}

/**
 * The location that takes a path: an exact one, else the longest prefix with the ones inside it, else the first regular
 * expression that matches (ngx_http_core_find_location). `unknown` where an expression cannot be tried.
 */
export function findLocation(scope: Scope, path: string): LocationBlock | 'none' | 'unknown' {
  return search(scope, path).location;
}

interface Found {
  readonly location: LocationBlock | 'none' | 'unknown';
  /** No expression of the blocks around is tried any more. */
  readonly final: boolean;
}

const nothing: Found = { location: 'none', final: false };
const unknown: Found = { location: 'unknown', final: true };

function search(scope: Scope, path: string): Found {
  const locations = locationsOf(scope);
  if (scope.open && hasConditional(locations)) return unknown;
  if (locations.length === 0) return scope.open ? unknown : nothing;
  const { exact, best, expressions } = locations.length > many ? lookUp(locations, path) : tryAll(locations, path);
  if (exact) return { location: exact, final: true };
  const nested = best ? search(best.scope, path) : nothing;
  if (nested.final) return nested;
  // `^~` keeps the expressions beside it away, but not those around a location that it stands in.
  for (const location of best?.noRegex ? none : expressions) {
    if (location.kind !== 'regex') continue;
    const matches = location.matches(path);
    if (matches === undefined) return unknown;
    if (!matches) continue;
    const inside = search(location.scope, path).location;
    return { location: inside === 'none' ? location : inside, final: true };
  }
  if (best) return { location: nested.location === 'none' ? best : nested.location, final: false };
  return scope.open ? unknown : nothing;
}

const hasConditional = remember((locations: readonly LocationBlock[]) =>
  locations.some(({ item }) => isConditional(item)),
);

interface Taking {
  readonly exact: LocationBlock | undefined;
  /** The longest prefix. */
  readonly best: LocationBlock | undefined;
  /** Among them are all those with a regular expression, in their order. */
  readonly expressions: readonly LocationBlock[];
}

function tryAll(locations: readonly LocationBlock[], path: string): Taking {
  const exact = locations.find(({ kind, pattern }) => kind === 'exact' && pattern === path);
  let best: LocationBlock | undefined;
  for (const location of locations) {
    if (location.kind !== 'prefix' || !path.startsWith(location.pattern)) continue;
    if (!best || location.pattern.length > best.pattern.length) best = location;
  }
  return { exact, best, expressions: locations };
}

/** More locations than this are looked up, as each of them may be asked for a path. */
const many = 50;

interface LocationIndex {
  readonly exact: ReadonlyMap<string, LocationBlock>;
  readonly prefix: ReadonlyMap<string, LocationBlock>;
  readonly expressions: readonly LocationBlock[];
  readonly prefixesOf: (path: string) => readonly string[];
}

const indexes = createMemo<readonly LocationBlock[], LocationIndex>();

function lookUp(locations: readonly LocationBlock[], path: string): Taking {
  let index = indexes.get(locations);
  if (!index) {
    const first = (kind: LocationBlock['kind']) =>
      new Map(
        locations
          .filter((each) => each.kind === kind)
          .map((each) => [each.pattern, each] as const)
          .reverse(),
      );
    const prefix = first('prefix');
    index = {
      exact: first('exact'),
      prefix,
      expressions: locations.filter(({ kind }) => kind === 'regex'),
      prefixesOf: prefixFinder(new Set(prefix.keys())),
    };
    indexes.set(locations, index);
  }
  const longest = index.prefixesOf(path).at(-1);
  return {
    exact: index.exact.get(path),
    best: longest === undefined ? undefined : index.prefix.get(longest),
    expressions: index.expressions,
  };
}

function readLocation(item: Item, scope: Scope): LocationBlock | undefined {
  const [first, second] = item.args;
  if (!first || first.templated || second?.templated) return undefined;
  if (second) return new LocationBlock(item, scope, first.value, second.value);
  const modifier = modifierOf(first.value);
  return new LocationBlock(item, scope, modifier, first.value.slice(modifier.length));
}

/** `location = /x`, but also `location =/x`, which nginx takes for the same. */
function modifierOf(text: string): string {
  if (text.startsWith('/')) return '';
  return /^(=|\^~|~\*|~)(?=.)/.exec(text)?.[1] ?? '';
}
