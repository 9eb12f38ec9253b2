import type { Range } from '../../../text/range.ts';
import { isBlank, isTooLong, leftBrace, semicolon } from './characters.ts';

export interface WordProblem {
  readonly kind: 'unclosed-quote' | 'unquoted-brace' | 'too-long' | 'unexpected';
  readonly range: Range;
  /** Where nginx would notice, if not there. */
  readonly noticed: number | undefined;
}

/** Where the line ends, with the text for the last one. */
export function lineEndAt(text: string, from: number): number {
  const index = text.indexOf('\n', from);
  return index < 0 ? text.length : index;
}

/** Where a word without quotes ends, whatever it is made of. */
export function endOfBareWord(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isBlank(code) || code === semicolon || code === leftBrace) break;
    at++;
  }
  return at;
}

/** The last one is not ended: behind it the block begins. */
const quantifier = /\{\d+(?:,\d*)?(?:\}|(?=[ \t]+\{[ \t]*(?:#|\r?$)))/my;
/** A directive with an expression, or an entry that is one, as in `map`. */
const expressionHolder = /(?:location|rewrite|if|server_name)\s|~/y;

/**
 * End of `{2,20}` of an expression without quotes, which nginx takes for the beginning of a block that it then refuses; `at` where
 * there is none.
 * @param start of the directive or entry, of which only those with expressions are looked at
 */
export function endOfQuantifier(text: string, start: number, at: number): number {
  quantifier.lastIndex = at;
  if (!quantifier.test(text)) return at;
  expressionHolder.lastIndex = start;
  return expressionHolder.test(text) ? quantifier.lastIndex : at;
}

/** Of such an expression, and where nginx notices: it reads on to the end of the first directive in the block. */
export function braceProblem(text: string, start: number, end: number): WordProblem {
  const rest = text.slice(end, end + 1000).search(/[{;]/);
  return { kind: 'unquoted-brace', range: { start, end }, noticed: rest < 0 ? undefined : end + rest };
}

/** What ends the last directive of a line, and the blocks that the line closes behind it. */
const endOfDirective = /;[ \t]*(?:\}[ \t;]*)*(?:#.*)?\r?$/;

/** Where the last word of a line ends, without its `;`, a brace that closes its block, and a comment. */
export function endOfWordsInLine(text: string, from: number): number {
  let end = lineEndAt(text, from);
  // In a line of nothing but such ends each would be looked behind.
  const last = end - from < 1000 ? text.slice(from, end).search(endOfDirective) : -1;
  if (last > 0) end = from + last;
  // What opens a block behind the word is none of it.
  if (text[end - 1] === '{' && isBlank(text.charCodeAt(end - 2))) end--;
  while (end > from + 1 && (isBlank(text.charCodeAt(end - 1)) || text[end - 1] === ';')) end--;
  return end;
}

export function resolveEscapes(text: string): string {
  return text.replace(/\\(["'\\trn])/g, (_, code: string) =>
    code === 't' ? '\t' : code === 'r' ? '\r' : code === 'n' ? '\n' : code,
  );
}

/** `counted`: the first character that nginx counts. */
export function lengthProblem(text: string, start: number, end: number, counted = start): WordProblem | undefined {
  // nginx lets go of a word at the character behind the blank that ends it.
  const released = isBlank(text.charCodeAt(end)) ? end + 1 : end;
  return isTooLong(text, counted, released)
    ? { kind: 'too-long', range: { start, end }, noticed: undefined }
    : undefined;
}
