import type { Range } from '../../../text/range.ts';
import { contentOf, isDirectiveName } from '../facts/directives.ts';
import { type OpenBlock, OpenBlocks } from './blocks.ts';
import { leftBrace, rightBrace } from './characters.ts';
import type { SyntaxProblem } from './file.ts';
import type { Lexer, Token } from './lexer.ts';
import { closing, Expectation, isMet, type Line, type Run, recallLine, teachLine, type WholeLine } from './lines.ts';
import { PlainLine } from './plain-line.ts';
import { braceAt, columnAt, insert, ProblemList } from './problems.ts';
import { type Assumption, endsBefore, isBlockOnly, mayBeSwallowed, nextDirective, seemsExtra } from './recovery.ts';
import { RunWriter } from './runs.ts';
import { type DirectiveTable, TableWriter } from './table.ts';
import { endOfFilledIn } from './templates.ts';
import { createWord, type Directive, movedBack, type Statement, statementOf, type Word } from './tree.ts';

/** Levels of blocks that are read; more of them no configuration has, and what walks over the tree calls itself. */
const deepest = 100;

/** What the name of a directive looks like, known or not. */
const mayBeName = /^\w+$/;

/** Reads one text once, under one assumption. */
export class Reader {
  private readonly table: TableWriter;
  private readonly stack = new OpenBlocks();
  private readonly plain = new PlainLine();
  private readonly problems: ProblemList;
  private entries = false;
  /** The words of the statement that is being read, `count` of them; one array for all statements, as each is copied out. */
  private readonly words: Word[] = [];
  private count = 0;
  /** Where the statement starts, from which the places of its words count. */
  private start = 0;
  private indent = -1;
  /** The line that the statement starts with, if it was met before and may be taught; and the blanks before it. */
  private line = '';
  private gap = '';
  private expected = new Expectation();
  private readonly run: RunWriter;
  /** Index of the first argument that stands first on its line and reads like a directive; 0 where none does. */
  private breakAt = 0;
  /** Index of the first argument that stands first on its line. */
  private lineAt = 0;
  /** Blocks below the deepest level that is read. */
  private tooDeep = 0;

  private readonly text: string;
  private readonly lexer: Lexer;
  private readonly assumption: Assumption | undefined;
  private readonly tab: number;

  /** @param tab how many columns a tab is taken for, where indentation tells what was meant */
  constructor(text: string, lexer: Lexer, assumption: Assumption | undefined, tab: number) {
    this.text = text;
    this.table = new TableWriter(text.length);
    this.run = new RunWriter(text);
    this.problems = new ProblemList(text);
    this.lexer = lexer;
    this.assumption = assumption;
    this.tab = tab;
  }

  read(): { readonly table: DirectiveTable; readonly problems: readonly SyntaxProblem[] } {
    for (;;) {
      if (this.count === 0 && this.readLine()) continue;
      const token = this.lexer.next(this.count > 0);
      switch (token.kind) {
        case 'word':
          this.readWord(token);
          break;
        case ';':
          this.readSemicolon(token.at);
          break;
        case '{':
          this.readOpening(token.at);
          break;
        case '}':
          this.readClosing(token.at, this.columnOf(token));
          break;
        case 'end':
          this.readEnd();
          return { table: this.table.take(), problems: this.problems.items };
      }
    }
  }

  /** Takes a line as it was understood before; false where it is to be read word by word. */
  private readLine(): boolean {
    const { lexer, expected } = this;
    if (this.assumption !== undefined || this.tooDeep > 0 || lexer.marks) return false;
    const from = lexer.position;
    if (expected.run && this.stands(expected.run.text, from)) return this.takeRun(from, expected.run);
    if (expected.line && this.stands(expected.text, from)) return this.takeExpected(from, expected, expected.line);
    this.run.end();
    const end = lexer.findLineEnd();
    const start = lexer.position;
    this.line = '';
    if (end < 0) return false;
    if (this.text.charCodeAt(start) === rightBrace) return this.expect(from, start, closing);
    if (!isMet(this.text, start, end)) return this.takePlain(start, end);
    this.line = this.text.slice(start, end);
    this.gap = this.text.slice(from, start);
    const line = recallLine(this.line);
    return line !== undefined && this.expect(from, start, line);
  }

