import { remember } from '../../../memory/remember.ts';
import { prefixFinder } from '../../../text/prefixes.ts';
import type { Statement } from '../evaluate/statement.ts';
import { isUncertain } from '../uncertain.ts';
import { hasFlag } from './rewrite-flags.ts';

/** As much of a rule as is asked for here. */
interface FlaggedRule {
  readonly rule: Statement;
  readonly flags: ReadonlyMap<string, string>;
}

type Rules = readonly FlaggedRule[];

/** So few are asked one by one. */
const few = 20;

/**
 * Gives the place of the next rule whose expression may match a text: thousands of rules may each be about one path, and thousands
 * of paths be asked about.
 */
export function rulesFor(rules: Rules, text: string): (from: number) => number {
  if (rules.length <= few) return (from) => from;
  const { others, beginnings, find } = byBeginning(rules);
  const lists = [others, ...[...find(text)].map((beginning) => beginnings.get(beginning) ?? [])].map(inOrder);
  return (from) => {
    let next = rules.length;
    for (const firstFrom of lists) next = Math.min(next, firstFrom(from) ?? next);
    return next;
  };
}

/** Places of rules, in their order. */
const byBeginning = remember((rules: Rules) => {
  const others: number[] = [];
  const beginnings = new Map<string, number[]>();
  let isChained = false;
  for (const [index, { rule, flags }] of rules.entries()) {
    const chains = hasFlag(flags, 'c', 'chain');
    // One that does not match leaves out what it is chained with.
    const beginning =
      isChained || chains || hasFlag(flags, 'nc', 'nocase') ? '' : beginningOf(rule.args[0]?.value ?? '');
    isChained = chains;
    const known = beginnings.get(beginning);
    if (beginning === '') others.push(index);
    else if (known) known.push(index);
    else beginnings.set(beginning, [index]);
  }
  return { others, beginnings, find: prefixFinder(new Set(beginnings.keys())) };
});

/** The letters that all begin with that an expression matches; empty where it is not as simple as that. */
function beginningOf(pattern: string): string {
  if (isUncertain(pattern) || pattern.includes('|')) return '';
  // A letter may be left out, or come again.
  const [, letters = ''] = /^\^((?:[\w/,:;=@~%&#!"'<> -]|\\[^\w\s\\])*)(?![*?+{])/.exec(pattern) ?? [];
  return letters.replaceAll('\\', '');
}

/** For places that are asked about in their order, where the one behind the last is mostly it. */
function inOrder(places: readonly number[]): (from: number) => number | undefined {
  let last = -1;
  return (from) => {
    last = (places[last + 1] ?? from) >= from && (places[last] ?? -1) < from ? last + 1 : indexFrom(places, from);
    return places[last];
  };
}

function indexFrom(places: readonly number[], from: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] as number) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
