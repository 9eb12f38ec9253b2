import type { Range } from '../../../text/range.ts';
import { contentOf } from '../facts/directives.ts';
import { type OpenBlock, OpenBlocks } from './blocks.ts';
import { leftBrace, rightBrace } from './characters.ts';
import type { SyntaxProblem } from './file.ts';
import type { Lexer, Token } from './lexer.ts';
import { closing, Expectation, isMet, type Line, type Run, recallLine, teachLine, type WholeLine } from './lines.ts';
import { OpenStatement } from './open-statement.ts';
import { PlainLine } from './plain-line.ts';
import { braceAt, columnAt, insert, ProblemList } from './problems.ts';
import { type Assumption, endsBefore, isBlockOnly, lacksBrace, mayBeSwallowed, seemsExtra } from './recovery.ts';
import { RunWriter } from './runs.ts';
import { type DirectiveTable, TableWriter } from './table.ts';
import { endOfFilledIn } from './templates.ts';
import { createWord, type Directive, type Statement, statementOf, type Word } from './tree.ts';

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
  /** The line that the statement starts with, if it was met before and may be taught; and the blanks before it. */
  private line = '';
  private gap = '';
  private expected = new Expectation();
  private readonly run: RunWriter;
  /** Blocks below the deepest level that is read. */
  private tooDeep = 0;

  private readonly text: string;
  private readonly statement: OpenStatement;
  private readonly lexer: Lexer;
  private readonly assumption: Assumption | undefined;
  private readonly tab: number;

  /** @param tab how many columns a tab is taken for, where indentation tells what was meant */
  constructor(text: string, lexer: Lexer, assumption: Assumption | undefined, tab: number) {
    this.text = text;
    this.statement = new OpenStatement(text);
    this.table = new TableWriter(text.length);
    this.run = new RunWriter(text);
    this.problems = new ProblemList(text);
    this.lexer = lexer;
    this.assumption = assumption;
    this.tab = tab;
  }

  read(): { readonly table: DirectiveTable; readonly problems: readonly SyntaxProblem[] } {
    const { statement } = this;
    for (;;) {
      if (statement.count === 0 && this.readLine()) continue;
      const token = this.lexer.next(statement.count > 0);
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
    if (this.assumption !== undefined || this.tooDeep > 0 || lexer.hasMarks) return false;
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
    this.lexer.position = start + at + 1;
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
    const { name, args } = plain;
    if (opens && args[0] && lacksBrace(name, args[0])) return false;
    this.lexer.position = at + 1;
    const statement = statementOf(name, args);
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
    const { statement } = this;
    const { word, at, problem, indent } = token;
    if (problem) {
      this.line = '';
      this.problems.reportWord(word, problem);
    }
    if (statement.count === 0) statement.begin(word, at, this.columnOf(token));
    else statement.add(word, indent >= 0);
  }

  private readSemicolon(at: number): void {
    const { statement } = this;
    if (this.tooDeep > 0) statement.drop();
    else if (statement.count === 0) {
      this.problems.unexpected({ start: at, end: at + 1 }, 'there is nothing before it to end.');
    } else if (
      this.assumption === 'semicolon-for-brace' &&
      !this.entries &&
      statement.lineAt === 0 &&
      statement.isBlockOnly
    ) {
      const { name, last, start } = statement;
      const range = { start: at, end: at + 1 };
      const fix = { title: 'Put "{" in place of ";"', range, newText: ' {' };
      this.problems.missingOpening(name, start, statement.placeOf(last), range, fix);
      this.open(start, statementOf(name, statement.takeArguments()), at);
    } else this.finish(at, ';');
  }

  private readOpening(at: number): void {
    const range = { start: at, end: at + 1 };
    if (this.stack.depth >= deepest) {
      if (this.tooDeep++ === 0) this.problems.tooDeep(range, deepest);
      this.statement.drop();
      return;
    }
    if (this.statement.count === 0) {
      // One that another closes is not mended without that one.
      this.problems.unexpected(range, 'there is no directive before it.', this.assumption === 'extra-brace');
      if (this.assumption !== 'extra-brace') this.openAnonymous(range, 'kept');
      return;
    }
    if (this.assumption === 'closed-too-late')
      this.closeWhatEnded(this.statement.start, this.statement.name, this.statement.indent, true);
    if (this.entries) {
      this.problems.unexpected(range, 'only entries may stand in this block.', false);
      this.statement.drop();
      this.openAnonymous(range, 'dropped');
      return;
    }
    this.finish(at, '{');
  }

  private readClosing(at: number, indent: number): void {
    if (this.tooDeep > 0) {
      this.tooDeep--;
      this.statement.drop();
      return;
    }
    if (this.statement.count > 0) {
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
    if (this.statement.count > 0) {
      this.missSemicolon(range);
      this.finish(end, 'nothing');
    }
    while (this.stack.depth > 0) this.closeUnclosed(end, [range]);
  }

  /** A blank that nginx reads as a letter, or a page of the web, is no directive, and none with a ";" either. */
  private missSemicolon(noticed: Range): void {
    const { statement } = this;
    if (!this.entries && /^(?:[^\x21-\x7e]+$|<)/.test(statement.name.value)) return;
    // Its braces are missing, as of one that is being typed; that is told, and a ";" would not do.
    if (!this.entries && statement.isBlockOnly) return;
    this.problems.missingSemicolon(statement.placeOf(statement.last), noticed);
  }

  /** Ends the statement read so far at a `;`, a `{`, a `}` or the end of the text. */
  private finish(at: number, ending: Directive['ending']): void {
    const { statement } = this;
    const { name, indent, start } = statement;
    if (this.assumption === 'closed-too-late' && ending !== '{') this.closeWhatEnded(start, name, indent, false);
    const cut = this.entries ? 0 : statement.breakOf(ending);
    if (cut > 0) {
      const [first, ...args] = this.split(statement.take(), cut, at, ending) as readonly [Word, ...Word[]];
      this.end(first, args, at, ending, indent);
    } else {
      const args = statement.takeArguments();
      const line =
        ending === 'nothing' || this.line === '' ? undefined : this.taught({ name, args, ending, at: at - start });
      if (line) this.take(start, line);
      else this.end(name, args, at, ending, indent);
    }
  }

  private end(name: Word, args: readonly Word[], at: number, ending: Directive['ending'], indent: number): void {
    const { start } = this.statement;
    const statement = statementOf(name, args);
    if (ending === '{') this.open(start, statement, at, indent);
    else if (ending === ';') this.table.add(start, at + 1, statement, true);
    else this.table.add(start, start + (args.at(-1) ?? name).to, statement, false);
  }

  /**
   * A statement that runs over a line's end into the next directive: what of it is really the last one, where the open
   * statement starts from then on.
   */
  private split(words: readonly Word[], cut: number, at: number, ending: Directive['ending']): readonly Word[] {
    const { statement } = this;
    const { start } = statement;
    const before = words.slice(0, cut);
    const after = words.slice(cut);
    const [name, ...args] = before as [Word, ...Word[]];
    const next = after[0] as Word;
    const last = statement.placeOf(before.at(-1) as Word);
    const rest = { start: statement.placeOf(next).start, end: at + 1 };
    if (isBlockOnly(before)) {
      if (this.assumption === 'half-written') {
        this.table.add(start, last.end, statementOf(name, args), false);
        return statement.startAt(after);
      }
      const fix = insert('Add "{"', last.end, ' {');
      this.problems.missingOpening(name, start, last, rest, fix);
      this.open(start, statementOf(name, args), last.end);
      return statement.startAt(after);
    }
    if (mayBeSwallowed(words, cut, ending)) {
      this.problems.swallowed(next, name, last, rest);
      return words;
    }
    // Text that got in, such as the file's own path, is no directive, and none with a ";" either.
    if (mayBeName.test(name.value)) this.problems.missingSemicolon(last, rest);
    this.table.add(start, last.end, statementOf(name, args), false);
    return statement.startAt(after);
  }

  private open(start: number, statement: Statement, at: number, indent = this.statement.indent, line?: Line): void {
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
