import type { Tree } from '@lezer/common';

let parser: { parse(text: string): Tree } | undefined;

/** Loads the grammar of Python, which nobody needs who has no settings of Django. */
export async function preparePython(): Promise<void> {
  if (parser === undefined) parser = (await import('@lezer/python')).parser;
}

/** @returns undefined before the grammar is there */
export function parsePython(text: string): Tree | undefined {
  return parser?.parse(text);
}
