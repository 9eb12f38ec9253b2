import type { Item, Scope } from './scope.ts';
import { findLast } from './scope.ts';

/** The directive that holds in a block: its own, else that of the blocks around it. */
export function effective(scope: Scope, name: string): Item | undefined {
  for (let at: Scope | undefined = scope; at; at = at.owner?.outer) {
    const found = findLast(at, name);
    if (found) return found;
  }
  return undefined;
}

/** Arguments of the directive that holds in a block; undefined where a template or a variable fills one in. */
export function effectiveValues(scope: Scope, name: string): readonly string[] | undefined {
  const words = effective(scope, name)?.args ?? [];
  return words.some(({ templated, value }) => templated || value.includes('$'))
    ? undefined
    : words.map(({ value }) => value);
}

/** True where an unread include, here or around, may set anything. */
export function isOpenAround(scope: Scope): boolean {
  return openAround(scope) !== undefined;
}

/** The block with that include, the nearest one. */
export function openAround(scope: Scope): Scope | undefined {
  for (let at: Scope | undefined = scope; at; at = at.owner?.outer) if (at.open) return at;
  return undefined;
}

/**
 * True where nginx surely looks at the merged values of a block: of one around servers only what one of them inherits counts,
 * which is not known of those with an unread include.
 */
export function isMerged(scope: Scope, names: readonly string[]): boolean {
  const { context } = scope;
  if (context !== 'http' && context !== 'stream' && context !== 'mail') return true;
  return scope
    .find('server')
    .some(({ inner }) => inner && !inner.open && names.every((name) => inner.find(name).length === 0));
}
