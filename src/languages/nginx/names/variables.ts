import { entryOf } from '../../../text/entry-of.ts';
import { type NamedPlace, variableName } from '../../names.ts';
import { everywhere, everywhereIn } from '../everywhere.ts';
import { definedVariable, definingDirectives, groupsOf, isBuiltIn } from '../facts/variables.ts';
import type { Word } from '../parse/tree.ts';
import type { Item, Scope } from '../scope.ts';
import { allScopes, locate } from '../scope.ts';
import { locatePart, spaceOf } from './naming.ts';

/** Directives with expressions that may have named groups, of which nginx makes variables. */
const grouping = ['location', 'server_name', 'rewrite', 'if'];

/** Words of those that hold variables: a `$` in an expression ends it. */
const beside: Readonly<Record<string, (args: readonly Word[]) => readonly Word[]>> = {
  location: () => [],
  server_name: () => [],
  rewrite: (args) => args.slice(1),
  if: (args) => {
    const operator = args.findIndex(({ value }) => /^!?~\*?$/.test(value));
    return operator < 0 ? args : args.slice(0, operator);
  },
};

/** Where a configuration defines variables, and where it uses those. Their names are compared without case. */
export function variablePlaces(root: Scope): readonly NamedPlace[] {
  const places = [...definitions(root)];
  if (places.length === 0) return places;
  const defined = new Set(places.map(({ name }) => name));
  for (const scope of allScopes(root)) addUses(scope, defined, places);
  return places;
}

function* definitions(root: Scope): Iterable<NamedPlace> {
  for (const item of everywhereIn(root, definingDirectives)) {
    for (const word of definedVariable(item.name, item) ?? [])
      yield* definition(item, word, 1, word.value.slice(1), item.outer);
  }
  for (const item of everywhereIn(root, grouping)) {
    for (const word of item.args) yield* groups(item, word, item.outer);
  }
  for (const { inner } of everywhere(root, 'map')) {
    for (let entry = inner?.first; entry; entry = entry.next) yield* groups(entry, entry.nameWord, entry.outer);
  }
}

function* groups(item: Item, word: Word, scope: Scope): Iterable<NamedPlace> {
  for (const { name, from } of groupsOf(word.value)) yield* definition(item, word, from, name, scope);
}

/** A variable that has its name from nginx (`$args`, `$memcached_key`) means nothing under another one. */
function isNamedByNginx(name: string, scope: Scope): boolean {
  return name.toLowerCase() === 'memcached_key' || isBuiltIn(name, spaceOf(scope));
}

function* definition(item: Item, word: Word, from: number, name: string, scope: Scope): Iterable<NamedPlace> {
  if (isNamedByNginx(name, scope)) return;
  const location = word.templated ? undefined : locatePart(item, word, from, name.length);
  if (location && variableName.valid.test(name))
    yield { kind: variableName, space: spaceOf(scope), name: name.toLowerCase(), role: 'definition', location };
}

function addUses(scope: Scope, defined: ReadonlySet<string>, places: NamedPlace[]): void {
  const isMap = scope.content === 'entries' && scope.owner?.name === 'map';
  if (scope.content === 'lua' || (scope.content === 'entries' && !isMap)) return;
  for (let item = scope.first; item; item = item.next) {
    const own = isMap ? undefined : definedVariable(item.name, item);
    const words = isMap ? item.args : (entryOf(beside, item.name)?.(item.args) ?? item.args);
    for (const word of words) {
      // In the text and not in the value: no escape of nginx changes a variable, and log formats have many.
      if (word.value.includes('$') && !own?.includes(word)) add(item, locate(item, word).range, /(\$\{?)([a-z_]\w*)/gi);
    }
    if (item.inner?.content === 'lua' && item.block) add(item, item.block, /(\bngx\.var(?:\.|\[["']))([a-z_]\w*)/gi);
  }

  function add(item: Item, range: { readonly start: number; readonly end: number }, pattern: RegExp): void {
    const { document } = item.file;
    for (const match of document.text.slice(range.start, range.end).matchAll(pattern)) {
      const [, before = '', written = ''] = match;
      const name = written.toLowerCase();
      if (!defined.has(name)) continue;
      const start = range.start + match.index + before.length;
      const location = { file: document.file, range: { start, end: start + written.length } };
      places.push({ kind: variableName, space: spaceOf(scope), name, role: 'use', location });
    }
  }
}
