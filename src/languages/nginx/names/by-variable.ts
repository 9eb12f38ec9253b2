import type { NamedPlace } from '../../names.ts';
import { everywhereIn } from '../everywhere.ts';
import { passes } from '../lower/answers/content.ts';
import type { Word } from '../parse/tree.ts';
import type { Item, Scope } from '../scope.ts';
import { locatePart } from './naming.ts';

/**
 * Names of upstreams that come to a `…_pass` by a variable: values of `map`, `split_clients` and `set` that are one and nothing else.
 * @param named the places of names that stand there themselves
 */
export function* upstreamsByVariable(root: Scope, named: readonly NamedPlace[]): Iterable<NamedPlace> {
  const upstreams = new Map(
    named
      .filter(({ kind, role }) => kind.word === 'upstream' && role === 'definition')
      .map((place) => [place.name, place]),
  );
  if (upstreams.size === 0) return;
  const passed = new Set<string>();
  for (const { args } of everywhereIn(root, passes))
    for (const [, name = ''] of (args[0]?.value ?? '').matchAll(/\$\{?(\w+)/g)) passed.add(name.toLowerCase());
  if (passed.size === 0) return;
  for (const item of everywhereIn(root, ['map', 'split_clients', 'set'])) {
    const variable = item.args[item.name === 'set' ? 0 : 1]?.value ?? '';
    if (!passed.has(variable.slice(1).toLowerCase())) continue;
    for (const [holder, word] of valuesOf(item)) {
      const upstream = word && upstreams.get(word.value.toLowerCase());
      const location = upstream && !word.templated && locatePart(holder, word, 0, word.value.length);
      if (location) yield { ...upstream, role: 'use', location };
    }
  }
}

function valuesOf(item: Item): readonly (readonly [Item, Word | undefined])[] {
  if (item.name === 'set') return [[item, item.args[1]]];
  return (item.inner?.items ?? []).map((entry) => [entry, entry.args[0]]);
}
