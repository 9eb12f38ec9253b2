import { remember } from '../../../memory/remember.ts';
import type { TextReport } from '../../language.ts';
import { isConditional } from '../conditions.ts';
import { includesOf } from '../included-files.ts';
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
  check({ owner }, project) {
    if (owner?.name !== 'types') return [];
    const blocks = typesIn(owner.outer);
    const block = blocks.get(owner);
    const [first, ...others] = block?.repeated ?? [];
    if (block === undefined || first === undefined) return [];
    const { item, word, before } = first;
    const isSameText = item.file === before.file && item.start === before.start;
    if (isSameText && item.outer !== before.outer)
      return includedTwice(block.include, blocks.get(before.outer.owner)?.include);
    const [once, again] = (isSameText && includesOf(item.file.document.file, project).byBlock.get(item.outer)) || [];
    if (again) return includedTwice(again, once);
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

/** One finding at the include that brings the block, or its entries, again: each of its lines would have one at its own place. */
function includedTwice(again: Item | undefined, first: Item | undefined): readonly TextReport[] {
  if (again === undefined) return [];
  return [
    {
      rule: id,
      message:
        'The media types in this file are included a second time, so that nginx warns of each of their extensions at every start. Include them once.',
      location: locate(again),
      related: first === undefined || first === again ? [] : [{ location: locate(first), message: 'The first time' }],
    },
  ];
}

interface TypesBlock {
  /** What it repeats of itself and of the blocks before it, whose entries nginx puts into one list. */
  readonly repeated: readonly Repetition[];
  /** What may have brought it: the last one before it. */
  readonly include: Item | undefined;
}

interface Repetition {
  readonly item: Item;
  readonly word: Word;
  readonly before: Item;
}

const typesIn = remember((outer: Scope): ReadonlyMap<Item | undefined, TypesBlock> => {
  const seen = new Map<string, Item>();
  const found = new Map<Item | undefined, TypesBlock>();
  let include: Item | undefined;
  for (let block = outer.first; block; block = block.next) {
    if (block.name === 'include') include = block;
    if (block.name !== 'types') continue;
    const repeated: Repetition[] = [];
    for (const [item, word] of extensionsIn(block.inner)) {
      const extension = word.value.toLowerCase();
      const before = seen.get(extension);
      if (before !== undefined) repeated.push({ item, word, before });
      seen.set(extension, item);
    }
    found.set(block, { repeated, include });
  }
  return found;
});

function* extensionsIn(scope: Scope | undefined): Iterable<readonly [Item, Word]> {
  for (let item = scope?.first; item; item = item.next) {
    if (item.name === 'include' || isConditional(item)) continue;
    for (const word of item.args) if (!word.templated) yield [item, word];
  }
}
