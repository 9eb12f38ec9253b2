import type { Position, Range } from './range.ts';

/** One file's text with an index of its lines, made when it is first asked for. A document never changes. */
export interface Document {
  readonly file: string;
  readonly text: string;
  /** Offset of each line's first character; `\n`, `\r\n` and a lone `\r` end a line. */
  readonly lineStarts: readonly number[];
}

export function createDocument(file: string, text: string): Document {
  return new TextDocument(file, text);
}

class TextDocument implements Document {
  readonly file: string;
  readonly text: string;
  private starts: readonly number[] | undefined;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
    this.starts = undefined;
  }

  get lineStarts(): readonly number[] {
    this.starts ??= findLineStarts(this.text);
    return this.starts;
  }
}

/** The position of an offset; offsets outside the text are clamped to it. */
export function positionAt(document: Document, offset: number): Position {
  const { lineStarts, text } = document;
  const clamped = Math.max(0, Math.min(offset, text.length));
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] as number) <= clamped) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: clamped - (lineStarts[low] as number) };
}

/** The offset of a position; positions outside the text are clamped to it. */
export function offsetAt(document: Document, position: Position): number {
  const start = document.lineStarts[position.line];
  if (start === undefined) return position.line < 0 ? 0 : document.text.length;
  const next = document.lineStarts[position.line + 1] ?? document.text.length;
  return Math.max(start, Math.min(start + position.character, next));
}

/** The range of one line, its line end left out. */
export function lineRange(document: Document, line: number): Range {
  const start = document.lineStarts[line] ?? document.text.length;
  let end = document.lineStarts[line + 1] ?? document.text.length;
  while (end > start && (document.text[end - 1] === '\n' || document.text[end - 1] === '\r')) end--;
  return { start, end };
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 10) starts.push(index + 1);
    else if (code === 13 && text.charCodeAt(index + 1) !== 10) starts.push(index + 1);
  }
  return starts;
}
