import type { Range } from '../../text/range.ts';
import type { Argument } from './syntax.ts';

/** One logical line: its text with continuations joined, and where each character of it stands in the file. */
export class LogicalLine {
  readonly text: string;
  /** Offset of the first character where the line is one piece, else a function of each character's place. */
  readonly #origin: number | ((index: number) => number);

  constructor(text: string, origin: number | ((index: number) => number)) {
    this.text = text;
    this.#origin = origin;
  }

  /** Offset in the file of the character at `index`; the end of the line is the offset behind its last character. */
  offset(index: number): number {
    return typeof this.#origin === 'number' ? this.#origin + index : this.#origin(index);
  }

  /** Offset behind the last of the characters from `start` to `end`. */
  endOffset(start: number, end: number): number {
    return end > start ? this.offset(end - 1) + 1 : this.offset(start);
  }
}

const space = 32;
const tab = 9;
const doubleQuote = 34;
const singleQuote = 39;
const backslash = 92;
const leftBrace = 123;
const less = 60;

export function isBlank(code: number): boolean {
  return code === space || (code >= tab && code <= 13);
}

/** An argument whose range is made when somebody asks: of thousands findings show few. */
class Word implements Argument {
  readonly value: string;
  readonly quote: Argument['quote'];
  readonly #start: number;
  readonly #end: number;

  constructor(value: string, line: LogicalLine, start: number, end: number, quote: Argument['quote']) {
    this.value = value;
    this.quote = quote;
    this.#start = line.offset(start);
    this.#end = line.endOffset(start, end);
  }

  get range(): Range {
    return { start: this.#start, end: this.#end };
  }
}

const none: readonly Argument[] = [];

/** Filled anew for each line: a list that is kept then has room for its own words and no more. */
const found: Argument[] = [];

/** What ends placeholders and does not come before the end of the arguments that are read: looked for once. */
let missing = '';

/** Directives whose arguments mod_rewrite reads itself. */
export function isRewriting(key: string): boolean {
  return key === 'rewritecond' || key === 'rewriterule';
}

/**
 * Splits arguments as httpd's `ap_getword_conf` does: blanks separate, a quote counts only at the start of a word, and
 * `\` escapes only quotes and itself within quotes. Placeholders of templates (`{{ … }}`, `<%= … %>`) stay one word.
 * mod_rewrite reads its arguments itself (`parseargline`): `\` keeps a blank in a word without quotes, and no quote in one.
 */
export function readWords(line: LogicalLine, from: number, to: number, rewriting = false): readonly Argument[] {
  const { text } = line;
  let index = from;
  let count = 0;
  missing = '';
  while (index < to) {
    const code = text.charCodeAt(index);
    if (isBlank(code)) {
      index++;
      continue;
    }
    const start = index;
    if (code === doubleQuote || code === singleQuote) {
      const end = quotedEnd(text, start, to, code, rewriting);
      const closed = end >= 0;
      index = closed ? end : to;
      const inside = text.slice(start + 1, closed ? index - 1 : index);
      const value = rewriting ? inside : unquote(inside, code);
      found[count++] = new Word(value, line, start, index, code === doubleQuote ? '"' : "'");
    } else {
      index = wordEnd(text, start, to, rewriting);
      found[count++] = new Word(text.slice(start, index), line, start, index, '');
    }
  }
  return count === 0 ? none : found.slice(0, count);
}

/** Behind the quote that ends a word, or -1 where none does: the last one may be escaped. */
function quotedEnd(text: string, start: number, to: number, quote: number, rewriting: boolean): number {
  let index = start + 1;
  while (index < to) {
    const code = text.charCodeAt(index);
    if (code === backslash && index + 1 < to && !rewriting) {
      const next = text.charCodeAt(index + 1);
      index += next === quote || next === backslash ? 2 : 1;
    } else if (code === quote) return index + 1;
    else index++;
  }
  return -1;
}

function wordEnd(text: string, start: number, to: number, rewriting: boolean): number {
  let index = start;
  while (index < to && !isBlank(text.charCodeAt(index))) {
    const end = placeholderEnd(text, index, to);
    if (end > 0) index = end;
    else if (rewriting && text.charCodeAt(index) === backslash && isBlank(text.charCodeAt(index + 1))) index += 2;
    else index++;
  }
  return index;
}

/** End of the template placeholder that starts at `index`, or 0. */
function placeholderEnd(text: string, index: number, to: number): number {
  const first = text.charCodeAt(index);
  // Nearly every character is another one.
  if (first !== leftBrace && first !== less) return 0;
  const opening = text.slice(index, index + 2);
  const closing = opening === '{{' ? '}}' : opening === '{%' ? '%}' : opening === '<%' ? '%>' : '';
  if (closing === '' || missing.includes(closing)) return 0;
  const end = text.indexOf(closing, index + 2);
  if (end >= 0 && end + 2 <= to) return end + 2;
  missing += `${closing} `;
  return 0;
}

/** What variables and placeholders begin with: most words hold nothing of it. */
export const marks = /[<@%#{$\uE001]|__/;

function unquote(text: string, quote: number): string {
  if (!text.includes('\\')) return text;
  const mark = String.fromCharCode(quote);
  return text.replaceAll(/\\(.)/gs, (whole, next: string) => (next === mark || next === '\\' ? next : whole));
}

export function rangeOf(line: LogicalLine, start: number, end: number): Range {
  return { start: line.offset(start), end: line.endOffset(start, end) };
}
