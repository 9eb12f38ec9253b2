import type { Context } from './facts/directives.ts';
import type { NginxFile } from './parse/file.ts';
import type { DirectiveTable } from './parse/table.ts';
import type { Block, Directive, Reading, Statement, Word } from './parse/tree.ts';
import { markOf } from './parse/tree.ts';
import type { Item, Scope } from './scope.ts';

/** Items of a block up to which no index is made: most blocks are short, and looking through them is cheaper. */
const few = 24;
const none: readonly Item[] = [];

/** A block while it is being filled, and from then on. */
export class BlockScope implements Scope {
  readonly context: Context | undefined;
  readonly content: Scope['content'];
  owner: Item | undefined;
  first: Item | undefined = undefined;
  open = false;
  locations: unknown = undefined;
  listens: unknown = undefined;
  marks = 0;
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

  find(name: string): readonly Item[] {
    if ((this.marks & markOf(name)) === 0) return none;
    if (this.index) return this.indexed(name);
    let first: Item | undefined;
    let second: Item | undefined;
    let found = 0;
    let count = 0;
    for (let item = this.first; item; item = item.next) {
      if (++count > few) return this.indexed(name);
      if (item.name !== name) continue;
      if (found === 0) first = item;
      else if (found === 1) second = item;
      found++;
    }
    // A list that grows takes room for many.
    if (!first) return none;
    if (!second) return [first];
    return found === 2 ? [first, second] : this.items.filter((item) => item.name === name);
  }

  findFirst(name: string): Item | undefined {
    if ((this.marks & markOf(name)) === 0) return undefined;
    if (this.index) return this.indexed(name)[0];
    let count = 0;
    for (let item = this.first; item; item = item.next) {
      if (++count > few) return this.indexed(name)[0];
      if (item.name === name) return item;
    }
    return undefined;
  }

  findLast(name: string): Item | undefined {
    if ((this.marks & markOf(name)) === 0) return undefined;
    if (this.index) return this.indexed(name).at(-1);
    let last: Item | undefined;
    let count = 0;
    for (let item = this.first; item; item = item.next) {
      if (++count > few) return this.indexed(name).at(-1);
      if (item.name === name) last = item;
    }
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

/** Directives of a file that nginx reads one after the other: an include in between begins another stretch. */
export class Stretch {
  readonly file: NginxFile;
  readonly table: DirectiveTable;
  /** What makes of a directive's index in its file its place among all. */
  private readonly ahead: number;

  /** @param order of the directive at `index`, which is the first */
  constructor(file: NginxFile, index: number, order: number) {
    this.file = file;
    this.table = file.table;
    this.ahead = order - index;
  }

  order(index: number): number {
    return this.ahead + index;
  }
}

/** A directive of a file's table. A large configuration has many, so that it holds little of what can be looked up there. */
export class TableItem implements Item {
  readonly name: string;
  readonly outer: Scope;
  readonly inner: Scope | undefined;
  next: Item | undefined = undefined;
  private readonly stretch: Stretch;
  private readonly index: number;
  /** The table has it too, but most questions are about it. */
  private readonly statement: Statement;

  constructor(
    stretch: Stretch,
    index: number,
    statement: Statement,
    name: string,
    outer: Scope,
    inner: Scope | undefined,
  ) {
    this.stretch = stretch;
    this.index = index;
    this.statement = statement;
    this.name = name;
    this.outer = outer;
    this.inner = inner;
  }

  get file(): NginxFile {
    return this.stretch.file;
  }

  get order(): number {
    return this.stretch.order(this.index);
  }

  get start(): number {
    return this.stretch.table.start(this.index);
  }

  get end(): number {
    return this.stretch.table.end(this.index);
  }

  get nameWord(): Word {
    return this.statement.name;
  }

  get args(): readonly Word[] {
    return this.statement.args;
  }

  get block(): Block | undefined {
    return this.stretch.table.block(this.index);
  }

  get ending(): Directive['ending'] {
    return this.stretch.table.ending(this.index);
  }

  get reading(): Reading | undefined {
    return this.statement.reading;
  }
}
