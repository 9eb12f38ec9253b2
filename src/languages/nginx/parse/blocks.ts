import type { Expectation } from './lines.ts';
import type { Word } from './tree.ts';

/** A block that is not closed yet. The same object serves one block after the other: it lives no longer than they are open. */
export interface OpenBlock {
  start: number;
  name: Word;
  opened: number;
  indent: number;
  /** Index of the first directive that may stand in it. */
  first: number;
  content: 'directives' | 'entries';
  /** A `{` without a directive before it: what stands inside belongs to the block around, or is nothing. */
  anonymous: 'kept' | 'dropped' | undefined;
  /** What comes behind it. */
  behind: Expectation;
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
    opened: number,
    indent: number,
    first: number,
    content: OpenBlock['content'],
    anonymous: OpenBlock['anonymous'],
    behind: Expectation,
  ): void {
    const block = this.blocks[this.depth++];
    if (!block) {
      this.blocks.push({ start, name, opened, indent, first, content, anonymous, behind });
      return;
    }
    block.start = start;
    block.name = name;
    block.opened = opened;
    block.indent = indent;
    block.first = first;
    block.content = content;
    block.anonymous = anonymous;
    block.behind = behind;
  }

  /** The innermost, which is no longer open; the next one that is opened takes its place. */
  close(): OpenBlock {
    return this.blocks[--this.depth] as OpenBlock;
  }
}
