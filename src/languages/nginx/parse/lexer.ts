import { PlaceholderFinder } from '../../../text/placeholders.ts';
import type { Range } from '../../../text/range.ts';
import type { Beginnings } from '../../../text/templates/beginnings.ts';
import {
  apostrophe,
  backslash,
  carriageReturn,
  commercialAt,
  dollar,
  hash,
  isEscape,
  isLowerCase,
  isSpecial,
  leftBrace,
  less,
  lineFeed,
  mayFollowQuote,
  percent,
  quotationMark,
  rightBrace,
  semicolon,
  space,
  tab,
  underscore,
} from './characters.ts';
import { longestLine } from './lines.ts';
import { endOfLua } from './lua.ts';
import { wordOfName } from './names.ts';
import { TemplateMarks } from './template-marks.ts';
import { endOfFilledIn, holdsStatement, isSubstitution } from './templates.ts';
import { createWord, type Word } from './tree.ts';
import {
  braceProblem,
  endOfBareWord,
  endOfQuantifier,
  endOfWordsInLine,
  lengthProblem,
  lineEndAt,
  resolveEscapes,
  type WordProblem,
} from './word-ends.ts';

export interface Token {
  readonly kind: 'word' | ';' | '{' | '}' | 'end';
  readonly at: number;
  /** Blanks before a word or a closing brace that stands first on its line, else -1. */
  readonly indent: number;
  /** Of a `word`; else the word before. */
  readonly word: Word;
  readonly problem: WordProblem | undefined;
}

/**
 * Reads one text as ngx_conf_read_token does, but for template marks, which it takes as one piece. A class, and no functions
 * within one: a configuration may have hundreds of small files.
 */
export class Lexer {
  /** Offset where reading goes on. */
  position: number;
  readonly comments: Range[];
  /** True where the text has marks of a template tool, which may run over several lines. */
  readonly hasMarks: boolean;
  private readonly text: string;
  private readonly written: string;
  private readonly placeholders: PlaceholderFinder;
  /** True where there is what `envsubst` fills in. */
  private readonly substitutions: boolean;
  private readonly marks: TemplateMarks;
  private readonly shell: boolean;
  /** Where the statement starts that is being read, from which the places of its words count. */
  private base: number;
  /** Where blanks that a line begins with were skipped to, and where that line starts. */
  private skippedTo: number;
  private skippedFrom: number;
  /** End of the line that was looked at last. */
  private lineEnd: number;
  private readonly token: { -readonly [Name in keyof Token]: Token[Name] };

  /** @param written the text as it is written, of which the one with these marks may be a reading of the same length */
  constructor(present: Beginnings, start: number, written: string) {
    const { text } = present;
    this.position = start;
    this.comments = [];
    this.text = text;
    this.written = written;
    this.placeholders = new PlaceholderFinder(present);
    this.substitutions = present.has('${') || present.hasBeforeCapital('$');
    this.marks = new TemplateMarks(text, this.placeholders, this.substitutions);
    this.hasMarks = present.hasAny(openings);
    this.shell = text.includes(takenAway) || text.includes(filledIn);
    this.base = start;
    this.skippedTo = start;
    this.skippedFrom = start;
    this.lineEnd = -1;
    this.token = { kind: 'end', at: start, indent: -1, word: noWord, problem: undefined };
  }

  /** The marks of template tools that were passed. */
  get templates(): readonly Range[] {
    return this.marks.templates;
  }

  /** Those of them that stand between directives, and may bring some or take some out. */
  get inserts(): readonly Range[] {
    return this.marks.inserts;
  }

  /**
   * End of the line from the next character that is no blank: of a closing brace the place behind it, and -1 where a directive
   * that stands on one line cannot begin there. Reads nothing but blanks.
   */
  findLineEnd(): number {
    const { text } = this;
    let { position } = this;
    let lineStart = position === this.skippedTo ? this.skippedFrom : -1;
    for (;;) {
      const code = text.charCodeAt(position);
      if (code === lineFeed || code === carriageReturn) lineStart = position + 1;
      else if (code !== space && code !== tab) break;
      position++;
    }
    this.position = position;
    this.skippedTo = position;
    this.skippedFrom = lineStart;
    const first = text.charCodeAt(position);
    if (!isLowerCase(first)) return first === rightBrace ? position + 1 : -1;
    if (this.lineEnd < position) this.lineEnd = lineEndAt(text, position);
    return this.lineEnd - position > longestLine ? -1 : this.lineEnd;
  }