  /** The engine compares two texts several times as quickly as it looks whether one stands at a place in another. */
  private stands(expected: string, at: number): boolean {
    return this.text.slice(at, at + expected.length) === expected;
  }

  private takeExpected(from: number, expected: Expectation, line: Line): boolean {
    const start = from + expected.gap;
    if (this.take(start, line)) {
      this.run.add(expected, from, line, start);
      return true;
    }
    this.run.end();
    return false;
  }

  /** Takes lines that came one after the other before; false where the first of them cannot stand here. */
  private takeRun(from: number, { lines, places }: Run): boolean {
    this.run.end();
    for (let index = 0; index < lines.length; index++) {
      if (!this.take(from + (places[index] as number), lines[index] as Line)) return index > 0;
    }
    return true;
  }

  /** Takes a line, which from now on is expected here. */
  private expect(from: number, start: number, line: Line): boolean {
    this.expected.set(line, this.text.slice(from, start));
    return this.take(start, line);
  }

  private take(start: number, line: Line): boolean {
    const { ending, at } = line;
    this.line = '';
    if (ending === '{' && (this.entries || this.stack.depth >= deepest || this.beginsMark(start + at))) return false;
    this.lexer.skipTo(start + at + 1);
    this.expected = line.next;
    if (ending === ';') this.table.add(start, start + at + 1, line, true);
    else if (ending === '{') this.open(start, line, start + at, -1, line);
    else this.readClosing(start, -1);
    return true;
  }

  /** True for a brace of `server {host};`, which is no head of a block, though it begins as the head that is expected. */
  private beginsMark(brace: number): boolean {
    return endOfFilledIn(this.text, brace) > brace;
  }

  /** Takes a line that is new and made of plain words. */
  private takePlain(start: number, end: number): boolean {
    const { plain } = this;
    if (!plain.read(this.text, start, end)) return false;
    const at = start + plain.at;
    const opens = this.text.charCodeAt(at) === leftBrace;
    if (opens && (this.entries || this.stack.depth >= deepest)) return false;
    this.lexer.skipTo(at + 1);
    const statement = statementOf(plain.name, plain.args);
    if (opens) this.open(start, statement, at, -1);
    else this.table.add(start, at + 1, statement, true);
    return true;
  }

  /** What the statement's line says, if that is all; met again it need not be read again. */
  private taught(said: WholeLine): Line | undefined {
    const { line } = this;
    if (line.length <= said.at || line.trimEnd().length !== said.at + 1) return undefined;
    const taught = teachLine(line, said);
    this.expected.set(taught, this.gap);
    return taught;
  }

  private columnOf({ at, indent }: Token): number {
    return this.tab > 1 && indent > 0 ? columnAt(this.text, at, this.tab) : indent;
  }

  private readWord(token: Token): void {
    const { word, at, problem, indent } = token;
    if (this.count === 0) this.start = at;
    if (problem) {
      this.line = '';
      this.problems.reportWord(word, problem);
    }
    if (this.count === 0) this.indent = this.columnOf(token);
    else if (indent >= 0) {
      if (this.lineAt === 0) this.lineAt = this.count;
      if (this.breakAt === 0 && word.quote === '' && isDirectiveName(word.value)) this.breakAt = this.count;
    }
    this.words[this.count++] = word;
  }

  private readSemicolon(at: number): void {
    if (this.tooDeep > 0) this.count = 0;
    else if (this.count === 0) {
      this.problems.unexpected({ start: at, end: at + 1 }, 'there is nothing before it to end.');
    } else if (
      this.assumption === 'semicolon-for-brace' &&
      !this.entries &&
      this.lineAt === 0 &&
      isBlockOnly(this.words.slice(0, this.count))
    ) {
      const last = this.lastWord();
      const range = { start: at, end: at + 1 };
      const fix = { title: 'Put "{" in place of ";"', range, newText: ' {' };
      this.problems.missingOpening(this.words[0] as Word, this.placeOf(last), range, fix);
      this.open(this.start, statementOf(this.words[0] as Word, this.takeArguments()), at);
    } else this.finish(at, ';');
  }

