import { createMemo } from '../../memory/memo.ts';
import type { Range } from '../../text/range.ts';
import type { Project } from '../language.ts';
import { mainFile } from './beside-main.ts';
import { noteBrought } from './conditions.ts';
import { contextOfWord, guessContext } from './context.ts';
import { Directory, setDirectory } from './everywhere.ts';
import type { Context } from './facts/directives.ts';
import { innerContext, isDirectiveName } from './facts/directives.ts';
import { includePattern } from './includes.ts';
import { BlockScope, Stretch, TableItem } from './items.ts';
import type { NginxFile } from './parse/file.ts';
import { meantBlock } from './parse/meant.ts';
import type { DirectiveTable } from './parse/table.ts';
import type { Statement } from './parse/tree.ts';
import { markOf } from './parse/tree.ts';
import { allScopes, type Scope } from './scope.ts';
import { noteUnread } from './unread.ts';

const scopes = createMemo<Project<NginxFile>, Scope>();

/** The whole configuration as one tree. Made once for a project. */
export function rootScope(project: Project<NginxFile>): Scope {
  let scope = scopes.get(project);
  if (!scope) {
    scope = build(project);
    scopes.set(project, scope);
  }
  return scope;
}

/** Files that every package of nginx brings: they hold parameters for programs behind it, or file types, and nothing else. */
const onlyParameters = /(?:^|\/)(?:(?:fastcgi|uwsgi|scgi|proxy)_params|fastcgi\.conf|mime\.types)$/;

function build(project: Project<NginxFile>): Scope {
  const entry = project.files.get(project.entry);
  const context = project.complete ? 'main' : (contextOfWord(project.context) ?? (entry && guessContext(entry)));
  const root = new BlockScope(context, context === undefined ? 'unknown' : 'directives');
  let order = 0;
  const directory = new Directory();
  let isOpen = false;
  let stretch: Stretch;
  if (entry) fillFrom(root, entry, [project.entry], undefined);
  if (isOpen) directory.open = allScopes(root).filter(({ open }) => open);
  setDirectory(root, directory);
  return root;

  /** @returns the item, behind which the next one of its block comes */
  function add(scope: BlockScope, item: TableItem, last: TableItem | undefined): TableItem {
    if (last) last.next = item;
    else scope.first = item;
    order++;
    // Of entries, of which there are thousands, an include alone is a directive.
    if (scope.content !== 'entries' || item.name === 'include') directory.add(item);
    return item;
  }

  /** @param include what could not be followed; without it a template may bring something in */
  function setOpen(scope: BlockScope, include?: string): void {
    noteUnread(scope, include);
    scope.open = true;
    isOpen = true;
  }

  /** Adds a whole file behind the last directive that stands in the block; returns the last one then. */
  function fillFrom(
    scope: BlockScope,
    file: NginxFile,
    trail: readonly string[],
    last: TableItem | undefined,
  ): TableItem | undefined {
    stretch = new Stretch(file, 0, order);
    return fill(scope, file, 0, file.table.count, trail, last);
  }

  /** The same with the directives from one index up to another, which are those of one block, or of a whole file. */
  function fill(
    scope: BlockScope,
    file: NginxFile,
    from: number,
    to: number,
    trail: readonly string[],
    before: TableItem | undefined,
  ): TableItem | undefined {
    const { table } = file;
    let last = before;
    if (file.inserts.length > 0 && hasInsert(file, from, to)) setOpen(scope);
    for (let index = from; index < to; index = table.behind(index)) {
      const statement = table.statement(index);
      if (!table.hasBlock(index)) {
        const name = statement.name.value;
        scope.marks |= statement.reading ? statement.reading.mark : markOf(name);
        const item = new TableItem(stretch, index, statement, name, scope, undefined);
        last = add(scope, item, last);
        if (name === 'include') {
          last = follow(scope, statement, file, trail, last);
          if (stretch.file !== file || last !== item) stretch = new Stretch(file, index + 1, order);
          noteBrought(item, order);
        }
        continue;
      }
      const name = nameOfBlock(table, index, scope.context);
      const content =
        scope.content === 'directives' || scope.context === undefined ? table.content(index) : scope.content;
      const context = content === 'directives' ? innerContext(scope.context, name) : undefined;
      const inner = new BlockScope(context, content === 'directives' && !context ? 'unknown' : content);
      const item = new TableItem(stretch, index, statement, name, scope, inner);
      inner.owner = item;
      scope.marks |= markOf(name);
      last = add(scope, item, last);
      fill(inner, file, index + 1, table.behind(index), trail, undefined);
    }
    return last;
  }

  /** Reads what an include matches as if it stood there. A file that includes itself is not read again. */
  function follow(
    scope: BlockScope,
    { args }: Statement,
    file: NginxFile,
    trail: readonly string[],
    include: TableItem,
  ): TableItem {
    const pattern = includePattern(args, mainFile(project), scope.owner?.name);
    const files = pattern === undefined ? undefined : project.included(pattern);
    if (!files || file.document.file === '') {
      if (pattern === undefined || !onlyParameters.test(pattern)) setOpen(scope, args[0]?.value);
      return include;
    }
    let last = include;
    for (const path of files) {
      if (trail.includes(path)) continue;
      const parsed = project.files.get(path);
      if (!parsed) setOpen(scope, path);
      else last = fillFrom(scope, parsed, [...trail, path], last) ?? last;
    }
    return last;
  }
}

/** The name of a block, or the one that it surely means. */
function nameOfBlock(table: DirectiveTable, index: number, context: Context | undefined): string {
  const { value } = table.statement(index).name;
  return isDirectiveName(value) ? value : (meantBlock(table.directive(index), context) ?? value);
}

/** True where a template statement stands in a block itself, or in a file, and not only in blocks inside of it. */
function hasInsert({ inserts, table }: NginxFile, from: number, to: number): boolean {
  /** The directive whose block it is; a whole file begins with the first one. */
  const owner = from - 1;
  let next = firstFrom(inserts, owner < 0 ? 0 : table.opened(owner));
  for (let index = from; index < to; index = table.behind(index)) {
    const insert = inserts[next];
    if (insert === undefined || insert.start < table.start(index)) break;
    if (table.hasBlock(index) && insert.start < table.end(index)) next = firstFrom(inserts, table.end(index));
  }
  const insert = inserts[next];
  return insert !== undefined && (owner < 0 || insert.start < table.end(owner));
}

/** Index of the first range that starts at `offset` or behind it. */
function firstFrom(ranges: readonly Range[], offset: number): number {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle] as Range).start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
