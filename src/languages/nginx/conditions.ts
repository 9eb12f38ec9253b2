import { createMemo } from '../../memory/memo.ts';
import type { Location, Range } from '../../text/range.ts';
import type { ServerModel } from '../../tls/model/server-model.ts';
import { kinds, statements } from './parse/branches.ts';
import type { NginxFile } from './parse/file.ts';

/** A directive in its place: an `Item`, which itself needs files that need this one. */
interface Placed {
  readonly outer: { readonly open: boolean; readonly owner: Placed | undefined };
  readonly file: NginxFile;
  readonly start: number;
  /** Its place among all directives, in the order in which nginx reads them. */
  readonly order: number;
}

/** Why nothing is known of what only a branch of a template brings. */
export const byCondition = 'a condition of the template decides whether this line is there';

/** Statements that write what stands in them only where a condition holds, or as often as a list is long. */
const choices =
  /^(?:[#?*]|if\b|unless\b|case\b|for\b|while\b|until\b|range\b|with\b)|^[^}]*\bdo\b(?:\s*\|[^|]*\|)?\s*$|\{\s*$/;

/**
 * True for a directive that a template brings into its block, or into its file, in some cases only: it stands in a branch there,
 * or an include that does has brought it. What stands in a block that is in a branch itself is as sure as that.
 */
export function isConditional(item: Placed): boolean {
  // What a template may bring something into is open; nearly nothing is.
  return item.outer.open && (branchOf(item) ?? includeOf(item)) !== undefined;
}

/** The same where another branch stands for it in the other cases. */
export function isAlternative(item: Placed): boolean {
  return item.outer.open && (branchOf(item) ?? includeOf(item))?.isOnly === false;
}

/** True for a directive of a template, or one that is conditional itself or stands in a block that is: it may not be there. */
export function mayBeAbsent(item: Placed): boolean {
  return item.file.templates.length > 0 || hangsOnCondition(item);
}

/** True for a directive that is conditional itself, or stands in a block that is. */
export function hangsOnCondition(item: Placed): boolean {
  for (let at: Placed | undefined = item; at; at = at.outer.owner) if (isConditional(at)) return true;
  return false;
}

/** The same for all that one branch of a template brings, or one include in it; undefined for what is there in every case. */
export function conditionOf(item: Placed): string | undefined {
  if (!item.outer.open) return undefined;
  const found = branchOf(item) ?? includeOf(item);
  return found && `${item.file.document.file}:${'from' in found ? `include ${found.from}` : found.start}`;
}

/** True for what a template brings only where some comparison of versions holds, which this target may never meet. */
export function hangsOnVersion({ file, start }: Placed): boolean {
  if (file.inserts.length === 0) return false;
  return branchesIn(file).some(
    (branch) => branch.start <= start && start < branch.end && namesVersion.test(branch.words),
  );
}

const namesVersion = /version|semver|vercmp|directive_supported/i;

/** True for what a template may leave out by a condition; a loop goes round, or nobody would have written it. */
export function mayBeLeftOut({ file, start }: Pick<Placed, 'file' | 'start'>): boolean {
  if (file.inserts.length === 0) return false;
  return branchesIn(file).some((branch) => branch.start <= start && start < branch.end && !loops.test(branch.words));
}

/** What templates may leave out, the outermost of their branches; nearly no configuration has any. */
export function conditionalPlaces(files: Iterable<NginxFile>): Pick<ServerModel, 'conditional'> {
  const places: Location[] = [];
  for (const file of files) {
    if (file.inserts.length === 0) continue;
    let end = -1;
    for (const branch of branchesIn(file)) {
      if (branch.start < end || loops.test(branch.words)) continue;
      places.push({ file: file.document.file, range: { start: branch.start, end: branch.end } });
      end = branch.end;
    }
  }
  return places.length > 0 ? { conditional: places } : {};
}

const loops = /^(?:[*]|for\b|while\b|until\b|range\b|with\b)|\bdo\b|\{\s*$/;

/** True where a template brings all of them into their block, or none. */
export function standTogether(items: readonly Placed[]): boolean {
  const branches = items.map((item) => (item.outer.open ? branchOf(item) : undefined));
  return branches.every((branch) => branch === branches[0]);
}

/** What one include of a block has brought: directives of the block from one place in the order of reading up to another. */
interface Brought {
  readonly from: number;
  readonly to: number;
  readonly isOnly: boolean;
}

const broughtInto = createMemo<Placed['outer'], Brought[]>();

/** Remembers what an include has brought, which is as sure as the include; `to` is the order of what comes behind that. */
export function noteBrought(include: Placed, to: number): void {
  if (!isConditional(include)) return;
  const { outer, order } = include;
  const brought = { from: order, to, isOnly: !isAlternative(include) };
  const list = broughtInto.get(outer);
  if (list) list.push(brought);
  else broughtInto.set(outer, [brought]);
}

function includeOf({ outer, order }: Placed): Brought | undefined {
  return broughtInto.get(outer)?.find(({ from, to }) => from < order && order < to);
}

function branchOf({ file, start }: Placed): Branch | undefined {
  return file.inserts.length > 0 ? conditionalIn(file).get(start) : undefined;
}

interface Branch extends Range {
  /** What decides: the words of the statement, and of those of the branches before. */
  readonly words: string;
  /** Nothing stands for it where its condition does not hold. */
  readonly isOnly: boolean;
}

const remembered = createMemo<NginxFile, ReadonlyMap<number, Branch>>();

/** Those directives of a file, by where they start, with the innermost branch that each is in. */
function conditionalIn(file: NginxFile): ReadonlyMap<number, Branch> {
  let found = remembered.get(file);
  if (!found) {
    found = findConditional(file);
    remembered.set(file, found);
  }
  return found;
}

const rememberedBranches = createMemo<NginxFile, readonly Branch[]>();

/** All of a file's branches, in order. */
function branchesIn(file: NginxFile): readonly Branch[] {
  let found = rememberedBranches.get(file);
  if (!found) {
    found = branchesOf(file.marked, topOf(file.table));
    rememberedBranches.set(file, found);
  }
  return found;
}

function findConditional(file: NginxFile): ReadonlyMap<number, Branch> {
  const { table } = file;
  const found = new Map<number, Branch>();
  const branches = branchesIn(file);
  const open: Branch[] = [];
  const blocks: { readonly opened: number; readonly end: number }[] = [];
  let next = 0;
  for (let index = 0; index < table.count; index++) {
    const start = table.start(index);
    while (blocks.length > 0 && (blocks.at(-1)?.end ?? 0) <= start) blocks.pop();
    for (let branch = branches[next]; branch !== undefined && branch.start <= start; branch = branches[++next]) {
      while (open.length > 0 && (open.at(-1)?.end ?? 0) <= branch.start) open.pop();
      open.push(branch);
    }
    while (open.length > 0 && (open.at(-1)?.end ?? 0) <= start) open.pop();
    const innermost = open.at(-1);
    if (innermost !== undefined && innermost.start > (blocks.at(-1)?.opened ?? -1)) found.set(start, innermost);
    if (table.hasBlock(index)) blocks.push({ opened: table.opened(index), end: table.end(index) });
  }
  return found;
}

/** From the first directive to the last of those that stand in no block. */
function topOf(table: NginxFile['table']): Range {
  let last = 0;
  for (let index = 0; index < table.count; index = table.behind(index)) last = index;
  return table.count === 0 ? { start: 0, end: 0 } : { start: table.start(0), end: table.start(last) };
}

/** The branches of all choices, in order; without those of a choice that a whole file hangs on. */
function branchesOf(text: string, top: Range): readonly Branch[] {
  const found: Branch[] = [];
  const open: { readonly isChoice: boolean; start: number; turned: boolean; words: string }[] = [];
  for (const mark of text.matchAll(statements)) {
    const group = [1, 2, 3].findIndex((index) => mark[index] !== undefined);
    const { opens, turns, ends } = kinds[group] as (typeof kinds)[number];
    const words = (mark[group + 1] as string).trim();
    const behind = mark.index + mark[0].length;
    const last = open.at(-1);
    if (turns.test(words)) {
      if (last?.isChoice) found.push({ start: last.start, end: mark.index, isOnly: false, words: last.words });
      if (last) Object.assign(last, { start: behind, turned: true, words: `${last.words} ${words}` });
    } else if (ends.test(words)) {
      open.pop();
      if (!last?.isChoice) continue;
      const holdsAll = last.start <= top.start && top.end < mark.index;
      const { start, turned, words: decides } = last;
      if (turned || !holdsAll) found.push({ start, end: mark.index, isOnly: !turned, words: decides });
    } else if (opens.test(words)) open.push({ isChoice: choices.test(words), start: behind, turned: false, words });
  }
  return found.sort((a, b) => a.start - b.start || b.end - a.end);
}
