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
    const fix = finding.fixes.find(isAcceptable);
    if (fix === undefined) continue;
    const fresh = fix.edits.filter((edit) => !taken.has(edit));
    if (fresh.some((edit) => taken.isTouchedBy(edit))) continue;
    for (const edit of fresh) taken.add(edit);
    chosen.push({ finding, fix: { ...fix, edits: fresh } });
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
  private readonly pieces = new Map<string, FileEdit[]>();

  add(edit: FileEdit): void {
    for (const piece of piecesOf(edit)) {
      const edits = this.pieces.get(piece);
      if (edits) edits.push(edit);
      else this.pieces.set(piece, [edit]);
    }
  }

  has(edit: FileEdit): boolean {
    return this.near(edit, (other) => sameEdit(edit, other));
  }

  isTouchedBy(edit: FileEdit): boolean {
    return this.near(edit, (other) => clash(edit, other));
  }

  private near(edit: FileEdit, test: (other: FileEdit) => boolean): boolean {
    return piecesOf(edit).some((piece) => this.pieces.get(piece)?.some(test) ?? false);
  }
}

/** Characters of a file in one piece: a few lines. */
const pieceLength = 256;

function piecesOf({ file, range }: FileEdit): readonly string[] {
  const pieces: string[] = [];
  for (let at = Math.floor(range.start / pieceLength); at * pieceLength <= range.end; at++)
    pieces.push(`${at} ${file}`);
  return pieces;
}

function sameEdit(a: FileEdit, b: FileEdit): boolean {
  return a.file === b.file && a.range.start === b.range.start && a.range.end === b.range.end && a.newText === b.newText;
}

function clash(a: FileEdit, b: FileEdit): boolean {
  if (a.file !== b.file) return false;
  const touch = a.range.start === b.range.start && a.range.end === b.range.end;
  return touch || overlaps(a.range, b.range);
}
