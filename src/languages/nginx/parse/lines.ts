import { copyOf } from '../../../memory/remember-texts.ts';
import { wordOfName } from './names.ts';
import { createWord, markOf, type Reading, type Statement, type Word } from './tree.ts';

/** What a line of its own says: one whole directive, the head of a block, or a brace that closes one. */
export interface WholeLine extends Pick<Statement, 'name' | 'args'> {
  readonly ending: ';' | '{' | '}';
  /** Offset of the `;`, `{` or `}` in the line. */
  readonly at: number;
}

/** A line that was met before. Configurations say the same lines again and again, and their directives then share their words. */
export interface Line extends WholeLine, Statement, Reading {
  /** From its first character that is no blank to its `;`, `{` or `}`. */
  readonly text: string;
  /** What comes behind it, for the head of a block inside of it. */
  readonly next: Expectation;
  /** What comes behind the block that it opens. */
  readonly afterBlock: Expectation;
}

/** Lines that came one behind the other as expected: when they come again, they are compared as one text. */
export interface Run {
  /** From the end of the line before to the end of the last one. */
  readonly text: string;
  readonly lines: readonly Line[];
  /** Of each line where it starts in the text. */
  readonly places: readonly number[];
}

/** What came at some place the last time: most texts go on as they did before, which is quicker to see than to look up. */
export class Expectation {
  line: Line | undefined = undefined;
  /** The blanks before the line, and the line. */
  text = '';
  /** How many blanks those are. */
  gap = 0;
  /** The line and those that came behind it, where several came as expected. */
  run: Run | undefined = undefined;
  private behindBlock: Expectation | undefined = undefined;

  /** What comes behind a block that stands here, where its head was never met before. */
  get behind(): Expectation {
    this.behindBlock ??= new Expectation();
    return this.behindBlock;
  }

  set(line: Line, gap: string): void {
    if (this.line === line && this.gap === gap.length && this.text.startsWith(gap)) return;
    this.line = line;
    this.gap = gap.length;
    this.text = copyOf(gap + line.text);
  }

  forget(): void {
    this.line = undefined;
    this.run = undefined;
    this.behindBlock = undefined;
  }
}

/** Lines remembered at most; then all are forgotten, since texts are bounded by nobody. */
const most = 4096;
/** Longer lines hardly come twice. */
export const longestLine = 200;

/** What lines say that were met twice. */
const lines = new Map<string, Line>();

/**
 * A number for each line that was met, at the place that its last bits name: most lines of a large text are met once, and
 * cost neither a copy nor an entry. Where two lines share a number, the second one is taught when it is met first.
 */
const met = new Int32Array(8192);

/** True where the line was met before; from now on it is. */
export function isMet(text: string, start: number, end: number): boolean {
  let number = end - start;
  for (let at = start; at < end; at++) number = (Math.imul(number, 31) + text.charCodeAt(at)) | 0;
  const place = (number ^ (number >>> 13)) & (met.length - 1);
  if (met[place] === number) return true;
  met[place] = number;
  return false;
}

/** @returns undefined where the line has not been taught, or cannot be taken as it is */
export function recallLine(text: string): Line | undefined {
  return lines.get(text);
}

/** As when none was met yet. */
export function forgetLines(): void {
  for (const line of lines.values()) {
    line?.next.forget();
    line?.afterBlock.forget();
  }
  lines.clear();
  met.fill(0);
}

/** Remembers what a line says that was met before. */
export function teachLine(text: string, { name, args, ending, at }: WholeLine): Line {
  const own = wordOfName(name.value) === name ? name : copyOfWord(name);
  const line = createLine(copyOf(text.slice(0, at + 1)), { name: own, args: copiesOf(args), ending, at });
  if (lines.size >= most) forgetLines();
  lines.set(copyOf(text), line);
  return line;
}

/** Filled one by one: the engine has another make of array for the result of `map`, and is quick with one make only. */
function copiesOf(words: readonly Word[]): readonly Word[] {
  const copies: Word[] = [];
  for (const word of words) copies.push(copyOfWord(word));
  return copies;
}

function copyOfWord({ from, to, value, quote, templated }: Word): Word {
  return createWord(from, to, copyOf(value), quote, templated);
}

function createLine(text: string, said: WholeLine): Line {
  const line: Line & { reading: Reading | undefined } = {
    text,
    ...said,
    next: new Expectation(),
    afterBlock: new Expectation(),
    mark: markOf(said.name.value),
    found: undefined,
    reading: undefined,
  };
  line.reading = line;
  return line;
}

/** A brace that closes a block. */
export const closing: Line = createLine('}', {
  name: createWord(0, 1, '}'),
  args: [],
  ending: '}',
  at: 0,
});
