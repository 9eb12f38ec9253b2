import type { FileEdit } from '../../../text/edit.ts';
import type { Project } from '../../language.ts';
import type { NginxFile } from '../parse/file.ts';

/**
 * Each change speaks of the text as it stands, so one may add its line behind a directive that another takes away: then the
 * new line stands where the old one stood.
 */
export function besideRemoved(edits: readonly FileEdit[], { files }: Project<NginxFile>): readonly FileEdit[] {
  const removals = edits.filter(({ newText, range }) => newText === '' && range.end > range.start);
  if (removals.length === 0) return edits;
  return edits.map((edit) => {
    const { file, range, newText } = edit;
    if (range.end > range.start) return edit;
    const removed = removals.find(
      (other) => other.file === file && other.range.start < range.start && range.start < other.range.end,
    );
    if (removed === undefined) return edit;
    const { start, end } = removed.range;
    // Of a line that goes as a whole the end goes too, and the one before it keeps its own.
    const isLine = files.get(file)?.document.text[end - 1] === '\n' && newText.startsWith('\n');
    return isLine
      ? { file, range: { start: end, end }, newText: `${newText.slice(1)}\n` }
      : { file, range: { start, end: start }, newText };
  });
}
