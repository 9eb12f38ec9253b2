import { findPlaceholders } from '../../../text/placeholders.ts';
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
import { createTemplateMarks } from './template-marks.ts';
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

/** Reads one text as ngx_conf_read_token does, but for template marks, which it takes as one piece. */
export interface Lexer {
  readonly comments: Range[];
  readonly templates: Range[];
  /** Those of them that stand between directives, and may bring some or take some out. */
  readonly inserts: Range[];
  /** True where the text has marks of a template tool, which may run over several lines. */
  readonly marks: boolean;
  /**
   * The next token, which holds until the one after it is asked for: there is one object for all of them, since a text has
   * as many as words.
   * @param inStatement words of the same directive came before
   */
  next(inStatement: boolean): Token;
  /**
   * End of the line from the next character that is no blank: of a closing brace the place behind it, and -1 where a directive
   * that stands on one line cannot begin there. Reads nothing but blanks.
   */
  findLineEnd(): number;
  /** Goes on at an offset. */
  skipTo(offset: number): void;
  /** Skips Lua up to the brace that closes it; returns that brace's offset, or the text's length. */
  skipLua(): number;
  readonly position: number;
}

/** @param written the text as it is written, of which the one with these marks may be a reading of the same length */
export function createLexer(present: Beginnings, start: number, written: string): Lexer {
  const { text } = present;
  const comments: Range[] = [];
  const placeholders = findPlaceholders(present);
  // Of those that `envsubst` fills in.
  const substitutions = present.has('${') || present.hasBeforeCapital('$');
  const marks = createTemplateMarks(present, placeholders, substitutions);
  const hasMarks = marks.areThere;
  const shell = text.includes(takenAway) || text.includes(filledIn);
  const { length } = text;
  let position = start;
  /** Where the statement starts that is being read, from which the places of its words count. */
  let base = start;
  const token: { -readonly [Name in keyof Token]: Token[Name] } = {
    kind: 'end',
    at: start,
    indent: -1,
    word: createWord(0, 0, ''),
    problem: undefined,
  };

  const wordToken = (word: Word, indent: number, problem: WordProblem | undefined): Token => {
    token.kind = 'word';
    token.at = base + word.from;
    token.indent = indent;
    token.word = word;
    token.problem = problem;
    return token;
  };

  const markToken = (kind: Token['kind'], at: number, indent: number): Token => {
    token.kind = kind;
    token.at = at;
    token.indent = indent;
    return token;
  };

  const makeWord = (
    from: number,
    to: number,
    quote: Word['quote'],
    escaped: boolean,
    marked: boolean,
    isName = false,
  ): Word => {
    const inner = quote === '' ? text.slice(from, to) : text.slice(from + 1, to - 1);
    // What a tool's own mark says is shown as it is written.
    const first = quote === '' ? from : from + 1;
    const asWritten = marked && written !== text && !inner.includes('{%');
    const said = asWritten ? written.slice(first, first + inner.length) : inner;
    const kept = shell ? said.replaceAll(takenAway, '') : said;
    const value = escaped ? resolveEscapes(kept) : kept;
    const templated =
      (shell && value.includes(filledIn)) ||
      placeholders.isIn(to, value, quote !== '') ||
      marked ||
      (substitutions && value.includes('$') && isSubstitution(value));
    const known = isName && !templated && !escaped ? wordOfName(value) : undefined;
    if (known) return known;
    return createWord(from - base, to - base, value, quote, templated);
  };

  const readQuoted = (from: number, indent: number): Token => {
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
    if (at >= length) return unclosed(from, quote, indent, length);
    const end = at + 1;
    if (!mayFollowQuote(text.charCodeAt(end), end >= length)) {
      // A quote that runs over lines into the middle of something was meant to be closed on its first line.
      if (text.slice(from, at).includes('\n')) return unclosed(from, quote, indent, end);
      // A template's mark brings the rest of the word, or a blank and more.
      const mark = hasMarks ? marks.skip(end) : end;
      if (mark > end) return readBare(from, indent, false, mark);
      position = endOfBareWord(text, end);
      const word = createWord(from - base, position - base, text.slice(from + 1, position), quote, true);
      const problem = { kind: 'unexpected', range: { start: end, end: position }, noticed: undefined } as const;
      return wordToken(word, indent, problem);
    }
    position = end;
    // nginx does not count the opening quote.
    return wordToken(makeWord(from, end, quote, escaped, marked), indent, lengthProblem(text, from, end, from + 1));
  };

  /** What follows is lost to nginx; the line alone is taken as the word, so that the rest stays understood. */
  const unclosed = (from: number, quote: '"' | "'", indent: number, noticed: number): Token => {
    const end = endOfWordsInLine(text, from);
    position = end;
    const value = text.slice(from + 1, end);
    const word = createWord(from - base, end - base, value, quote, true);
    return wordToken(word, indent, { kind: 'unclosed-quote', range: { start: from, end }, noticed });
  };

  /** @param behind what is known to belong to the word */
  const readBare = (from: number, indent: number, isName: boolean, behind = from): Token => {
    let escaped = false;
    let marked = behind > from;
    let quantified = false;
    let at = behind;
    for (; at < length; at++) {
      const code = text.charCodeAt(at);
      // Nearly every character ends here.
      if (code > leftBrace || isSpecial[code] === 0) continue;
      if (hasMarks && (code === leftBrace || code === less)) {
        const end = marks.skip(at);
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
        const end = filled > at || code === hash ? filled : endOfQuantifier(text, isName ? from : base, at);
        if (end === at && code === leftBrace) break;
        if (filled > at) marked = true;
        else if (end > at) quantified = true;
        if (end > at) at = end - 1;
      } else if (code !== less) break;
    }
    if (at > length) at = length;
    position = at;
    const problem = quantified && !marked ? braceProblem(text, from, at) : lengthProblem(text, from, at);
    return wordToken(makeWord(from, at, '', escaped, marked, isName), indent, problem);
  };

  /** Where blanks that a line begins with were skipped to, and where that line starts. */
  let skippedTo = start;
  let skippedFrom = start;
  /** End of the line that was looked at last. */
  let lineEnd = -1;

  const findLineEnd = (): number => {
    let lineStart = position === skippedTo ? skippedFrom : -1;
    for (;;) {
      const code = text.charCodeAt(position);
      if (code === lineFeed || code === carriageReturn) lineStart = position + 1;
      else if (code !== space && code !== tab) break;
      position++;
    }
    skippedTo = position;
    skippedFrom = lineStart;
    const first = text.charCodeAt(position);
    if (!isLowerCase(first)) return first === rightBrace ? position + 1 : -1;
    if (lineEnd < position) lineEnd = lineEndAt(text, position);
    return lineEnd - position > longestLine ? -1 : lineEnd;
  };

  const next = (inStatement: boolean): Token => {
    /** Offset where the present line starts, if nothing but blanks came since. */
    let lineStart = position === skippedTo ? skippedFrom : -1;
    for (;;) {
      while (text.charCodeAt(position) === space) position++;
      if (!inStatement) base = position;
      if (position >= length) return markToken('end', length, -1);
      const code = text.charCodeAt(position);
      switch (code) {
        case lineFeed:
        case carriageReturn:
          position++;
          lineStart = position;
          continue;
        case tab:
          position++;
          continue;
        case hash: {
          if (inStatement && endOfFilledIn(text, position) > position) return readBare(position, -1, false);
          const end = lineEndAt(text, position);
          const trimmed = text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end;
          comments.push({ start: position, end: trimmed });
          if (hasMarks && holdsStatement(text.slice(position, trimmed)))
            marks.insert({ start: position, end: trimmed });
          position = end;
          continue;
        }
        case semicolon:
          return markToken(';', position++, -1);
        case rightBrace:
          position++;
          return markToken('}', position - 1, lineStart < 0 ? -1 : position - 1 - lineStart);
        case leftBrace:
        case less:
          if (hasMarks) {
            const end = marks.skipAsComment(position, inStatement);
            if (end < 0) return readBare(position, lineStart < 0 ? -1 : position - lineStart, !inStatement);
            if (end > position) {
              position = end;
              continue;
            }
          }
          if (!inStatement && skipAlone()) continue;
          return code === less || (inStatement && endOfFilledIn(text, position) > position)
            ? readBare(position, lineStart < 0 ? -1 : position - lineStart, !inStatement)
            : markToken('{', position++, -1);
        case quotationMark:
        case apostrophe:
          return readQuoted(position, lineStart < 0 ? -1 : position - lineStart);
        default:
          if (!inStatement && mayStandAlone(code) && skipAlone()) continue;
          return readBare(position, lineStart < 0 ? -1 : position - lineStart, !inStatement);
      }
    }
  };

  const skipAlone = (): boolean => {
    const end = marks.skipAlone(position);
    if (end === position) return false;
    position = end;
    return true;
  };

  const skipLua = (): number => {
    position = endOfLua(text, position);
    return position;
  };

  return {
    comments,
    templates: marks.templates,
    inserts: marks.inserts,
    marks: hasMarks,
    next,
    findLineEnd,
    skipTo: (offset) => {
      position = offset;
    },
    skipLua,
    get position() {
      return position;
    },
  };
}

/** What stands for a backslash that a shell takes away, and for what it fills in, in a text that a script writes. */
const takenAway = '\uE000';
const filledIn = '\uE001';

/** True for what a name that is filled in may begin with, beside a brace and `<`. */
function mayStandAlone(code: number): boolean {
  return code === dollar || code === commercialAt || code === percent || code === underscore;
}
