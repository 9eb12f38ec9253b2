import type { Range } from '../../../text/range.ts';
import type { SyntaxProblem } from './file.ts';
import type { Word } from './tree.ts';
import type { WordProblem } from './word-ends.ts';

/** Problems that are kept of one file; a text of nothing but braces has as many as characters. */
const mostProblems = 200;

/** What of one text nginx would not read as it was meant. */
export class ProblemList {
  readonly items: SyntaxProblem[] = [];
  /** Indexes of the blocks that lack their "{", by their starts. */
  private unopened: Map<number, number> | undefined;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get isFull(): boolean {
    return this.items.length >= mostProblems;
  }

  missingSemicolon(last: Range, noticed: Range): void {
    const message = 'A ";" is missing here: nginx reads on and takes what follows as more arguments.';
    this.report('missing-semicolon', message, last, [noticed], insert('Add ";"', last.end, ';'));
  }

  /** A `;` or brace that stands where none may; `removable` where taking it out is right. */
  unexpected(range: Range, why: string, removable = true, noticed: readonly Range[] = []): void {
    const character = this.text[range.start] ?? '';
    const fix = removable ? { title: `Remove "${character}"`, range, newText: '' } : undefined;
    this.report('unexpected', `Unexpected "${character}": ${why}`, range, noticed, fix);
  }

  /** Of the block that starts at `start`. */
  missingOpening(name: Word, start: number, last: Range, noticed: Range, fix: SyntaxProblem['fix']): void {
    this.unopened ??= new Map();
    if (!this.isFull) this.unopened.set(start, this.items.length);
    this.report('missing-brace', `"${name.value}" has no opening "{": it takes a block.`, last, [noticed], fix);
  }

  /** Of the block that starts at `start`, and whose brace is to stand at `at`. */
  missingClosing(name: Word, start: number, at: number, noticed: readonly Range[]): void {
    const unopened = this.unopened?.get(start) ?? -1;
    if (unopened < 0 && this.isFull) return;
    const fix = insert('Add "}"', at, `\n${indentation(this.text, start)}}`);
    const problem = this.items[unopened];
    if (problem?.fix) {
      const message = `"${name.value}" has no braces: it takes a block.`;
      this.items[unopened] = { ...problem, message, fix: { ...problem.fix, title: 'Add braces', also: fix } };
      return;
    }
    const head = { start, end: start + name.to };
    this.report('missing-brace', `The "}" that closes "${name.value}" is missing.`, head, noticed, fix);
  }

  /** `taken` is the name of what `name` swallows. */
  swallowed(taken: Word, name: Word, last: Range, noticed: Range): void {
    const message = `nginx takes "${taken.value}" as one more argument of "${name.value}", because a ";" is missing before it.`;
    this.report('swallowed-directive', message, last, [noticed], insert('Add ";"', last.end, ';'));
  }

  tooDeep(range: Range, deepest: number): void {
    this.report('unexpected', `Blocks are nested too deeply: at most ${deepest} levels are read.`, range, []);
  }

  reportWord(word: Word, problem: WordProblem): void {
    const { kind, range, noticed } = problem;
    const more = noticed === undefined ? [] : [{ start: noticed, end: Math.min(noticed + 1, this.text.length) }];
    if (kind === 'unclosed-quote') {
      const fix = insert(`Add ${word.quote}`, range.end, word.quote);
      this.report(kind, `The closing ${word.quote} of this word is missing.`, range, more, fix);
    } else if (kind === 'unquoted-brace') {
      const message =
        'nginx takes the "{" of this expression for the beginning of a block. Put the expression in quotes.';
      this.report(kind, message, range, more, this.quoted(range));
    } else if (kind === 'too-long') {
      this.report(kind, 'This word is too long: nginx takes at most 4,095 bytes.', range, more);
    } else {
      this.report(kind, 'Unexpected character after a quoted word: a space or ";" must follow.', range, more);
    }
  }

  /** The expression in quotes; a `)` that closes a condition stands behind them. */
  private quoted({ start, end }: Range): SyntaxProblem['fix'] {
    const text = this.text.slice(start, end);
    const closes = text.endsWith(')') && text.split(')').length > text.split('(').length;
    const inner = closes ? text.slice(0, -1) : text;
    // One of the quotes may be there already.
    if (/^[^"]+"$/.test(inner)) return insert('Add "', start, '"');
    const quote = inner.includes('"') ? "'" : '"';
    if (inner.includes(quote) || inner.endsWith('\\')) return undefined;
    const range = { start, end: start + inner.length };
    return { title: 'Put it in quotes', range, newText: quote + inner + quote };
  }

  report(
    kind: SyntaxProblem['kind'],
    message: string,
    { start, end }: Range,
    noticed: readonly Range[],
    fix?: SyntaxProblem['fix'],
  ): void {
    if (!this.isFull) this.items.push({ kind, message, range: { start, end }, noticed, fix });
  }
}

export function braceAt(at: number): Range {
  return { start: at, end: at + 1 };
}

export function insert(title: string, at: number, newText: string): NonNullable<SyntaxProblem['fix']> {
  return { title, range: { start: at, end: at }, newText };
}

export function indentation(text: string, offset: number): string {
  const before = text.slice(Math.max(0, offset - 200), offset);
  return /^[ \t]*/.exec(before.slice(before.lastIndexOf('\n') + 1))?.[0] ?? '';
}

/** How far in a line's first character stands where tabs go on to the next multiple of their width. */
export function columnAt(text: string, offset: number, tab: number): number {
  let column = 0;
  for (const character of indentation(text, offset)) column += character === '\t' ? tab - (column % tab) : 1;
  return column;
}
