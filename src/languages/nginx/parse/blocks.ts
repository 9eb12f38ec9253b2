import type { Range } from '../../../text/range.ts';
import type { Expectation } from './lines.ts';
import type { Block, Directive, Reading, Word } from './tree.ts';

/** A block that is not closed yet. The same object serves one block after the other: it lives no longer than they are open. */
export interface OpenBlock {
  start: number;
  name: Word;
  args: readonly Word[];
  opened: number;
  indent: number;
  /** How many directives were read before its own ones. */
  before: number;
  content: 'directives' | 'entries';
  /** A `{` without a directive before it: what stands inside belongs to the block around, or is nothing. */
  anonymous: 'kept' | 'dropped' | undefined;
  /** What comes behind it. */
  behind: Expectation;
  reading: Reading | undefined;
}

/** The blocks that are open, the innermost last. */
export class OpenBlocks {
  private readonly blocks: OpenBlock[] = [];
  /** How many of them there are. */
  depth = 0;

  get top(): OpenBlock | undefined {
    return this.depth > 0 ? this.blocks[this.depth - 1] : undefined;
  }

  some(test: (block: OpenBlock) => boolean): boolean {
    for (let index = 0; index < this.depth; index++) if (test(this.blocks[index] as OpenBlock)) return true;
    return false;
  }

  open(
    start: number,
    name: Word,
    args: readonly Word[],
    opened: number,
    indent: number,
    before: number,
    content: OpenBlock['content'],
    anonymous: OpenBlock['anonymous'],
    behind: Expectation,
    reading: Reading | undefined,
  ): void {
    const block = this.blocks[this.depth++];
    if (!block) {
      this.blocks.push({ start, name, args, opened, indent, before, content, anonymous, behind, reading });
      return;
    }
    block.start = start;
    block.name = name;
    block.args = args;
    block.opened = opened;
    block.indent = indent;
    block.before = before;
    block.content = content;
    block.anonymous = anonymous;
    block.behind = behind;
    block.reading = reading;
  }

  /** The innermost, which is no longer open; the next one that is opened takes its place. */
  close(): OpenBlock {
    return this.blocks[--this.depth] as OpenBlock;
  }
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
