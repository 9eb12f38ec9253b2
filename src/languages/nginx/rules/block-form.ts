import { headRange, locate } from '../scope.ts';
import type { DirectiveRule, Visit } from './rule.ts';

/** A simple directive with a block behind it, or a block directive without one. */
export const blockForm: DirectiveRule = {
  id: 'block-form',
  title: 'Directive with a block that takes none, or without the block that it needs',
  severity: 'error',
  effect: 'start',
  concerns: ({ fact }) => fact !== undefined && fact.source !== 'removed',
  isPleased: (visit) => complaint(visit) === undefined,
  check(visit) {
    const message = complaint(visit);
    if (message === undefined) return undefined;
    const { item } = visit;
    return { rule: 'block-form', message, location: locate(item, headRange(item)) };
  },
};

function complaint({ item: { nameWord, ending }, fact }: Visit): string | undefined {
  if (!fact || nameWord.value !== fact.name) return undefined;
  if (fact.block && ending !== '{') return `"${fact.name}" has no opening "{": it takes a block.`;
  if (!fact.block && ending === '{') {
    return `"${fact.name}" is not terminated by ";": it takes no block.`;
  }
  return undefined;
}
