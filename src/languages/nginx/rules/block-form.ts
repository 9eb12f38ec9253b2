import type { Fix } from '../../../text/finding.ts';
import { isDirectiveName } from '../facts/directives.ts';
import { rangeOf } from '../parse/tree.ts';
import { headRange, type Item, locate } from '../scope.ts';
import type { Visit } from '../visit.ts';
import { readTo } from './read-to.ts';
import type { DirectiveRule } from './rule.ts';

/** A simple directive with a block behind it, or a block directive without one. */
export const blockForm: DirectiveRule = {
  id: 'block-form',
  title: 'Directive with a block that it does not take, or without the one that it needs',
  severity: 'error',
  effect: 'start',
  concerns: ({ fact }) => fact !== undefined && fact.source !== 'removed',
  isPleased: (visit) => complaint(visit) === undefined,
  check(visit) {
    const message = complaint(visit);
    if (message === undefined) return undefined;
    const { item } = visit;
    const related = item.ending === 'nothing' ? { related: readTo(item) } : {};
    return { rule: 'block-form', message, location: locate(item, headRange(item)), ...related, fixes: braces(item) };
  },
};

/** `if ($a) return 403;`, as other languages have it. */
function braces(item: Item): readonly Fix[] {
  const { args, ending, end, nameWord, file } = item;
  const at = args.findIndex(({ value }, index) => index > 0 && isDirectiveName(value));
  const first = args[at];
  if (!first || ending !== ';' || !['if', 'location'].includes(nameWord.value)) return [];
  if (nameWord.value === 'if' && !args[at - 1]?.value.endsWith(')')) return [];
  const insert = (place: number, newText: string) => ({ ...locate(item, { start: place, end: place }), newText });
  const { start } = rangeOf(item, first);
  if (file.document.text.slice(start, end).includes('\n')) return [];
  return [{ title: 'Put braces around it', safe: false, edits: [insert(start, '{ '), insert(end, ' }')] }];
}

function complaint({ item: { nameWord, ending }, fact }: Visit): string | undefined {
  if (!fact || nameWord.value !== fact.name) return undefined;
  if (fact.block && ending !== '{')
    return `"${fact.name}" has no opening "{": it takes a block. Put braces around its content.`;
  if (!fact.block && ending === '{') {
    return `"${fact.name}" is not terminated by ";": it takes no block.`;
  }
  return undefined;
}
