import type { Context } from './facts/directives.ts';
import type { NginxFile } from './parse/file.ts';
import type { Block, Directive, Reading, Statement, Word } from './parse/tree.ts';
import { markOf } from './parse/tree.ts';
import type { Item, Scope } from './scope.ts';

/** Items of a block up to which no index is made. */
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
export class TableItem implements Item {
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