  /**
   * The next token, which holds until the one after it is asked for: there is one object for all of them, since a text has
   * as many as words.
   * @param inStatement words of the same directive came before
   */
  next(inStatement: boolean): Token {
    const { text } = this;
    const { length } = text;
    /** Offset where the present line starts, if nothing but blanks came since. */
    let lineStart = this.position === this.skippedTo ? this.skippedFrom : -1;
    for (;;) {
      let { position } = this;
      while (text.charCodeAt(position) === space) position++;
      this.position = position;
      if (!inStatement) this.base = position;
      if (position >= length) return this.markToken('end', length, -1);
      const indent = lineStart < 0 ? -1 : position - lineStart;
      const code = text.charCodeAt(position);
      switch (code) {
        case lineFeed:
        case carriageReturn:
          this.position++;
          lineStart = this.position;
          continue;
        case tab:
          this.position++;
          continue;
        case hash:
          if (inStatement && endOfFilledIn(text, position) > position) return this.readBare(position, -1, false);
          this.readComment(position);
          continue;
        case semicolon:
          this.position++;
          return this.markToken(';', position, -1);
        case rightBrace:
          this.position++;
          return this.markToken('}', position, indent);
        case leftBrace:
        case less:
          if (this.hasMarks) {
            const end = this.marks.skipAsComment(position, inStatement);
            if (end < 0) return this.readBare(position, indent, !inStatement);
            if (end > position) {
              this.position = end;
              continue;
            }
          }
          if (!inStatement && this.skipAlone()) continue;
          if (code === less || (inStatement && endOfFilledIn(text, position) > position))
            return this.readBare(position, indent, !inStatement);
          this.position++;
          return this.markToken('{', position, -1);
        case quotationMark:
        case apostrophe:
          return this.readQuoted(position, indent);
        default:
          if (!inStatement && mayStandAlone(code) && this.skipAlone()) continue;
          return this.readBare(position, indent, !inStatement);
      }
    }
  }

  /** Skips Lua up to the brace that closes it; returns that brace's offset, or the text's length. */
  skipLua(): number {
    this.position = endOfLua(this.text, this.position);
    return this.position;
  }

  private readComment(from: number): void {
    const end = lineEndAt(this.text, from);
    const trimmed = this.text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end;
    const range = { start: from, end: trimmed };
    this.comments.push(range);
    if (this.hasMarks && holdsStatement(this.text.slice(from, trimmed))) this.marks.insert(range);
    this.position = end;
  }

  private skipAlone(): boolean {
    const end = this.marks.skipAlone(this.position);
    if (end === this.position) return false;
    this.position = end;
    return true;
  }

  private readQuoted(from: number, indent: number): Token {
    const { text, hasMarks, marks } = this;
    const { length } = text;
    const delimiter = text.charCodeAt(from);
    const quote = delimiter === quotationMark ? '"' : "'";
    let escaped = false;
    let marked = false;
    let at = from + 1;
    for (; at < length; at++) {
      const code = text.charCodeAt(at);
      if (code === backslash) {
        at++;
        if (isEscape(text.charCodeAt(at))) escaped = true;
      } else if (code === delimiter) break;
      else if (hasMarks && (code === leftBrace || code === less)) {
        const end = marks.skip(at);
        if (end > at) {
          marked = true;
          at = end - 1;
        }
      }
    }
    if (at >= length) return this.unclosed(from, quote, indent, length);
    const end = at + 1;
    if (!mayFollowQuote(text.charCodeAt(end), end >= length)) {
      // A quote that runs over lines into the middle of something was meant to be closed on its first line.
      if (text.slice(from, at).includes('\n')) return this.unclosed(from, quote, indent, end);
      // A template's mark brings the rest of the word, or a blank and more.
      const mark = hasMarks ? marks.skip(end) : end;
      if (mark > end) return this.readBare(from, indent, false, mark);
      this.position = endOfBareWord(text, end);
      const word = this.wordAt(from, this.position, text.slice(from + 1, this.position), quote, true);
      const problem = { kind: 'unexpected', range: { start: end, end: this.position }, noticed: undefined } as const;
      return this.wordToken(word, indent, problem);
    }
    this.position = end;
    // nginx does not count the opening quote.
    const problem = lengthProblem(text, from, end, from + 1);
    return this.wordToken(this.makeWord(from, end, quote, escaped, marked), indent, problem);
  }

