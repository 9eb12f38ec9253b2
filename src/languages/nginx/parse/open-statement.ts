import type { Range } from '../../../text/range.ts';
import { contentOf, isDirectiveName } from '../facts/directives.ts';
import { isBlockOnly, lacksBrace, nextDirective } from './recovery.ts';
import { type Directive, movedBack, type Word } from './tree.ts';

/** The statement that is being read, up to what ends it. The same object serves one after the other: its words are copied out. */
export class OpenStatement {
  private readonly text: string;
  private readonly words: Word[] = [];
  /** How many words it has so far. */
  count = 0;
  /** Where it starts, from which the places of its words count. */
  start = 0;
  /** Columns before it where it stands first on its line, else -1. */
  indent = -1;
  /** Index of the first argument that stands first on its line; 0 where none does. */
  lineAt = 0;
  /** Index of the first of those that reads like a directive; 0 where none does. */
  private breakAt = 0;

  constructor(text: string) {
    this.text = text;
  }

  begin(word: Word, at: number, indent: number): void {
    this.start = at;
    this.indent = indent;
    this.words[0] = word;
    this.count = 1;
  }

  /** @param isFirst it stands first on its line */
  add(word: Word, isFirst: boolean): void {
    if (isFirst) {
      if (this.lineAt === 0) this.lineAt = this.count;
      if (this.breakAt === 0 && word.quote === '' && isDirectiveName(word.value)) this.breakAt = this.count;
    }
    this.words[this.count++] = word;
  }

  /** Asked for only where it has words, as the last one is. */
  get name(): Word {
    return this.words[0] as Word;
  }

  get last(): Word {
    return this.words[this.count - 1] as Word;
  }

  placeOf({ from, to }: Word): Range {
    return { start: this.start + from, end: this.start + to };
  }

  /** True where every directive of its name opens a block. */
  get isBlockOnly(): boolean {
    return isBlockOnly(this.words.slice(0, this.count));
  }

  /** Index of the word where it runs over into the next directive; 0 where it does not. */
  breakOf(ending: Directive['ending']): number {
    const first = this.words[1];
    if (ending === '{' && this.count > 1 && first && lacksBrace(this.name, first)) return 1;
    if (this.lineAt === 0) return 0;
    if (this.breakAt > 0) {
      const next = nextDirective(this.words.slice(0, this.count), this.breakAt, this.text, this.start, ending);
      if (next > 0) return next;
    }
    return ending === ';' && contentOf(this.name.value) === 'entries' ? this.lineAt : 0;
  }

  /** All words; with that the statement is done with. */
  take(): readonly Word[] {
    const words = this.words.slice(0, this.count);
    this.drop();
    return words;
  }

  /** The words behind the name; with that the statement is done with. */
  takeArguments(): readonly Word[] {
    const args = this.words.slice(1, this.count);
    this.drop();
    return args;
  }

  drop(): void {
    this.count = 0;
    this.breakAt = 0;
    this.lineAt = 0;
  }

  /** Lets it start at the first of its last words. */
  startAt(words: readonly Word[]): readonly Word[] {
    const { from: first } = words[0] as Word;
    this.start += first;
    return words.map((word) => movedBack(word, first));
  }
}
