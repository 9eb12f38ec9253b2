import type { Location, Range } from '../../../text/range.ts';
import type { SharedSetting } from '../shared-settings.ts';

/** Where a part of a value stands in the file: inside the argument, quoted or not, or the whole directive. */
export function partLocation(shared: SharedSetting<string>, text: string, part: Range): Location {
  const { origin } = shared.setting;
  const word = origin.kind === 'default' ? undefined : origin.words.find(({ value }) => value === text);
  if (word === undefined) return shared.location;
  const { file, range } = word.location;
  const surplus = range.end - range.start - text.length;
  if (surplus !== 0 && surplus !== 2) return word.location;
  const start = range.start + surplus / 2;
  return { file, range: { start: start + part.start, end: start + part.end } };
}

/** A colon list without one word, the operators before it and one separator. */
export function withoutPart(text: string, { start, end }: Range): string {
  const before = start - backOver(text, start, (mark) => '-+!?*'.includes(mark));
  const separator = /[:/, ]/.test(text.charAt(start - before - 1)) ? 1 : 0;
  const left = text.slice(0, start - before - separator);
  const right = text.slice(end);
  return left === '' ? right.replace(/^[:/, ]/, '') : left + right;
}

/** The element of a list that a part of it belongs to: `RSA+3DES` for the range of `3DES`. */
export function elementAt(text: string, { start, end }: Range): string {
  const before = text.slice(backOver(text, start, isInElement), start);
  const after = /^[^:,;\s]*/.exec(text.slice(end))?.[0] ?? '';
  return before + text.slice(start, end) + after;
}

/** The range of that element, without the operator before it. */
export function elementRange(text: string, part: Range): Range {
  const before = text.slice(backOver(text, part.start, isInElement), part.start);
  const operator = /^[-+!]/.test(before) ? 1 : 0;
  const start = part.start - before.length + operator;
  return { start, end: part.start - before.length + elementAt(text, part).length };
}

function isInElement(mark: string): boolean {
  return !/[:,;\s]/.test(mark);
}

/** Where a run of characters begins that ends at a place: an expression would try each place before it. */
function backOver(text: string, end: number, belongs: (mark: string) => boolean): number {
  let start = end;
  while (start > 0 && belongs(text.charAt(start - 1))) start--;
  return start;
}
