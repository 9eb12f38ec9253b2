import type { Change } from '../../../tls/model/change.ts';
import { locate, type Scope } from '../scope.ts';
import { edits, type Outcome, ownership, refused } from './place.ts';

/** Writes one of the names of a server otherwise. */
export function writeName({ from, to }: Change & { readonly setting: 'siteName' }, scope: Scope): Outcome {
  const place = (to ?? from)?.location;
  for (const item of place && to && from ? scope.find('server_name') : []) {
    const word = item.args.find((each) => locate(item, each).range.start === place?.range.start);
    if (!word || !place || !to || !from) continue;
    const owned = ownership(item);
    if (owned !== undefined) return refused(owned);
    const newText = item.file.document.text.slice(place.range.start, place.range.end).replace(from.text, () => to.text);
    return edits({ file: place.file, range: place.range, newText });
  }
  return refused('The name is not found in the text.');
}
