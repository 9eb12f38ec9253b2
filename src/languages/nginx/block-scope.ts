import type { Context } from './facts/directives.ts';
import { type ItemTable, none } from './item-table.ts';
import { markOf } from './parse/tree.ts';
import type { Item, Scope } from './scope.ts';

/** Items of a block up to which no index is made. */
const few = 24;
const nothing: readonly Item[] = [];

/** A block while it is being filled, and from then on. */
export class BlockScope implements Scope {
  readonly context: Context | undefined;
  readonly content: Scope['content'];
  open = false;
  locations: unknown = undefined;
  listens: unknown = undefined;
  marks = 0;
  /** Among the blocks of the configuration. */
  readonly number: number;
  private readonly table: ItemTable;
  /** Number of the first directive that stands in it, if any does: the one behind its owner. */
  private readonly start: number;
  private last = none;
  /** How many stand in it. */
  private count = 0;
  private index: Map<string, Item[]> | undefined = undefined;

  /** @param owner the last directive of the table; undefined for the block around all */
  constructor(table: ItemTable, owner: Item | undefined, context: Context | undefined, content: Scope['content']) {
    this.table = table;
    this.number = table.addBlock(this, owner);
    this.start = owner ? owner.order + 1 : 0;
    this.context = context;
    this.content = content;
  }

  get owner(): Item | undefined {
    return this.table.item(this.start - 1);
  }

  get first(): Item | undefined {
    return this.table.item(this.firstOrder);
  }

  private get firstOrder(): number {
    return this.count === 0 ? none : this.start;
  }

  get items(): readonly Item[] {
    const { table } = this;
    const found: Item[] = [];
    for (let at = this.firstOrder; at !== none; at = table.next(at)) found.push(table.items[at] as Item);
    return found;
  }

  /** Adds a directive behind the others. */
  add({ order }: Item): void {
    if (this.last !== none) this.table.setNext(this.last, order);
    this.last = order;
    this.count++;
  }

  find(name: string): readonly Item[] {
    if ((this.marks & markOf(name)) === 0) return nothing;
    if (this.count > few) return this.indexed(name);
    // Most blocks are short: looking through them is cheaper than an index.
    const { table } = this;
    const { items, names } = table;
    let first = none;
    let second = none;
    let count = 0;
    for (let at = this.firstOrder; at !== none; at = table.next(at)) {
      if (names[at] !== name) continue;
      if (count === 0) first = at;
      else if (count === 1) second = at;
      count++;
    }
    // A list that grows takes room for many.
    if (count === 0) return nothing;
    if (count === 1) return [items[first] as Item];
    if (count === 2) return [items[first] as Item, items[second] as Item];
    return this.items.filter((item) => item.name === name);
  }

  findFirst(name: string): Item | undefined {
    if ((this.marks & markOf(name)) === 0) return undefined;
    if (this.count > few) return this.indexed(name)[0];
    const { table } = this;
    const { names } = table;
    let at = this.firstOrder;
    while (at !== none && names[at] !== name) at = table.next(at);
    return this.table.item(at);
  }

  findLast(name: string): Item | undefined {
    if ((this.marks & markOf(name)) === 0) return undefined;
    if (this.count > few) return this.indexed(name).at(-1);
    const { table } = this;
    const { names } = table;
    let found = none;
    for (let at = this.firstOrder; at !== none; at = table.next(at)) if (names[at] === name) found = at;
    return this.table.item(found);
  }

  private indexed(name: string): readonly Item[] {
    this.index ??= indexByName(this.items);
    return this.index.get(name) ?? nothing;
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
