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
  /** Where its own numbers begin: small tables share memory. */
  private readonly base: number;
  private readonly statements: readonly Statement[];

  constructor(numbers: Int32Array, base: number, statements: readonly Statement[]) {
    this.count = statements.length;
    this.numbers = numbers;
    this.base = base;
    this.statements = statements;
  }

  statement(index: number): Statement {
    return this.statements[index] as Statement;
  }

  start(index: number): number {
    return this.numbers[this.base + index * width + startAt] as number;
  }

  end(index: number): number {
    return this.numbers[this.base + index * width + endAt] as number;
  }

  /** Index of the next directive that does not stand inside of this one. */
  behind(index: number): number {
    return this.numbers[this.base + index * width + behindAt] as number;
  }

  hasBlock(index: number): boolean {
    return (this.numbers[this.base + index * width + openedAt] as number) >= 0;
  }

  content(index: number): BlockContent {
    return contents[this.numbers[this.base + index * width + contentAt] as number] as BlockContent;
  }

  ending(index: number): Directive['ending'] {
    const opened = this.numbers[this.base + index * width + openedAt] as number;
    return opened >= 0 ? '{' : opened === plain ? ';' : 'nothing';
  }

  block(index: number): Block | undefined {
    return this.hasBlock(index) ? new TableBlock(this, index) : undefined;
  }

  opened(index: number): number {
    return this.numbers[this.base + index * width + openedAt] as number;
  }

  closed(index: number): number {
    return this.numbers[this.base + index * width + closedAt] as number;
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

/** Numbers that a piece of memory has room for; a text with more gets one of its own. */
const usual = 16_384;

/** Characters of a text for each of its directives: hardly any has fewer. */
const perDirective = 40;

/**
 * Memory for the tables, one behind the other: a configuration may have hundreds of small files, and a piece of memory for each
 * costs more than all that is put into it.
 */
let room = new Int32Array(usual);
let used = 0;
const said: (Statement | undefined)[] = [];

/** Takes down the directives of one text as they are read. One writer has to be done before the next one begins. */
export class TableWriter {
  /** How many there are. */
  count = 0;
  private base = used;
  /** As many numbers as a text of that length mostly has. */
  private readonly expected: number;

  /** @param length of the text */
  constructor(length: number) {
    this.expected = Math.ceil(length / perDirective) * width;
  }

  add(start: number, end: number, statement: Statement, hasEnd: boolean): void {
    this.put(start, end, statement, hasEnd ? plain : unended, 0, 0);
  }

  /** @returns its index, by which its block is to be closed */
  open(start: number, opened: number, statement: Statement, content: BlockContent): number {
    return this.put(start, opened, statement, opened, opened, contents.indexOf(content));
  }

  close(index: number, closed: number, end: number): void {
    const at = this.base + index * width;
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
    for (let index = from; index < this.count; index = room[this.base + index * width + behindAt] as number) {
      end = room[this.base + index * width + endAt];
    }
    return end;
  }

  /** The table of all; nothing can be added behind that. */
  take(): DirectiveTable {
    const table = new DirectiveTable(room, this.base, said.slice(0, this.count) as Statement[]);
    used = this.base + this.count * width;
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
    if (this.base + this.count * width > room.length) this.move();
    const at = this.base + index * width;
    room[at + startAt] = start;
    room[at + endAt] = end;
    room[at + behindAt] = index + 1;
    room[at + openedAt] = opened;
    room[at + closedAt] = closed;
    room[at + contentAt] = content;
    said[index] = statement;
    return index;
  }

  /** Goes on in a larger piece of memory, or in one that has no other tables in it. */
  private move(): void {
    const numbers = this.count * width;
    const larger = new Int32Array(Math.max(usual, 2 * numbers, this.expected));
    larger.set(room.subarray(this.base, this.base + numbers - width));
    room = larger;
    this.base = 0;
  }

  /** What was said is kept alive by nobody but the table. */
  private clear(from: number): void {
    said.fill(undefined, from, this.count);
  }
}

/** The table of a text without directives. */
export const emptyTable = new DirectiveTable(new Int32Array(0), 0, []);
