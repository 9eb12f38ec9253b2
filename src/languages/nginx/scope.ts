import { createMemo } from '../../memory/memo.ts';
import type { Located, Location, Range } from '../../text/range.ts';
import type { Project } from '../language.ts';
import { contextOfWord, guessContext } from './context.ts';
import type { BlockContent, Context } from './facts/directives.ts';
import { innerContext, isDirectiveName } from './facts/directives.ts';
import { includePattern } from './includes.ts';
import type { Listen } from './lower/listen.ts';
import type { LocationBlock } from './lower/locations.ts';
import type { NginxFile } from './parse/file.ts';
import { meantBlock } from './parse/meant.ts';
import type { DirectiveTable } from './parse/table.ts';
import type { Block, Directive, Reading, Statement, Word } from './parse/tree.ts';
import { markOf, rangeOf } from './parse/tree.ts';

/** A directive where nginx meets it: includes are read in their place. */
export interface Item extends Directive {
  readonly file: NginxFile;
  /** The same, seen without its place. */
  readonly directive: Directive;
  /** Its name, or the one that a misspelt block surely means. */
  readonly name: string;
  readonly outer: Scope;
  readonly inner: Scope | undefined;
  /** The one that comes behind it in its block. */
  readonly next: Item | undefined;
  /** Its place among all directives, in the order in which nginx reads them. */
  readonly order: number;
}

/** A block with everything that stands in it, included files too. */
export interface Scope {
  /** Undefined: a block that nobody knows, or a snippet of which nothing says where it belongs. */
  readonly context: Context | undefined;
  readonly content: BlockContent | 'unknown';
  readonly owner: Item | undefined;
  /** The directives that stand in it are this one and what comes behind it, or all in a list that is made when asked for. */
  readonly first: Item | undefined;
  readonly items: readonly Item[];
  /** The marks of their names: where one is absent, no directive has the name (`markOf`). */
  readonly marks: number;
  /** True where an include could not be followed or a template brings something in, so that absence proves nothing. */
  readonly open: boolean;
  /** Its locations and addresses once `locationsOf` and `listensOf` have read them. */
  locations: readonly LocationBlock[] | undefined;
  listens: readonly Listen[] | undefined;
  /** Items of one name, in order. */
  find(name: string): readonly Item[];
  /** The first of them. */
  findFirst(name: string): Item | undefined;
  /** The last of them, which is the one that counts where nginx takes several; usually there is one. */
  findLast(name: string): Item | undefined;
}

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

/** Every scope of the configuration, outer ones first. */
export function allScopes(scope: Scope): readonly Scope[] {
  const found: Scope[] = [];
  collectScopes(scope, found);
  return found;
}

/** True where a block is another one, or stands in it. */
export function isWithin(scope: Scope, outer: Scope): boolean {
  for (let at: Scope | undefined = scope; at; at = at.owner?.outer) if (at === outer) return true;
  return false;
}

/** The `server` block that a block is or stands in. */
export function enclosingServer(scope: Scope): Scope | undefined {
  for (let at: Scope | undefined = scope; at; at = at.owner?.outer) if (at.owner?.name === 'server') return at;
  return undefined;
}

function collectScopes(scope: Scope, found: Scope[]): void {
  found.push(scope);
  for (let item = scope.first; item; item = item.next) if (item.inner) collectScopes(item.inner, found);
}

/** The last directive of a name, which is the one that counts where nginx takes several; usually there is one. */
export function findLast(scope: Scope, name: string): Item | undefined {
  return scope.findLast(name);
}

/** The place of a directive, of one of its words, or of a range of its file. */
export function locate(item: Item, place: Range | Word = item): Location {
  const range = 'from' in place ? rangeOf(item, place) : { start: place.start, end: place.end };
  return { file: item.file.document.file, range };
}

/** A word whose place is made when somebody asks: a large configuration has thousands, and findings show few of them. */
class LocatedWord implements Located<string> {
  readonly value: string;
  readonly #item: Item;
  readonly #word: Word;

  constructor(value: string, item: Item, word: Word) {
    this.value = value;
    this.#item = item;
    this.#word = word;
  }

  get location(): Location {
    return locate(this.#item, this.#word);
  }
}

/** A word of a directive with its place; `value` where it means something else than it reads. */
export function locateWord(item: Item, word: Word, value = word.value): Located<string> {
  return new LocatedWord(value, item, word);
}

/** The head of a directive: its name and arguments without the block behind. */
export function headRange(directive: Directive): Range {
  const last = directive.args.at(-1) ?? directive.nameWord;
  return { start: directive.start, end: directive.start + last.to };
}

/** Files that every package of nginx brings: they hold parameters for programs behind it, or file types, and nothing else. */
const onlyParameters = /(?:^|\/)(?:(?:fastcgi|uwsgi|scgi|proxy)_params|fastcgi\.conf|mime\.types)$/;

/** Items of a block up to which no index is made. */
const few = 24;
const none: readonly Item[] = [];

class BlockScope implements Scope {
  readonly context: Context | undefined;
  readonly content: Scope['content'];
  owner: Item | undefined;
  first: Item | undefined = undefined;
  open = false;
  locations: readonly LocationBlock[] | undefined = undefined;
  listens: readonly Listen[] | undefined = undefined;
  marks = 0;
  /** How many directives stand in it. */
  private count = 0;
  private last: TableItem | undefined = undefined;
  private index: Map<string, Item[]> | undefined = undefined;

