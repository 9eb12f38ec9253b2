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
}

const space = 32;
const tab = 9;
const doubleQuote = 34;
const singleQuote = 39;
const backslash = 92;

export function isBlank(code: number): boolean {
  return code === space || (code >= tab && code <= 13);
}

/**
 * Splits arguments as httpd's `ap_getword_conf` does: blanks separate, a quote counts only at the start of a word, and
 * `\` escapes only quotes and itself within quotes. Placeholders of templates (`{{ … }}`, `<%= … %>`) stay one word.
 */
export function readWords(line: LogicalLine, from: number, to: number): Argument[] {
  const words: Argument[] = [];
  const { text } = line;
  let index = from;
  while (index < to) {
    const code = text.charCodeAt(index);
    if (isBlank(code)) {
      index++;
      continue;
    }
    const start = index;
    if (code === doubleQuote || code === singleQuote) {
      index = quotedEnd(text, start, to, code);
      const closed = index <= to && text.charCodeAt(index - 1) === code && index - 1 > start;
      words.push({
        value: unquote(text.slice(start + 1, closed ? index - 1 : index), code),
        range: rangeOf(line, start, index),
        quote: code === doubleQuote ? '"' : "'",
      });
    } else {
      index = wordEnd(text, start, to);
      words.push({ value: text.slice(start, index), range: rangeOf(line, start, index), quote: '' });
    }
  }
  return words;
}

function quotedEnd(text: string, start: number, to: number, quote: number): number {
  let index = start + 1;
  while (index < to) {
    const code = text.charCodeAt(index);
    if (code === backslash && index + 1 < to) {
      const next = text.charCodeAt(index + 1);
      index += next === quote || next === backslash ? 2 : 1;
    } else if (code === quote) return index + 1;
    else index++;
  }
  return to;
}

function wordEnd(text: string, start: number, to: number): number {
  let index = start;
  while (index < to && !isBlank(text.charCodeAt(index))) {
    const end = placeholderEnd(text, index);
    index = end > 0 && end <= to ? end : index + 1;
  }
  return index;
}

/** End of the template placeholder that starts at `index`, or 0. */
function placeholderEnd(text: string, index: number): number {
  const opening = text.slice(index, index + 2);
  const closing = opening === '{{' ? '}}' : opening === '{%' ? '%}' : opening === '<%' ? '%>' : '';
  if (closing === '') return 0;
  const end = text.indexOf(closing, index + 2);
  return end < 0 ? 0 : end + 2;
}

function unquote(text: string, quote: number): string {
  if (!text.includes('\\')) return text;
  const mark = String.fromCharCode(quote);
  return text.replaceAll(/\\(.)/gs, (whole, next: string) => (next === mark || next === '\\' ? next : whole));
}

export function rangeOf(line: LogicalLine, start: number, end: number): Range {
  return { start: line.offset(start), end: end > start ? line.offset(end - 1) + 1 : line.offset(start) };
}
