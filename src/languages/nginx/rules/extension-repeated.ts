import type { TextReport } from '../../language.ts';
import { isConditional } from '../lower/conditions.ts';
import type { Word } from '../parse/tree.ts';
import { type Item, locate, type Scope } from '../scope.ts';
import { mediaTypeRepeated } from './media-type-repeated.ts';
import type { ScopeRule } from './rule.ts';

const { id, title, severity, effect } = mediaTypeRepeated;

/** An extension of file names that gets two types in one place (ngx_http_core_type): the same rule as for lists of types. */
export const extensionRepeated: ScopeRule = {
  id,
  title,
  severity,
  effect,
  contexts: ['entries'],
  check({ owner }) {
    if (owner?.name !== 'types') return [];
    const [first, ...others] = repeatedIn(owner);
    if (first === undefined) return [];
    const { item, word, before } = first;
    const next =
      item.nameWord.value === before.nameWord.value
        ? 'Leave one of them out.'
        : `${item.nameWord.value} holds, as the last one; leave the other out.`;
    const report: TextReport = {
      rule: id,
      message: `nginx warns of "${word.value}" at every start: another entry has it already. ${next}`,
      location: locate(item, word),
      related: [
        { location: locate(before), message: `${before.nameWord.value}, which comes first` },
        ...others.map((other) => ({ location: locate(other.item, other.word), message: 'Repeated too' })),
      ],
    };
    return [report];
  },
};

/** What a block repeats of itself and of the blocks before it, whose entries nginx puts into one list. */
function repeatedIn(owner: Item): readonly { item: Item; word: Word; before: Item }[] {
  const seen = new Map<string, Item>();
  const found: { item: Item; word: Word; before: Item }[] = [];
  for (const block of owner.outer.find('types')) {
    for (const [item, word] of extensionsIn(block.inner)) {
      const extension = word.value.toLowerCase();
      const before = seen.get(extension);
      if (before !== undefined && block === owner) found.push({ item, word, before });
      seen.set(extension, item);
    }
    if (block === owner) break;
  }
  return found;
}

function* extensionsIn(scope: Scope | undefined): Iterable<readonly [Item, Word]> {
  for (let item = scope?.first; item; item = item.next) {
    if (item.name === 'include' || isConditional(item)) continue;
    for (const word of item.args) if (!word.templated) yield [item, word];
  }
}