  private readOpening(at: number): void {
    const range = { start: at, end: at + 1 };
    if (this.stack.depth >= deepest) {
      if (this.tooDeep++ === 0) this.problems.tooDeep(range, deepest);
      this.dropWords();
      return;
    }
    if (this.count === 0) {
      // One that another closes is not mended without that one.
      this.problems.unexpected(range, 'there is no directive before it.', this.assumption === 'extra-brace');
      if (this.assumption !== 'extra-brace') this.openAnonymous(range, 'kept');
      return;
    }
    if (this.assumption === 'closed-too-late')
      this.closeWhatEnded(this.start, this.words[0] as Word, this.indent, true);
    if (this.entries) {
      this.problems.unexpected(range, 'only entries may stand in this block.', false);
      this.dropWords();
      this.openAnonymous(range, 'dropped');
      return;
    }
    this.finish(at, '{');
  }

  private readClosing(at: number, indent: number): void {
    if (this.tooDeep > 0) {
      this.tooDeep--;
      this.dropWords();
      return;
    }
    if (this.count > 0) {
      this.missSemicolon(braceAt(at));
      this.finish(at - 1, 'nothing');
    }
    const { top } = this.stack;
    if (!top) this.problems.unexpected(braceAt(at), 'no block is open here.');
    else if (this.assumption === 'extra-brace' && seemsExtra(this.text, top, at, indent)) {
      const rest = { start: at, end: this.text.length };
      this.problems.unexpected(braceAt(at), `it closes "${top.name.value}" too early.`, true, [rest]);
    } else {
      if (this.assumption === 'closed-too-late') this.closeInner(indent, braceAt(at));
      this.close(at, at + 1);
    }
  }

  private readEnd(): void {
    const end = this.text.trimEnd().length;
    const range = { start: Math.max(0, end - 1), end: this.text.length };
    if (this.count > 0) {
      this.missSemicolon(range);
      this.finish(end, 'nothing');
    }
    while (this.stack.depth > 0) this.closeUnclosed(end, [range]);
  }

  /** A blank that nginx reads as a letter, or a page of the web, is no directive, and none with a ";" either. */
  private missSemicolon(noticed: Range): void {
    const [name] = this.words;
    if (!this.entries && name && /^(?:[^\x21-\x7e]+$|<)/.test(name.value)) return;
    // Its braces are missing, as of one that is being typed; that is told, and a ";" would not do.
    if (!this.entries && isBlockOnly(this.words.slice(0, this.count))) return;
    this.problems.missingSemicolon(this.placeOf(this.lastWord()), noticed);
  }

  private placeOf({ from, to }: Word): Range {
    return { start: this.start + from, end: this.start + to };
  }

  private lastWord(): Word {
    return this.words[this.count - 1] as Word;
  }

  /** The words behind the name; with that the statement is done with. */
  private takeArguments(): readonly Word[] {
    const args = this.words.slice(1, this.count);
    this.dropWords();
    return args;
  }

  private dropWords(): void {
    this.count = 0;
    this.breakAt = 0;
    this.lineAt = 0;
  }

  /** Ends the statement read so far at a `;`, a `{`, a `}` or the end of the text. */
  private finish(at: number, ending: Directive['ending']): void {
    const { indent, start } = this;
    const name = this.words[0] as Word;
    if (this.assumption === 'closed-too-late' && ending !== '{') this.closeWhatEnded(start, name, indent, false);
    const cut = this.entries ? 0 : this.breakOf(name, ending);
    if (cut > 0) {
      const whole = this.words.slice(0, this.count);
      this.dropWords();
      const [first, ...args] = this.split(whole, cut, at, ending) as readonly [Word, ...Word[]];
      this.end(first, args, at, ending, indent);
    } else {
      const args = this.takeArguments();
      const line =
        ending === 'nothing' || this.line === '' ? undefined : this.taught({ name, args, ending, at: at - start });
      if (line) this.take(start, line);
      else this.end(name, args, at, ending, indent);
    }
  }

  private end(name: Word, args: readonly Word[], at: number, ending: Directive['ending'], indent: number): void {
    const { start } = this;
    const statement = statementOf(name, args);
    if (ending === '{') this.open(start, statement, at, indent);
    else if (ending === ';') this.table.add(start, at + 1, statement, true);
    else this.table.add(start, start + (args.at(-1) ?? name).to, statement, false);
  }

  /** Index of the word where a statement runs over into the next directive; 0 where it does not. */
  private breakOf(name: Word, ending: Directive['ending']): number {
    if (this.lineAt === 0) return 0;
    if (this.breakAt > 0) {
      const next = nextDirective(this.words.slice(0, this.count), this.breakAt, this.text, this.start, ending);
      if (next > 0) return next;
    }
    return ending === ';' && contentOf(name.value) === 'entries' ? this.lineAt : 0;
  }

