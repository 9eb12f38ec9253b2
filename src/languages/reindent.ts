import { type Document, lineRange } from '../text/document.ts';
import type { FileEdit } from '../text/edit.ts';

/** How a line is to be indented: by the depth of its block, or as the line is on which its statement begins. */
export type LineIndent = { readonly depth: number } | { readonly along: number };

/** By the number of the line, from 0; lines that are to stay as they are are not there. */
export type LineIndents = ReadonlyMap<number, LineIndent>;

export interface IndentStyle {
  /** Columns of one step, and of a tab. */
  readonly size: number;
  readonly tabs: boolean;
}

/** Edits of the blanks in front of lines, and of nothing else. */
export function reindent(document: Document, indents: LineIndents, style: IndentStyle): readonly FileEdit[] {
  const edits: FileEdit[] = [];
  /** How many columns a line goes to the right. */
  const moved = new Map<number, number>();
  for (const [line, indent] of [...indents].sort(([a], [b]) => a - b)) {
    const { start, end } = lineRange(document, line);
    const before = /^[ \t]*/.exec(document.text.slice(start, end))?.[0] ?? '';
    if (start + before.length === end) continue;
    const columns = columnsOf(before, style.size);
    const wanted = 'depth' in indent ? indent.depth * style.size : columns + (moved.get(indent.along) ?? 0);
    moved.set(line, wanted - columns);
    const newText = 'along' in indent && wanted === columns ? before : blanks(Math.max(0, wanted), style);
    if (newText !== before) edits.push({ file: document.file, range: { start, end: start + before.length }, newText });
  }
  return edits;
}

function columnsOf(text: string, tab: number): number {
  let columns = 0;
  for (const character of text) columns = character === '\t' ? columns - (columns % tab) + tab : columns + 1;
  return columns;
}

function blanks(columns: number, { size, tabs }: IndentStyle): string {
  return tabs ? '\t'.repeat(Math.floor(columns / size)) + ' '.repeat(columns % size) : ' '.repeat(columns);
}
