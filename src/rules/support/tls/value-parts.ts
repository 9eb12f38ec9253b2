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

/**
 * A list without one word, the operators before it and one separator with its blanks. Of the two beside it `/` stays, which
 * parts the ranks of a list of groups.
 */
export function withoutPart(text: string, { start, end }: Range): string {
  const word = backOver(text, start, (mark) => '-+!?*'.includes(mark));
  const blanks = backOver(text, word, isBlank);
  const cut = isSeparator(text.charAt(blanks - 1)) ? backOver(text, blanks - 1, isBlank) : blanks;
  const [before, separator] = [text.slice(0, cut), text.slice(cut, word)];
  const behind = text.slice(end);
  const after = behind.replace(/^ *[:/,;]? */, '');
  if (before === '' || after === '') return before + after;
  return before + (separator.includes('/') ? separator + after : behind);
}

function isBlank(mark: string): boolean {
  return mark === ' ';
}

function isSeparator(mark: string): boolean {
  return mark !== '' && ':/,;'.includes(mark);
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
