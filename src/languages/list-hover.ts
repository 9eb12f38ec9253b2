import type { Range } from '../text/range.ts';
import { describeListAt, type OfferedList } from '../tls/offered-list.ts';
import type { Target } from '../tls/target.ts';
import type { Hover } from './language.ts';

/** A list as an argument has it: what the word under the cursor does to it, and what the whole gives. */
export function hoverList(list: OfferedList, argument: WrittenArgument, offset: number, target: Target): Hover {
  const { text, range, quote } = argument;
  const start = range.start + quote.length;
  // Escapes and variables would shift what follows them.
  const isAsWritten = text.slice(quote.length, text.length - quote.length) === list.text;
  const { contents, range: word } = describeListAt(list, isAsWritten ? offset - start : undefined, target);
  const place = word === undefined ? range : { start: start + word.start, end: start + word.end };
  return { range: place, contents, list, listRange: range };
}

interface WrittenArgument {
  /** With its quotes. */
  readonly text: string;
  readonly range: Range;
  readonly quote: string;
}
