import type { Range } from './range.ts';

/** Replaces a range of one file by a new text. An empty range inserts. */
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

export interface FileEdit extends TextEdit {
  readonly file: string;
}

/**
 * Applies edits to one text. All ranges speak of the text before. Edits at one place are applied in their order.
 * @throws RangeError where two edits overlap
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits
    .map((edit, index) => ({ edit, index }))
    .sort(
      (a, b) => a.edit.range.start - b.edit.range.start || a.edit.range.end - b.edit.range.end || a.index - b.index,
    );
  let result = '';
  let position = 0;
  for (const { edit } of ordered) {
    if (edit.range.start < position) throw new RangeError(`Edits overlap at offset ${edit.range.start}.`);
    result += text.slice(position, edit.range.start) + edit.newText;
    position = edit.range.end;
  }
  return result + text.slice(position);
}
