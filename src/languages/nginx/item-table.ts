import type { NginxFile } from './parse/file.ts';
import type { Block, Directive, Reading, Statement, Word } from './parse/tree.ts';
import type { Item, Scope } from './scope.ts';

/** In place of a number: there is no such directive, or block. */
export const none = -1;

/** The numbers that are kept of each directive, by their place among them. */
const nextAt = 0;
const indexAt = 1;
const fileAt = 2;
const outerAt = 3;
const innerAt = 4;
const width = 5;

/**
 * The directives of a configuration in the order in which nginx reads them, which numbers them. What is kept of thousands lies
 * here in a few long lists: objects that each hold all of it would be moved about by the engine whenever it sweeps.
 */
export class ItemTable {
  /** How many there are. */
  count = 0;
  readonly items: TableItem[];
  readonly names: string[];
  /**
   * Of each directive the number of the one that comes behind it in its block, its index in its file's table, and the numbers of
   * its file, of the block that it stands in and of its own block.
   */
  private numbers: Int32Array;
  private readonly blocks: Scope[] = [];
  private readonly files: NginxFile[] = [];

  /** @param expected how many there will mostly be */
  constructor(expected: number) {
    this.items = new Array(expected);
    this.names = new Array(expected);
    this.numbers = new Int32Array(width * expected);
  }

  /**
   * Adds a directive behind all others; one with a block is followed by those that stand in it.
   * @param outer number of the block that it stands in
   */
  add(file: NginxFile, index: number, name: string, outer: number): TableItem {
    const order = this.count++;
    const at = order * width;
    if (at === this.numbers.length) this.grow();
    const { numbers } = this;
    numbers[at + nextAt] = none;
    numbers[at + indexAt] = index;
    numbers[at + fileAt] = this.numberOf(file);
    numbers[at + outerAt] = outer;
    numbers[at + innerAt] = none;
    this.names[order] = name;
    const item = new TableItem(this, order, file.table.statement(index));
    this.items[order] = item;
    return item;
  }

  /** Adds the block of a directive, or the one around all. Returns its number among the blocks. */
  addBlock(block: Scope, owner: Item | undefined): number {
    const number = this.blocks.push(block) - 1;
    if (owner) this.numbers[owner.order * width + innerAt] = number;
    return number;
  }

  item(order: number): Item | undefined {
    return order === none ? undefined : this.items[order];
  }

  next(order: number): number {
    return this.numbers[order * width + nextAt] as number;
  }

  setNext(order: number, next: number): void {
    this.numbers[order * width + nextAt] = next;
  }

  index(order: number): number {
    return this.numbers[order * width + indexAt] as number;
  }

  file(order: number): NginxFile {
    return this.files[this.numbers[order * width + fileAt] as number] as NginxFile;
  }

  outer(order: number): Scope {
    return this.blocks[this.numbers[order * width + outerAt] as number] as Scope;
  }

  inner(order: number): Scope | undefined {
    const inner = this.numbers[order * width + innerAt] as number;
    return inner === none ? undefined : this.blocks[inner];
  }

  /** Mostly it is that of the directive before. */
  private numberOf(file: NginxFile): number {
    const { files } = this;
    if (files.at(-1) !== file) files.push(file);
    return files.length - 1;
  }

  private grow(): void {
    const larger = new Int32Array(2 * this.numbers.length + width);
    larger.set(this.numbers);
    this.numbers = larger;
  }
}

/** A directive where nginx meets it. */
class TableItem implements Item {
  readonly order: number;
  private readonly table: ItemTable;
  private readonly statement: Statement;

  constructor(table: ItemTable, order: number, statement: Statement) {
    this.table = table;
    this.order = order;
    this.statement = statement;
  }

  get file(): NginxFile {
    return this.table.file(this.order);
  }

  get name(): string {
    return this.table.names[this.order] as string;
  }

  get outer(): Scope {
    return this.table.outer(this.order);
  }

  get inner(): Scope | undefined {
    return this.table.inner(this.order);
  }

  get next(): Item | undefined {
    return this.table.item(this.table.next(this.order));
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

  private get index(): number {
    return this.table.index(this.order);
  }
}
