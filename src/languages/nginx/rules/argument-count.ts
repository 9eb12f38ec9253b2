import type { Range } from '../../../text/range.ts';
import type { Signature } from '../facts/directives.ts';
import { takes } from '../facts/directives.ts';
import type { Directive } from '../parse/tree.ts';
import { headRange, locate } from '../scope.ts';
import type { DirectiveRule } from './rule.ts';

/** More or fewer arguments than a directive takes. */
export const argumentCount: DirectiveRule = {
  id: 'argument-count',
  title: 'Wrong number of arguments',
  severity: 'error',
  effect: 'start',
  concerns: ({ signature }) => signature !== undefined,
  isPleased: ({ item, signature }) => signature !== undefined && takes(signature, item.args.length),
  check({ item, fact, signature, placeUnknown }) {
    if (!fact || !signature || (placeUnknown && fact.contexts.length === 0)) return undefined;
    const count = item.args.length;
    if (takes(signature, count) || item.args.some(({ templated }) => templated)) return undefined;
    return {
      rule: 'argument-count',
      message: `Invalid number of arguments in "${fact.name}": ${count === 0 ? 'it has none' : `it has ${count}`}, and takes ${countText(signature)}.${quoteHint(item, signature)}`,
      location: locate(item, count > 0 && count > signature.max ? overflow(item, signature) : headRange(item)),
      related: [],
    };
  },
};

function overflow({ start, args }: Directive, signature: Signature): Range {
  return { start: start + (args[signature.max]?.from ?? 0), end: start + (args.at(-1)?.to ?? 0) };
}

/** What is cut there most often is a path. */
function quoteHint({ args }: Directive, { max }: Signature): string {
  return max === 1 && args.length > 1 && args[0]?.value.includes('/') ? ' A path with blanks in it needs quotes.' : '';
}

function countText({ counts, min, max }: Signature): string {
  if (counts) return `${counts.slice(0, -1).join(', ')} or ${counts.at(-1)}`;
  if (max === min) return min === 0 ? 'none' : `exactly ${min}`;
  return max === Number.POSITIVE_INFINITY ? `at least ${min}` : `${min} to ${max}`;
}
