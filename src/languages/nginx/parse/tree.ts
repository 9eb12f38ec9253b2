import type { Range } from '../../../text/range.ts';
import type { BlockContent } from '../facts/directives.ts';

/** One word of a directive. Directives that read the same share their words, so that a word's place counts from its directive's start. */
export interface Word {
  readonly from: number;
  /** Behind its last character. Quotes are part of the word. */
  readonly to: number;
  /** As nginx reads it: quotes gone, escapes resolved. */
  readonly value: string;
  readonly quote: '"' | "'" | '';
  /** True where nginx will read something else: a template tool or `envsubst` fills it in, or its quote is broken. */
  readonly templated: boolean;
}

/** The one place where words are made: the engine is quick with objects of one make only. */
export function createWord(
  from: number,
  to: number,
  value: string,
  quote: Word['quote'] = '',
  templated = false,
): Word {
  return { from, to, value, quote, templated };
}

/** The same word of a directive that starts further behind, by so many characters. */
export function movedBack({ from, to, value, quote, templated }: Word, by: number): Word {
  return createWord(from - by, to - by, value, quote, templated);
}

export interface Block extends Range {
  readonly content: BlockContent;
  readonly directives: readonly Directive[];
  /** The closing brace, or where it is missing. */
  readonly close: Range;
}

/** A directive, or an entry of a block that holds data. The range reaches from its name to its `;` or closing brace. */
export interface Directive extends Range {
  readonly nameWord: Word;
  readonly args: readonly Word[];
  readonly block: Block | undefined;
  /** What ended it; `nothing` where a `;` is missing. */
  readonly ending: ';' | '{' | 'nothing';
  /** What all directives that read the same have in common; undefined where none was met before. */
  readonly reading: Reading | undefined;
}

/** What a directive says, wherever it stands. */
export interface Statement {
  readonly name: Word;
  readonly args: readonly Word[];
  /** As of a directive. */
  readonly reading: Reading | undefined;
}

/** One that is met for the first time. */
export function statementOf(name: Word, args: readonly Word[]): Statement {
  return { name, args, reading: undefined };
}

/** What all directives that read the same have in common. */
export interface Reading {
  readonly mark: number;
  /** A place for what is found out about their words, so that it need not be found again. */
  found: unknown;
}

/**
 * One bit out of 32 for a directive's name. Of a block the marks of all names are kept together: most questions are about
 * names that no directive of the block has, and nearly all of those are answered without looking through it.
 */
export function markOf(name: string): number {
  const { length } = name;
  return 1 << ((length * 7 + name.charCodeAt(length >> 1) * 5 + name.charCodeAt(length - 1)) & 31);
}

/** The marks of several names. */
export function marksOf(names: Iterable<string>): number {
  let marks = 0;
  for (const name of names) marks |= markOf(name);
  return marks;
}

/** Where a directive's word stands in its file. */
export function rangeOf({ start }: Directive, { from, to }: Word): Range {
  return { start: start + from, end: start + to };
}
