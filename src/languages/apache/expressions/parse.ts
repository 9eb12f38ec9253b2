import { type ExpressionKind, ExpressionScanner, openPattern, type Token, type TokenKind } from './scan.ts';

/** A name in an expression that some module has to bring. */
export interface NameUse {
  readonly kind: 'variable' | 'function' | 'list' | 'unary' | 'binary';
  /** Without the dash of an operator. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** What it is given, where that is a constant string. */
  readonly constant: string | undefined;
}

/** A comparison of numbers with text that is none, which counts as 0. */
export interface NumberUse {
  readonly operator: Token;
  readonly text: string;
}

/** A comparison of a variable alone with constant text, or with a regular expression. */
export interface Comparison {
  readonly variable: string;
  readonly operator: Token;
  /** The text or the pattern. */
  readonly value: string;
  /** Where the text stands behind its quote, or the pattern with its delimiters and flags. */
  readonly start: number;
  readonly end: number;
}

/** A word: constant where it is one string and nothing else, a variable where it is that alone. */
interface Word {
  readonly constant: string | undefined;
  readonly variable?: string;
}

/** The first token that does not fit, with what was wanted there. */
export interface ExpressionError {
  readonly wanted: 'condition' | 'word' | 'name' | 'regex' | 'list' | 'comparison' | 'joint' | ')' | '}' | '(' | 'text';
  readonly token: Token;
  readonly before: Token | undefined;
  /** Where the comparison begins that it stands in. */
  readonly from: number;
}

export interface ParsedExpression {
  readonly error: ExpressionError | undefined;
  readonly uses: readonly NameUse[];
  readonly numbers: readonly NumberUse[];
  readonly comparisons: readonly Comparison[];
  /** Regular expressions, which the server compiles. */
  readonly patterns: readonly Token[];
}

/** Brackets and functions in each other; the server takes more, but nobody writes them. */
const deepest = 200;

/**
 * Parses an expression as httpd 2.4 does (https://httpd.apache.org/docs/2.4/expr.html): up to the first mistake, and in
 * time that grows with its length. Undefined where it is too deep to be followed.
 */
export function parseExpression(text: string, kind: ExpressionKind): ParsedExpression | undefined {
  const parser = new Parser(new ExpressionScanner(text, kind));
  if (kind === 'text') parser.wholeText();
  else parser.wholeCondition();
  return parser.depth > deepest ? undefined : parser;
}

const startsWord = new Set<TokenKind>(['number', 'string-begin', 'variable-begin', 'reference', 'name']);

class Parser implements ParsedExpression {
  error: ExpressionError | undefined;
  readonly uses: NameUse[] = [];
  readonly numbers: NumberUse[] = [];
  readonly comparisons: Comparison[] = [];
  readonly patterns: Token[] = [];
  depth = 0;
  readonly #scanner: ExpressionScanner;
  #token: Token;
  #before: Token | undefined;
  #from = 0;

  constructor(scanner: ExpressionScanner) {
    this.#scanner = scanner;
    this.#token = scanner.next();
  }

