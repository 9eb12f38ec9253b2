import { type NamedPlace, plainName } from '../../names.ts';
import { everywhere, everywhereIn } from '../everywhere.ts';
import type { Word } from '../parse/tree.ts';
import { enclosingServer, type Item, type Scope } from '../scope.ts';
import { locatePart } from './naming.ts';

export const locationKind = plainName('location');

/** Directives that lead to a named location by their last word. */
export const leading: readonly string[] = ['try_files', 'error_page', 'post_action'];

/** `location @name` and what leads there; each server has its own. */
export function* locationPlaces(root: Scope): Iterable<NamedPlace> {
  for (const item of everywhere(root, 'location')) yield* placeOf(item, item.args[0], 'definition');
  for (const item of everywhereIn(root, leading)) yield* placeOf(item, item.args.at(-1), 'use');
}

function* placeOf(item: Item, word: Word | undefined, role: NamedPlace['role']): Iterable<NamedPlace> {
  if (!word?.value.startsWith('@') || word.templated) return;
  const name = word.value.slice(1);
  const location = locatePart(item, word, 1, name.length);
  const server = enclosingServer(item.outer)?.owner?.order;
  if (location && name !== '') yield { kind: locationKind, space: `server ${server}`, name, role, location };
}
