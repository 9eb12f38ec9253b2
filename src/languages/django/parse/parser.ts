import type { Tree } from '@lezer/common';

let parser: { parse(text: string): Tree } | undefined;

/** Loads the grammar of Python, which nobody needs who has no settings of Django. */
export async function preparePython(): Promise<void> {
  if (parser === undefined) parser = (await import('@lezer/python')).parser;
}

/**
 * @returns undefined before the grammar is there, and for a text that is nested deeper than the stack: the grammar's parser
 * calls itself for up to 2,500 levels, which is a little more than some stacks have
 */
export function parsePython(text: string): Tree | undefined {
  try {
    return parser?.parse(text);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
