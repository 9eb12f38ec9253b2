import { headRange, locate } from '../scope.ts';
import type { DirectiveRule } from './rule.ts';

/** A simple directive with a block behind it, or a block directive without one. */
export const blockForm: DirectiveRule = {
  id: 'block-form',
  title: 'Directive with a block that takes none, or without the block that it needs',
  severity: 'error',
  effect: 'start',
  concerns: ({ fact }) => fact !== undefined && fact.source !== 'removed',
  check({ item, fact }) {
    if (!fact || item.directive.name.value !== fact.name) return undefined;
    const { directive } = item;
    if (fact.block && directive.ending !== '{') {
      return {
        rule: 'block-form',
        message: `"${fact.name}" has no opening "{": it takes a block.`,
        location: locate(item, headRange(directive)),
      };
    }
    if (!fact.block && directive.ending === '{') {
      return {
        rule: 'block-form',
        message: `"${fact.name}" is not terminated by ";": it takes no block.`,
        location: locate(item, headRange(directive)),
      };
    }
    return undefined;
  },
};
