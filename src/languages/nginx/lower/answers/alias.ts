import type { Item, Scope } from '../../scope.ts';
import { findLast } from '../../scope.ts';
import type { LocationBlock } from './locations.ts';
import { locationWith } from './locations.ts';

/** The directive that says where files lie: `alias` or `root` of the nearest block that has one. */
export function rootOf(scopes: readonly Scope[]): Item | undefined {
  for (const scope of scopes) {
    const item = rootIn(scope);
    if (item) return item;
  }
  return undefined;
}

/** What a block itself says. */
export function rootIn(scope: Scope): Item | undefined {
  return findLast(scope, 'alias') ?? findLast(scope, 'root');
}

/** The location whose `alias` it is. */
export function aliasedBy(item: Item | undefined): LocationBlock | undefined {
  return item?.name === 'alias' ? locationWith(item.outer) : undefined;
}

/** The word of `try_files` that it leads to, as nginx makes it beside an alias where a variable stands in it (ngx_http_try_files_handler). */
export function withoutPrefix(word: string, location: LocationBlock | undefined): string {
  return location?.kind === 'prefix' && word.startsWith(location.pattern) ? word.slice(location.pattern.length) : word;
}

/** A part of the path stands in the alias of a location by expression: it is the whole file, and `try_files` puts `$uri` behind that. */
export function namesWholeFile(alias: Item): boolean {
  return /\$\{?\d/.test(alias.args[0]?.value ?? '');
}
