import type { Range } from '../../../text/range.ts';
import type { BlockContent } from '../facts/directives.ts';
import type { Block, Directive, Reading, Statement, Word } from './tree.ts';

/** The numbers that are kept of each directive, by their place among them. */
const startAt = 0;
const endAt = 1;
/** Index of the next directive that does not stand inside of it. */
const behindAt = 2;
/** Offset of its `{`; `plain` or `unended` where it has none. */
const openedAt = 3;
/** Offset of its `}`, or where that is missing; 0 where it has no block. */
const closedAt = 4;
const contentAt = 5;
const width = 6;

const plain = -1;
/** Neither `;` nor `{` ends it. */
const unended = -2;

const contents = ['directives', 'entries', 'lua'] as const satisfies readonly BlockContent[];

/**
 * The directives of one text in its order, each followed by those inside of its block. What a text has thousands of lies here
 * as numbers, and as one reference each to words that many of them share; objects are made of it when somebody asks.
 */
export class DirectiveTable {
  readonly count: number;
  private readonly numbers: Int32Array;
  private readonly statements: readonly Statement[];

  constructor(numbers: Int32Array, statements: readonly Statement[]) {
    this.count = statements.length;
    this.numbers = numbers;
    this.statements = statements;
  }

  statement(index: number): Statement {
    return this.statements[index] as Statement;
  }

  start(index: number): number {
    return this.numbers[index * width + startAt] as number;
  }

  end(index: number): number {
    return this.numbers[index * width + endAt] as number;
  }

  /** Index of the next directive that does not stand inside of this one. */
  behind(index: number): number {
    return this.numbers[index * width + behindAt] as number;
  }

  hasBlock(index: number): boolean {
    return (this.numbers[index * width + openedAt] as number) >= 0;
  }

  content(index: number): BlockContent {
    return contents[this.numbers[index * width + contentAt] as number] as BlockContent;
  }

  ending(index: number): Directive['ending'] {
    const opened = this.numbers[index * width + openedAt] as number;
    return opened >= 0 ? '{' : opened === plain ? ';' : 'nothing';
  }

  block(index: number): Block | undefined {
    return this.hasBlock(index) ? new TableBlock(this, index) : undefined;
  }

  opened(index: number): number {
    return this.numbers[index * width + openedAt] as number;
  }

  closed(index: number): number {
    return this.numbers[index * width + closedAt] as number;
  }

  directive(index: number): Directive {
    return new TableDirective(this, index);
  }

  /** The directives from one index up to another, without those inside of their blocks. */
  list(from: number, to: number): readonly Directive[] {
    const found: Directive[] = [];
    for (let index = from; index < to; index = this.behind(index)) found.push(this.directive(index));
    return found;
  }
}

class TableDirective implements Directive {
  private readonly table: DirectiveTable;
  private readonly index: number;

  constructor(table: DirectiveTable, index: number) {
    this.table = table;
    this.index = index;
  }

  get start(): number {
    return this.table.start(this.index);
  }

  get end(): number {
    return this.table.end(this.index);
  }

  get nameWord(): Word {
    return this.table.statement(this.index).name;
  }

  get args(): readonly Word[] {
    return this.table.statement(this.index).args;
  }

  get block(): Block | undefined {
    return this.table.block(this.index);
  }

  get ending(): Directive['ending'] {
    return this.table.ending(this.index);
  }

  get reading(): Reading | undefined {
    return this.table.statement(this.index).reading;
  }
}

class TableBlock implements Block {
  private readonly table: DirectiveTable;
  /** Of the directive whose block it is. */
  private readonly index: number;

  constructor(table: DirectiveTable, index: number) {
    this.table = table;
    this.index = index;
  }

  get start(): number {
    return this.table.opened(this.index);
  }

  get end(): number {
    return this.table.end(this.index);
  }

  get content(): BlockContent {
    return this.table.content(this.index);
  }

  get directives(): readonly Directive[] {
    return this.table.list(this.index + 1, this.table.behind(this.index));
  }

  get close(): Range {
    return { start: this.table.closed(this.index), end: this.end };
  }
}

/** Room for the directives of the text that is being read, which is the same for all texts: each table is copied out of it. */
let room = new Int32Array(1024 * width);
const said: (Statement | undefined)[] = [];

/** Takes down the directives of one text as they are read. */
export class TableWriter {
  /** How many there are. */
  count = 0;

  add(start: number, end: number, statement: Statement, hasEnd: boolean): void {
    this.put(start, end, statement, hasEnd ? plain : unended, 0, 0);
  }

  /** @returns its index, by which its block is to be closed */
  open(start: number, opened: number, statement: Statement, content: BlockContent): number {
    return this.put(start, opened, statement, opened, opened, contents.indexOf(content));
  }

  close(index: number, closed: number, end: number): void {
    const at = index * width;
    room[at + endAt] = end;
    room[at + closedAt] = closed;
    room[at + behindAt] = this.count;
  }

  /** Forgets those from an index on. */
  dropFrom(index: number): void {
    this.clear(index);
    this.count = index;
  }

  /** Where the last of those ends that stand, from an index on, in no other's block; undefined where there are none. */
  lastEnd(from: number): number | undefined {
    let end: number | undefined;
    for (let index = from; index < this.count; index = room[index * width + behindAt] as number) {
      end = room[index * width + endAt];
    }
    return end;
  }

  /** The table of all; nothing can be added behind that. */
  take(): DirectiveTable {
    const table = new DirectiveTable(room.slice(0, this.count * width), said.slice(0, this.count) as Statement[]);
    this.clear(0);
    return table;
  }

  private put(
    start: number,
    end: number,
    statement: Statement,
    opened: number,
    closed: number,
    content: number,
  ): number {
    const index = this.count++;
    const at = index * width;
    if (at >= room.length) {
      const larger = new Int32Array(room.length * 2);
      larger.set(room);
      room = larger;
    }
    room[at + startAt] = start;
    room[at + endAt] = end;
    room[at + behindAt] = index + 1;
    room[at + openedAt] = opened;
    room[at + closedAt] = closed;
    room[at + contentAt] = content;
    said[index] = statement;
    return index;
  }

  /** What was said is kept alive by nobody but the table. */
  private clear(from: number): void {
    said.fill(undefined, from, this.count);
  }
}

/** The table of a text without directives. */
export const emptyTable = new DirectiveTable(new Int32Array(0), []);
