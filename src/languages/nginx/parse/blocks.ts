import type { Range } from '../../../text/range.ts';
import type { Expectation } from './lines.ts';
import type { Block, Directive, Reading, Word } from './tree.ts';

/** A block that is not closed yet. */
export interface OpenBlock {
  readonly start: number;
  readonly name: Word;
  readonly args: readonly Word[];
  readonly opened: number;
  readonly indent: number;
  /** How many directives were read before its own ones. */
  readonly before: number;
  readonly content: 'directives' | 'entries';
  /** A `{` without a directive before it: what stands inside belongs to the block around, or is nothing. */
  readonly anonymous: 'kept' | 'dropped' | undefined;
  /** What comes behind it. */
  readonly behind: Expectation;
  readonly reading: Reading | undefined;
}

/** A block whose closing brace is placed when somebody asks. */
export class ReadBlock implements Block {
  readonly start: number;
  readonly end: number;
  readonly content: Block['content'];
  readonly directives: readonly Directive[];
  private readonly closedAt: number;

  constructor(
    start: number,
    end: number,
    content: Block['content'],
    directives: readonly Directive[],
    closedAt: number,
  ) {
    this.start = start;
    this.end = end;
    this.content = content;
    this.directives = directives;
    this.closedAt = closedAt;
  }

  get close(): Range {
    return { start: this.closedAt, end: this.end };
  }
}
