import { createMemo } from '../../../memory/memo.ts';
import { isGlob, segmentPattern } from '../../../text/glob.ts';
import { withKeyIn } from './by-key.ts';
import type { Evaluation } from './evaluation.ts';
import type { Statement } from './statement.ts';

/** `<Directory>` of a path, not of an expression. */
export interface FolderSection {
  readonly section: Statement;
  /** How many folders its path names. */
  readonly depth: number;
}

/** Those of one server by what they name, so that of thousands few are looked at for a folder. */
interface FolderIndex {
  readonly literal: ReadonlyMap<string, readonly FolderSection[]>;
  readonly patterns: readonly (FolderSection & { readonly names: readonly RegExp[] })[];
}

const indexes = createMemo<Evaluation, Map<Statement | undefined, FolderIndex>>();

/**
 * The sections that hold for a folder, in the order of the text, of the main server's own or of one virtual host's own.
 */
export function sectionsCovering(
  evaluation: Evaluation,
  host: Statement | undefined,
  folder: string,
): readonly FolderSection[] {
  const { literal, patterns } = indexOf(evaluation, host);
  const given = segments(folder);
  const found: FolderSection[] = [];
  for (let length = 0; length <= given.length; length++) {
    found.push(...(literal.get(given.slice(0, length).join('/')) ?? []));
  }
  for (const each of patterns) {
    const { names } = each;
    if (names.length <= given.length && names.every((name, at) => name.test(given[at] as string))) found.push(each);
  }
  return found.sort((a, b) => a.section.order - b.section.order);
}

function indexOf(evaluation: Evaluation, host: Statement | undefined): FolderIndex {
  const known = indexes.get(evaluation) ?? new Map<Statement | undefined, FolderIndex>();
  if (known.size === 0) indexes.set(evaluation, known);
  let index = known.get(host);
  if (!index) {
    index = createIndex(withKeyIn(evaluation, 'directory', host));
    known.set(host, index);
  }
  return index;
}

function createIndex(sections: readonly Statement[]): FolderIndex {
  const literal = new Map<string, FolderSection[]>();
  const patterns: (FolderSection & { readonly names: readonly RegExp[] })[] = [];
  for (const section of sections) {
    const [path, other] = section.args;
    if (path === undefined || other !== undefined) continue;
    const wanted = segments(path.value);
    const depth = wanted.length;
    const key = wanted.join('/');
    if (isGlob(key) || key.includes('\\')) patterns.push({ section, depth, names: wanted.map(segmentPattern) });
    else {
      const same = literal.get(key);
      if (same) same.push({ section, depth });
      else literal.set(key, [{ section, depth }]);
    }
  }
  return { literal, patterns };
}

function segments(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}