  constructor(context: Context | undefined, content: Scope['content']) {
    this.context = context;
    this.content = content;
  }

  get items(): readonly Item[] {
    const items: Item[] = [];
    for (let item = this.first; item; item = item.next) items.push(item);
    return items;
  }

  add(item: TableItem): void {
    if (this.last) this.last.next = item;
    else this.first = item;
    this.last = item;
    this.count++;
  }

  find(name: string): readonly Item[] {
    if ((this.marks & markOf(name)) === 0) return none;
    if (this.count > few) return this.indexed(name);
    // Most blocks are short: looking through them is cheaper than an index.
    let first: Item | undefined;
    let second: Item | undefined;
    let count = 0;
    for (let item = this.first; item; item = item.next) {
      if (item.name !== name) continue;
      if (count === 0) first = item;
      else if (count === 1) second = item;
      count++;
    }
    // A list that grows takes room for many.
    if (!first) return none;
    if (!second) return [first];
    return count === 2 ? [first, second] : this.items.filter((item) => item.name === name);
  }

  findFirst(name: string): Item | undefined {
    if ((this.marks & markOf(name)) === 0) return undefined;
    if (this.count > few) return this.indexed(name)[0];
    for (let item = this.first; item; item = item.next) if (item.name === name) return item;
    return undefined;
  }

  findLast(name: string): Item | undefined {
    if ((this.marks & markOf(name)) === 0) return undefined;
    if (this.count > few) return this.indexed(name).at(-1);
    let last: Item | undefined;
    for (let item = this.first; item; item = item.next) if (item.name === name) last = item;
    return last;
  }

  private indexed(name: string): readonly Item[] {
    this.index ??= indexByName(this.items);
    return this.index.get(name) ?? none;
  }
}

function indexByName(items: readonly Item[]): Map<string, Item[]> {
  const index = new Map<string, Item[]>();
  for (const item of items) {
    const list = index.get(item.name);
    if (list) list.push(item);
    else index.set(item.name, [item]);
  }
  return index;
}

/** A directive of a file's table. */
class TableItem implements Item {
  readonly file: NginxFile;
  readonly name: string;
  readonly outer: Scope;
  readonly inner: Scope | undefined;
  next: Item | undefined = undefined;
  readonly order: number;
  private readonly index: number;
  private readonly statement: Statement;

  constructor(
    file: NginxFile,
    index: number,
    statement: Statement,
    name: string,
    outer: Scope,
    inner: Scope | undefined,
    order: number,
  ) {
    this.file = file;
    this.index = index;
    this.statement = statement;
    this.name = name;
    this.outer = outer;
    this.inner = inner;
    this.order = order;
  }

  get directive(): Directive {
    return this;
  }

  get start(): number {
    return this.file.table.start(this.index);
  }

  get end(): number {
    return this.file.table.end(this.index);
  }

  get nameWord(): Word {
    return this.statement.name;
  }

  get args(): readonly Word[] {
    return this.statement.args;
  }

  get block(): Block | undefined {
    return this.file.table.block(this.index);
  }

  get ending(): Directive['ending'] {
    return this.file.table.ending(this.index);
  }

  get reading(): Reading | undefined {
    return this.statement.reading;
  }
}

function build(project: Project<NginxFile>): Scope {
  const entry = project.files.get(project.entry);
  const context = project.complete ? 'main' : (contextOfWord(project.context) ?? (entry && guessContext(entry)));
  const root = new BlockScope(context, context === undefined ? 'unknown' : 'directives');
  let order = 0;
  if (entry) fill(root, entry, 0, entry.table.count, [project.entry]);
  return root;

  /** Adds the directives from one index up to another, which are those of one block, or of a whole file. */
  function fill(scope: BlockScope, file: NginxFile, from: number, to: number, trail: readonly string[]): void {
    const { table } = file;
    if (file.inserts.length > 0 && hasInsert(file, from, to)) scope.open = true;
    for (let index = from; index < to; index = table.behind(index)) {
      const statement = table.statement(index);
      if (!table.hasBlock(index)) {
        const name = statement.name.value;
        scope.marks |= statement.reading ? statement.reading.mark : markOf(name);
        scope.add(new TableItem(file, index, statement, name, scope, undefined, order++));
        if (name === 'include') follow(scope, statement, file, trail);
        continue;
      }
      const name = nameOfBlock(table, index, scope.context);
      const content =
        scope.content === 'directives' || scope.context === undefined ? table.content(index) : scope.content;
      const context = content === 'directives' ? innerContext(scope.context, name) : undefined;
      const inner = new BlockScope(context, content === 'directives' && !context ? 'unknown' : content);
      const item = new TableItem(file, index, statement, name, scope, inner, order++);
      inner.owner = item;
      scope.marks |= markOf(name);
      scope.add(item);
      fill(inner, file, index + 1, table.behind(index), trail);
    }
  }

  /** Reads what an include matches as if it stood there. A file that includes itself is not read again. */
  function follow(scope: BlockScope, { args }: Statement, file: NginxFile, trail: readonly string[]): void {
    const pattern = includePattern(args, project.entry);
    const files = pattern === undefined ? undefined : project.included(pattern);
    if (!files || file.document.file === '') {
      scope.open ||= pattern === undefined || !onlyParameters.test(pattern);
      return;
    }
    for (const path of files) {
      if (trail.includes(path)) continue;
      const parsed = project.files.get(path);
      if (!parsed) scope.open = true;
      else fill(scope, parsed, 0, parsed.table.count, [...trail, path]);
    }
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
