import type { Tree } from '@lezer/common';

let parser: { parse(text: string): Tree } | undefined;

/** Loads the grammar of Python, which nobody needs who has no settings of Django. */
export async function preparePython(): Promise<void> {
  if (parser === undefined) parser = (await import('@lezer/python')).parser;
}

/**
 * `not` before one operand: Python's own parser has 6,000 levels (`MAXSTACK` in `Parser/parser.c`), and each takes two. Signs are
 * not counted: a table in a docstring may have as many.
 */
const mostPrefixes = 3_000;
const prefixes = /(?:\bnot\b[\s\\]*)+/g;

/**
 * @returns undefined before the grammar is there, and for a text that is nested deeper than the stack: the grammar's parser
 * calls itself for up to 2,500 levels, which is a little more than some stacks have; nor for one with more `not` before an operand
 * than Python takes, which that parser copies a hundred times as it looks for a way on
 */
export function parsePython(text: string): Tree | undefined {
  try {
    return hasTooManyPrefixes(text) ? undefined : parser?.parse(text);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function hasTooManyPrefixes(text: string): boolean {
  for (const [run] of text.matchAll(prefixes)) {
    if (run.length > mostPrefixes && run.split('not').length - 1 > mostPrefixes) return true;
  }
  return false;
}
