import { remember } from '../../../memory/remember.ts';
import { PlaceMap } from '../../../text/place-map.ts';
import type { Change } from '../../../tls/model/change.ts';
import { type Item, locate, type Scope } from '../scope.ts';
import { edits, type Outcome, ownership, refused } from './place.ts';

/** Writes one of the names of a server otherwise. */
export function writeName({ from, to }: Change & { readonly setting: 'siteName' }, scope: Scope): Outcome {
  const item = to && itemsOf(scope).get(to.location);
  if (!item || !from) return refused('The name is not found in the text.');
  const owned = ownedBy(item);
  if (owned !== undefined) return refused(owned);
  const { file, range } = to.location;
  const newText = item.file.document.text.slice(range.start, range.end).replace(from.text, () => to.text);
  return edits({ file, range, newText });
}

/** Asked once for a directive, which may hold thousands of names. */
const ownedBy = remember(ownership);

/** Directives by the places of their names, of which a server may have thousands that are to be written otherwise. */
const itemsOf = remember((scope: Scope) => {
  const items = new PlaceMap<Item>();
  for (const item of scope.find('server_name')) for (const word of item.args) items.set(locate(item, word), item);
  return items;
});