  /**
   * A statement that runs over a line's end into the next directive: what of it is really the last one, which `start` is
   * then the start of.
   */
  private split(statement: readonly Word[], cut: number, at: number, ending: Directive['ending']): readonly Word[] {
    const before = statement.slice(0, cut);
    const after = statement.slice(cut);
    const [name, next, last] = [before[0] as Word, after[0] as Word, this.placeOf(before.at(-1) as Word)];
    const rest = { start: this.placeOf(next).start, end: at + 1 };
    if (isBlockOnly(before)) {
      if (this.assumption === 'half-written') {
        this.table.add(this.start, last.end, statementOf(name, before.slice(1)), false);
        return this.startAt(after);
      }
      const fix = insert('Add "{"', last.end, ' {');
      this.problems.missingOpening(name, last, rest, fix);
      this.open(this.start, statementOf(name, before.slice(1)), last.end);
      return this.startAt(after);
    }
    if (mayBeSwallowed(statement, cut, ending)) {
      this.problems.swallowed(next, name, last, rest);
      return statement;
    }
    // Text that got in, such as the file's own path, is no directive, and none with a ";" either.
    if (mayBeName.test(name.value)) this.problems.missingSemicolon(last, rest);
    this.table.add(this.start, last.end, statementOf(name, before.slice(1)), false);
    return this.startAt(after);
  }

  /** Lets the statement start at the first of its last words. */
  private startAt(words: readonly Word[]): readonly Word[] {
    const { from: first } = words[0] as Word;
    this.start += first;
    return words.map((word) => movedBack(word, first));
  }

  private open(start: number, statement: Statement, at: number, indent = this.indent, line?: Line): void {
    const content = contentOf(statement.name.value);
    const index = this.table.open(start, at, statement, content);
    if (content === 'lua') {
      const end = this.lexer.skipLua();
      this.table.close(index, end, Math.min(end + 1, this.text.length));
      this.lexer.next(false);
      return;
    }
    const behind = line ? line.afterBlock : this.expected.behind;
    this.stack.open(start, statement.name, at, indent, index + 1, content, undefined, behind);
    this.entries = content === 'entries';
  }

  private openAnonymous(range: Range, anonymous: 'kept' | 'dropped'): void {
    const name = createWord(0, 1, '{', '', true);
    const content = this.entries ? 'entries' : 'directives';
    const { start } = range;
    this.stack.open(start, name, start, -1, this.table.count, content, anonymous, this.expected.behind);
    this.entries = content === 'entries';
  }

  private close(at: number, end: number): void {
    const { first, anonymous, behind } = this.stack.close();
    this.expected = behind;
    this.entries = this.stack.top?.content === 'entries';
    if (anonymous === 'dropped') this.table.dropFrom(first);
    else if (!anonymous) this.table.close(first - 1, at, end);
  }

  private closeUnclosed(at: number, noticed: readonly Range[]): void {
    const { start, name, anonymous } = this.stack.top as OpenBlock;
    if (!anonymous) this.problems.missingClosing(name, start, at, noticed);
    this.close(at, at);
  }

  /** Closes blocks that a statement cannot be inside of, or is not indented to be inside of. */
  private closeWhatEnded(start: number, name: Word, indent: number, isBlock: boolean): void {
    for (;;) {
      const top = this.stack.top;
      if (!top || top.anonymous) return;
      const outdented = indent >= 0 && top.indent >= 0 && indent <= top.indent;
      if (!outdented && !(isBlock && endsBefore(top.name.value, name.value, this.stack.depth))) return;
      this.closeAfterLast(top, [{ start, end: this.text.length }]);
    }
  }

  /** Closes blocks that are indented deeper than the brace that closes an outer one. */
  private closeInner(indent: number, range: Range): void {
    if (indent < 0 || !this.stack.some((block) => block.indent === indent)) return;
    for (let top = this.stack.top; top && top.indent > indent; top = this.stack.top) {
      this.closeAfterLast(top, [{ start: range.start, end: this.text.length }]);
    }
  }

  private closeAfterLast({ first, opened }: OpenBlock, noticed: readonly Range[]): void {
    this.closeUnclosed(this.table.lastEnd(first) ?? opened + 1, noticed);
  }
}