  wholeCondition(): void {
    if (!this.#condition() || this.#token.kind === 'end') return;
    // The scanner gives up at a pattern without an end, and what stands before is taken.
    if (this.#token.kind !== 'error' || !this.#token.value.endsWith(openPattern)) this.#refuse('joint');
  }

  wholeText(): void {
    if (this.#text() !== undefined && this.#token.kind !== 'end') this.#refuse('text');
  }

  #advance(): Token {
    const token = this.#token;
    this.#before = token;
    this.#token = this.#scanner.next();
    return token;
  }

  #is(kind: TokenKind): boolean {
    return this.#token.kind === kind;
  }

  #refuse(wanted: ExpressionError['wanted']): false {
    this.error ??= { wanted, token: this.#token, before: this.#before, from: this.#from };
    return false;
  }

  #expect(kind: TokenKind, wanted: ExpressionError['wanted']): boolean {
    if (this.#token.kind !== kind) return this.#refuse(wanted);
    this.#advance();
    return true;
  }

  /** Conditions joined by `and` and `or`; which binds closer makes no difference to what is accepted. */
  #condition(): boolean {
    for (;;) {
      while (this.#token.kind === 'not') this.#advance();
      if (!this.#simple()) return false;
      if (this.#token.kind !== 'and' && this.#token.kind !== 'or') return true;
      this.#advance();
    }
  }

  #simple(): boolean {
    const { kind, start } = this.#token;
    this.#from = start;
    if (kind === 'true' || kind === 'false') {
      this.#advance();
      return true;
    }
    if (kind === '(') {
      if (++this.depth > deepest) return false;
      this.#advance();
      if (!this.#condition() || !this.#expect(')', ')')) return false;
      this.depth--;
      return true;
    }
    if (kind === 'unary') {
      const operator = this.#advance();
      return this.#operand(operator);
    }
    return startsWord.has(kind) ? this.#comparison() : this.#refuse('condition');
  }

  #operand(operator: Token): boolean {
    const word = this.#word();
    if (!word) return false;
    const kind = operator.kind === 'unary' ? 'unary' : 'binary';
    const { start, end } = operator;
    this.uses.push({ kind, name: operator.value.slice(1), start, end, constant: word.constant });
    return true;
  }

  #comparison(): boolean {
    const left = this.#word();
    if (!left) return false;
    const operator = this.#token;
    switch (operator.kind) {
      case 'comparison': {
        this.#advance();
        const start = this.#token.start + 1;
        const right = this.#word();
        if (left.variable !== undefined && right?.constant !== undefined) {
          const end = (this.#before?.end ?? start + 1) - 1;
          this.comparisons.push({ variable: left.variable, operator, value: right.constant, start, end });
        }
        const text = [left, right].find((word) => word?.constant !== undefined && !/^\s*[-+]?\d/.test(word.constant));
        if (text?.constant !== undefined && /[a-z]/i.test(operator.value)) {
          this.numbers.push({ operator, text: text.constant });
        }
        return right !== undefined;
      }
      case 'binary':
        this.#advance();
        return this.#operand(operator);
      case 'match': {
        this.#advance();
        if (this.#token.kind !== 'regex') return this.#refuse('regex');
        const pattern = this.#advance();
        this.patterns.push(pattern);
        if (left.variable !== undefined) {
          this.comparisons.push({ ...pattern, variable: left.variable, operator });
        }
        return true;
      }
      case 'in':
        this.#advance();
        return this.#list();
      default:
        return this.#refuse('comparison');
    }
  }

  #list(): boolean {
    if (this.#token.kind === 'name') return this.#call('list') !== undefined;
    if (!this.#expect('{', 'list')) return false;
    while (this.#word()) {
      if (this.#token.kind !== ',') return this.#expect('}', '}');
      this.#advance();
    }
    return false;
  }

  /** Undefined where it is broken. */
  #word(): Word | undefined {
    let result = this.#part();
    while (result && this.#token.kind === '.') {
      this.#advance();
      result = this.#part() && { constant: undefined };
    }
    return result;
  }

  #part(): Word | undefined {
    switch (this.#token.kind) {
      case 'number':
      case 'reference':
        this.#advance();
        return { constant: undefined };
      case 'variable-begin':
        return this.#variable() ? { constant: undefined, variable: this.uses.at(-1)?.name ?? '' } : undefined;
      case 'name':
        return this.#call('function');
      case 'string-begin': {
        this.#advance();
        const constant = this.#is('string-end') ? '' : this.#text();
        if (constant === undefined || !this.#expect('string-end', 'text')) return undefined;
        return { constant: constant === false ? undefined : constant };
      }
      default:
        this.#refuse('word');
        return undefined;
    }
  }

  #call(kind: 'function' | 'list'): { readonly constant: string | undefined } | undefined {
    const { value: name, start, end } = this.#advance();
    if (this.#token.kind !== '(') {
      this.#refuse('(');
      return undefined;
    }
    if (++this.depth > deepest) return undefined;
    this.#advance();
    const word = this.#word();
    if (!word || !this.#expect(')', ')')) return undefined;
    this.depth--;
    this.uses.push({ kind, name, start, end, constant: word.constant });
    return { constant: undefined };
  }

  /** Text and variables, at least one piece: undefined where it is broken, the text, or false where it is not constant. */
  #text(): string | false | undefined {
    let result: string | false | undefined;
    for (;;) {
      if (this.#token.kind === 'text') {
        const { value } = this.#advance();
        result = result === undefined ? value : false;
      } else if (this.#token.kind === 'reference') {
        this.#advance();
        result = false;
      } else if (this.#token.kind === 'variable-begin') {
        if (!this.#variable()) return undefined;
        result = false;
      } else {
        if (result === undefined || this.#token.kind === 'error') this.#refuse('text');
        return this.error ? undefined : result;
      }
    }
  }

  #variable(): boolean {
    if (++this.depth > deepest) return false;
    this.#advance();
    if (this.#token.kind !== 'name') return this.#refuse('name');
    const { value: name, start, end } = this.#advance();
    if (this.#is(':')) {
      this.#advance();
      const argument = this.#text();
      if (argument === undefined || !this.#expect('variable-end', 'name')) return false;
      this.uses.push({ kind: 'function', name, start, end, constant: argument === false ? undefined : argument });
    } else {
      if (!this.#expect('variable-end', 'name')) return false;
      this.uses.push({ kind: 'variable', name, start, end, constant: undefined });
    }
    this.depth--;
    return true;
  }
}
