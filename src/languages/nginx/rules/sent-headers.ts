import type { FileEdit } from '../../../text/edit.ts';
import type { Location } from '../../../text/range.ts';
import { headRange, type Item, locate, type Scope } from '../scope.ts';
import { insertAfter, insertAtStart } from '../write/place.ts';

/** What sets a header for a backend; a block with one of its own has none of those around it. */
export const setter = 'proxy_set_header';

/** The block whose headers hold in another; undefined where there are none, `open` where an unread include may bring some. */
export function headersAt(scope: Scope | undefined): Scope | 'open' | undefined {
  for (let at = scope; at; at = at.owner?.outer) {
    if (at.open) return 'open';
    if (at.findFirst(setter)) return at;
  }
  return undefined;
}

/**
 * Where a block that asks a backend says its headers: its last one, the line that asks, or its head where other files bring
 * these, which other blocks may include too.
 */
export function placeOfHeaders(block: Scope, pass: Item): Item {
  const { owner } = block;
  const isOwn = ({ file }: Item) => owner === undefined || file === owner.file;
  const isAsking = pass.outer === block && isOwn(pass);
  return block.find(setter).findLast(isOwn) ?? (isAsking ? pass : (owner ?? pass));
}

export function locateHeaders(place: Item): Location {
  return locate(place, place.inner ? headRange(place) : place);
}

/** Elsewhere in the block it would take others away; neither `if` nor `limit_except` may hold any. */
export function addHeaders(place: Item, lines: readonly string[]): FileEdit {
  const block = place.inner ? place : place.outer.owner;
  if (block?.name === 'if' || block?.name === 'limit_except') return insertAfter(block, lines);
  return place.inner ? insertAtStart(place, lines) : insertAfter(place, lines);
}
