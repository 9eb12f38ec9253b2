import type { Range } from './range.ts';

/** How the lines of a text end: as its first one does, for a text of megabytes is not looked through for each edit. */
export function lineBreakOf(text: string): '\n' | '\r\n' {
  return text[text.indexOf('\n') - 1] === '\r' ? '\r\n' : '\n';
}

/** A text to go into another one, with line ends as that one has them. */
export function withLineBreaksOf(text: string, newText: string): string {
  return newText.includes('\n') && lineBreakOf(text) === '\r\n' ? newText.replace(/(?<!\r)\n/g, '\r\n') : newText;
}

/** Start of the line that holds `offset`. */
export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** End of the line that holds `offset`, its line end left out. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return text[end - 1] === '\r' ? end - 1 : end;
}

/** The whole lines of a range, the last line end included. */
export function wholeLines(text: string, { start, end }: Range): Range {
  const last = text.indexOf('\n', end);
  return { start: lineStart(text, start), end: last < 0 ? text.length : last + 1 };
}

/** The blanks with which the line of `offset` begins, as far as `offset`. */
export function indentAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  let end = start;
  while (end < offset && isBlank(text.charCodeAt(end))) end++;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** Start of the first of the lines that backslashes join to that of an offset: nothing can stand between them. */
export function joinedStart(text: string, offset: number): number {
  let start = lineStart(text, offset);
  while (/\\\r?\n$/.test(text.slice(Math.max(0, start - 3), start))) start = lineStart(text, start - 1);
  return start;
}
