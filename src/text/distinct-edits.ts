import { Distinct } from './distinct.ts';
import type { FileEdit } from './edit.ts';

/** Each edit once, in their order: changes for several backends of one server ask for the same lines. */
export function distinctEdits(edits: readonly FileEdit[]): readonly FileEdit[] {
  if (edits.length < 2) return edits;
  const distinct = new Distinct<FileEdit>(isSame, ({ range, newText }) => `${range.end} ${newText}`);
  return edits.filter((edit) => distinct.add(edit, edit));
}

function isSame(a: FileEdit, b: FileEdit): boolean {
  return a.range.end === b.range.end && a.newText === b.newText;
}
