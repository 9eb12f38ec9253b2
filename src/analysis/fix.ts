import { applyEdits, type FileEdit } from '../text/edit.ts';
import type { Finding, Fix } from '../text/finding.ts';
import { groupBy } from '../text/group-by.ts';
import { overlaps } from '../text/range.ts';

/** A fix that was taken, or left because it would touch what another one had touched already. */
export interface ChosenFix {
  readonly finding: Finding;
  readonly fix: Fix;
}

/** The first safe fix of each finding, without those that overlap an earlier one; another round catches these. */
export function chooseSafeFixes(findings: readonly Finding[]): readonly ChosenFix[] {
  return chooseFixes(findings, ({ safe }) => safe);
}

/** The first fix of each finding that is acceptable, without those that overlap an earlier one. */
export function chooseFixes(findings: readonly Finding[], isAcceptable: (fix: Fix) => boolean): readonly ChosenFix[] {
  const chosen: ChosenFix[] = [];
  const taken = new TakenPlaces();
  for (const finding of findings) {
    const { fixes } = finding;
    const fix = fixes.length === 0 ? undefined : fixes.find(isAcceptable);
    if (fix === undefined) continue;
    const edits = taken.without(fix.edits);
    if (taken.areTouchedBy(edits)) continue;
    for (const edit of edits) taken.add(edit);
    chosen.push({ finding, fix: edits === fix.edits ? fix : { ...fix, edits } });
  }
  return chosen;
}

/** New texts by file. */
export function applyFixes(
  fixes: readonly ChosenFix[],
  textOf: (file: string) => string | undefined,
): ReadonlyMap<string, string> {
  const all = fixes.flatMap(({ fix }) => fix.edits);
  const texts = new Map<string, string>();
  for (const [file, edits] of groupBy(all, ({ file }) => file)) {
    const text = textOf(file);
    if (text !== undefined) texts.set(file, applyEdits(text, edits));
  }
  return texts;
}

/** Edits that are to be made, by the pieces of their files that they lie in: each is compared with its neighbours alone. */
class TakenPlaces {
  private readonly byFile = new Map<string, Map<number, FileEdit[]>>();

  add(edit: FileEdit): void {
    const pieces = this.byFile.get(edit.file) ?? new Map<number, FileEdit[]>();
    this.byFile.set(edit.file, pieces);
    for (let piece = pieceOf(edit.range.start); piece <= pieceOf(edit.range.end); piece++) {
      const edits = pieces.get(piece);
      if (edits) edits.push(edit);
      else pieces.set(piece, [edit]);
    }
  }

  /** Those that are not taken yet: the same list where none is. */
  without(edits: readonly FileEdit[]): readonly FileEdit[] {
    for (const edit of edits) if (this.has(edit, sameEdit)) return edits.filter((each) => !this.has(each, sameEdit));
    return edits;
  }

  areTouchedBy(edits: readonly FileEdit[]): boolean {
    for (const edit of edits) if (this.has(edit, clash)) return true;
    return false;
  }

  /** True where one nearby is as `test` says. */
  private has(edit: FileEdit, test: (one: FileEdit, other: FileEdit) => boolean): boolean {
    const pieces = this.byFile.get(edit.file);
    if (pieces === undefined) return false;
    const last = pieceOf(edit.range.end);
    for (let piece = pieceOf(edit.range.start); piece <= last; piece++) {
      const others = pieces.get(piece);
      if (others !== undefined) for (const other of others) if (test(edit, other)) return true;
    }
    return false;
  }
}

/** Characters of a file in one piece: a few lines. */
const pieceLength = 256;

function pieceOf(offset: number): number {
  return Math.floor(offset / pieceLength);
}

function sameEdit(a: FileEdit, b: FileEdit): boolean {
  return a.range.start === b.range.start && a.range.end === b.range.end && a.newText === b.newText;
}

function clash(a: FileEdit, b: FileEdit): boolean {
  const touch = a.range.start === b.range.start && a.range.end === b.range.end;
  return touch || overlaps(a.range, b.range);
}