  /** What follows is lost to nginx; the line alone is taken as the word, so that the rest stays understood. */
  private unclosed(from: number, quote: '"' | "'", indent: number, noticed: number): Token {
    const end = endOfWordsInLine(this.text, from);
    this.position = end;
    const word = this.wordAt(from, end, this.text.slice(from + 1, end), quote, true);
    return this.wordToken(word, indent, { kind: 'unclosed-quote', range: { start: from, end }, noticed });
  }

  /** @param behind what is known to belong to the word */
  private readBare(from: number, indent: number, isName: boolean, behind = from): Token {
    const { text, hasMarks } = this;
    const { length } = text;
    let escaped = false;
    let marked = behind > from;
    let quantified = false;
    let at = behind;
    for (; at < length; at++) {
      const code = text.charCodeAt(at);
      // Nearly every character ends here.
      if (code > leftBrace || isSpecial[code] === 0) continue;
      if (hasMarks && (code === leftBrace || code === less)) {
        const end = this.marks.skip(at);
        if (end > at) {
          marked = true;
          at = end - 1;
          continue;
        }
      }
      if (code === backslash) {
        at++;
        if (isEscape(text.charCodeAt(at))) escaped = true;
      } else if (code === dollar) {
        if (text.charCodeAt(at + 1) === leftBrace) at++;
      } else if (code === leftBrace || code === hash) {
        const filled = endOfFilledIn(text, at);
        const end = filled > at || code === hash ? filled : endOfQuantifier(text, isName ? from : this.base, at);
        if (end === at && code === leftBrace) break;
        if (filled > at) marked = true;
        else if (end > at) quantified = true;
        if (end > at) at = end - 1;
      } else if (code !== less) break;
    }
    if (at > length) at = length;
    this.position = at;
    const problem = quantified && !marked ? braceProblem(text, from, at) : lengthProblem(text, from, at);
    return this.wordToken(this.makeWord(from, at, '', escaped, marked, isName), indent, problem);
  }

  private makeWord(
    from: number,
    to: number,
    quote: Word['quote'],
    escaped: boolean,
    marked: boolean,
    isName = false,
  ): Word {
    const { text, written, shell } = this;
    const inner = quote === '' ? text.slice(from, to) : text.slice(from + 1, to - 1);
    // What a tool's own mark says is shown as it is written.
    const first = quote === '' ? from : from + 1;
    const asWritten = marked && written !== text && !inner.includes('{%');
    const said = asWritten ? written.slice(first, first + inner.length) : inner;
    const kept = shell ? said.replaceAll(takenAway, '') : said;
    const value = escaped ? resolveEscapes(kept) : kept;
    const templated =
      (shell && value.includes(filledIn)) ||
      this.placeholders.isIn(to, value, quote !== '') ||
      marked ||
      (this.substitutions && value.includes('$') && isSubstitution(value));
    const known = isName && !templated && !escaped ? wordOfName(value) : undefined;
    return known ?? this.wordAt(from, to, value, quote, templated);
  }

  private wordAt(from: number, to: number, value: string, quote: Word['quote'], templated: boolean): Word {
    return createWord(from - this.base, to - this.base, value, quote, templated);
  }

  private wordToken(word: Word, indent: number, problem: WordProblem | undefined): Token {
    const { token } = this;
    token.kind = 'word';
    token.at = this.base + word.from;
    token.indent = indent;
    token.word = word;
    token.problem = problem;
    return token;
  }

  private markToken(kind: Token['kind'], at: number, indent: number): Token {
    const { token } = this;
    token.kind = kind;
    token.at = at;
    token.indent = indent;
    return token;
  }
}

const noWord = createWord(0, 0, '');

/** What marks that may run over several lines begin with. */
const openings: readonly string[] = ['{{', '{%', '<%'];

/** What stands for a backslash that a shell takes away, and for what it fills in, in a text that a script writes. */
const takenAway = '\uE000';
const filledIn = '\uE001';

/** True for what a name that is filled in may begin with, beside a brace and `<`. */
function mayStandAlone(code: number): boolean {
  return code === dollar || code === commercialAt || code === percent || code === underscore;
}
