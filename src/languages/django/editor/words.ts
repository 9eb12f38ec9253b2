import type { Range } from '../../../text/range.ts';

/** The word around an offset, as Python counts letters; empty where none is. */
export function wordAt(text: string, offset: number): { readonly word: string; readonly range: Range } {
  let start = offset;
  let end = offset;
  while (start > 0 && isLetter(text.charAt(start - 1))) start--;
  while (end < text.length && isLetter(text.charAt(end))) end++;
  return { word: text.slice(start, end), range: { start, end } };
}

function isLetter(letter: string): boolean {
  return /\w/.test(letter);
}

/** The text of the line before an offset. */
export function lineBefore(text: string, offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
}
