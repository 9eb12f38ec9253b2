import type { Project } from '../../language.ts';
import { rootScope } from '../configuration.ts';
import { includesOf } from '../included-files.ts';
import type { NginxFile } from '../parse/file.ts';
import type { Word } from '../parse/tree.ts';
import type { Item, Scope } from '../scope.ts';

/** Where an offset stands. */
export interface Cursor {
  readonly file: NginxFile;
  /** The innermost block that holds it, includes followed. */
  readonly scope: Scope;
  /** The directive that it stands in, its block left out. */
  readonly item: Item | undefined;
  readonly word: Word | undefined;
}

/** Finds an offset of a file in the configuration; undefined where the file is not part of it, or in a comment. */
export function cursorAt(project: Project<NginxFile>, path: string, offset: number): Cursor | undefined {
  const file = project.files.get(path);
  if (!file || file.comments.some(({ start, end }) => start < offset && offset <= end)) return undefined;
  // No block has a directive of a file that says nothing yet: it lies where it is included.
  const scope = innermost(rootScope(project), file, offset) ?? includesOf(path, project).all[0]?.outer;
  if (!scope) return undefined;
  const item = scope.items.find(
    (candidate) => candidate.file === file && candidate.start <= offset && offset <= headEnd(candidate),
  );
  const words = item ? [item.nameWord, ...item.args] : [];
  const inside = item ? offset - item.start : 0;
  const word = words.find(({ from, to }) => from <= inside && inside <= to);
  return { file, scope, item, word };
}

function headEnd({ block, end }: Item): number {
  return block ? block.start : end;
}

function innermost(scope: Scope, file: NginxFile, offset: number): Scope | undefined {
  let holds = scope.owner ? scope.owner.file === file : false;
  for (const { file: owner, block, inner } of scope.items) {
    if (owner === file) holds = true;
    if (!inner) continue;
    if (owner !== file) {
      const found = innermost(inner, file, offset);
      if (found) return found;
      continue;
    }
    if (block && block.start < offset && offset <= block.close.start) return innermost(inner, file, offset) ?? inner;
    // Another file may be included inside, and be the one that is asked for.
  }
  const isEmptyFile = scope.owner === undefined && scope.items.length === 0;
  return holds || isEmptyFile ? scope : undefined;
}
