import { type Document, lineRange } from '../text/document.ts';
import type { FileEdit } from '../text/edit.ts';

/**
 * How a line is to be indented: by the depth of its block, or as the line is on which its statement begins. Blanks at the end of
 * one that is open may belong to a text that goes on in the next.
 */
export type LineIndent = ({ readonly depth: number } | { readonly along: number }) & { readonly isOpen?: boolean };

/** By the number of the line, from 0; lines that are to stay as they are are not there. */
export type LineIndents = ReadonlyMap<number, LineIndent>;

export interface IndentStyle {
  /** Columns of one step, and of a tab. */
  readonly size: number;
  readonly tabs: boolean;
}

/** Numbers of the lines that have blanks and nothing else. */
export function blankLines({ text, lineStarts }: Document): readonly number[] {
  const lines: number[] = [];
  lineStarts.forEach((start, line) => {
    let at = start;
    while (isBlank(text, at)) at++;
    if (at > start && (at === text.length || text[at] === '\n' || text[at] === '\r')) lines.push(line);
  });
  return lines;
}

/** Edits of the blanks in front of lines and behind them, and of nothing else. */
export function reindent(document: Document, indents: LineIndents, style: IndentStyle): readonly FileEdit[] {
  const edits: FileEdit[] = [];
  /** How many columns a line goes to the right. */
  const moved = new Map<number, number>();
  for (const [line, indent] of [...indents].sort(([a], [b]) => a - b)) {
    const { start, end } = lineRange(document, line);
    const before = /^[ \t]*/.exec(document.text.slice(start, end))?.[0] ?? '';
    const last = indent.isOpen === true ? end : endOfWords(document.text, start, end);
    if (last < end) edits.push({ file: document.file, range: { start: last, end }, newText: '' });
    if (start + before.length === end) continue;
    const columns = columnsOf(before, style.size);
    const wanted = 'depth' in indent ? indent.depth * style.size : columns + (moved.get(indent.along) ?? 0);
    moved.set(line, wanted - columns);
    const newText = 'along' in indent && wanted === columns ? before : blanks(Math.max(0, wanted), style);
    if (newText !== before) edits.push({ file: document.file, range: { start, end: start + before.length }, newText });
  }
  return edits;
}

/** A blank behind a backslash is part of a word, or keeps the line from being continued. */
function endOfWords(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && isBlank(text, last - 1)) last--;
  return last > start && text[last - 1] === '\\' ? end : last;
}

function isBlank(text: string, at: number): boolean {
  return text[at] === ' ' || text[at] === '\t';
}

function columnsOf(text: string, tab: number): number {
  let columns = 0;
  for (const character of text) columns = character === '\t' ? columns - (columns % tab) + tab : columns + 1;
  return columns;
}

function blanks(columns: number, { size, tabs }: IndentStyle): string {
  return tabs ? '\t'.repeat(Math.floor(columns / size)) + ' '.repeat(columns % size) : ' '.repeat(columns);
}
