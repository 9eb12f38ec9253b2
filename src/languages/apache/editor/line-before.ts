import { lineStart } from '../../../text/lines.ts';
import type { ApacheFile } from '../syntax.ts';

/** What stands before an offset in its line, and in the lines that backslashes join with it. */
export function lineBefore({ document: { text } }: ApacheFile, offset: number): string {
  return text.slice(logicalStart(text, offset), offset).trimStart();
}

/** Start of the line, or of the first of the lines that backslashes join. */
function logicalStart(text: string, offset: number): number {
  let start = lineStart(text, offset);
  while (start >= 2 && /\\\r?$/.test(text.slice(Math.max(0, start - 3), start - 1))) {
    start = lineStart(text, start - 1);
  }
  return start;
}
