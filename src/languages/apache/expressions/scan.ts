/** What a token is; marks of the grammar stand for themselves. */
export type TokenKind =
  | 'end'
  | 'error'
  | 'true'
  | 'false'
  | 'and'
  | 'or'
  | 'not'
  | 'comparison'
  | 'match'
  | 'in'
  | 'unary'
  | 'binary'
  | 'regex'
  | 'number'
  | 'name'
  | 'reference'
  | 'text'
  | 'string-begin'
  | 'string-end'
  | 'variable-begin'
  | 'variable-end'
  | '('
  | ')'
  | '{'
  | '}'
  | ','
  | '.'
  | ':';

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** Name of an operator, a variable or a function; a string's text; a pattern; of an error what is wrong. */
  readonly value: string;
}

/** `flags` of the expression: a condition, or text with variables in it (`AP_EXPR_FLAG_STRING_RESULT`). */
export type ExpressionKind = 'condition' | 'text';

/** What is wrong with a regular expression that is not closed, behind its delimiter. */
export const openPattern = 'ends no regular expression';

type State = 'code' | 'string' | 'name' | 'argument';

const names: ReadonlyMap<string, TokenKind> = new Map([
  ['true', 'true'],
  ['false', 'false'],
  ['and', 'and'],
  ['or', 'or'],
  ['not', 'not'],
  ['in', 'in'],
  ...['lt', 'le', 'gt', 'ge', 'ne', 'eq'].map((word) => [word, 'comparison'] as const),
]);

const blanks = /[ \t\n]*/y;
/** Longest first, as the server's scanner takes them. */
const marks = /&&|\|\||=~|!~|==?|!=|<=?|>=?|!|[(){},.]/y;
const dashed = /-[A-Za-z_]\w*/y;
const number = /-?\d+/y;
const word = /[A-Za-z]\w*/y;
const pattern = /m?([/#$%^,;:_?|\-!.'"])/y;
const plain = /[^\\\n"'%}$]+/y;
const escaped = /\\(?:(\d+)|.|\n)/y;

const kindOfMark: Readonly<Record<string, TokenKind>> = {
  '&&': 'and',
  '||': 'or',
  '!': 'not',
  '=~': 'match',
  '!~': 'match',
  '(': '(',
  ')': ')',
  '{': '{',
  '}': '}',
  ',': ',',
  '.': '.',
};

/**
 * Cuts an expression of httpd 2.4 into tokens (https://httpd.apache.org/docs/2.4/expr.html), as its scanner does:
 * strings hold variables, which hold arguments, which hold variables.
 */
export class ExpressionScanner {
  readonly #text: string;
  readonly #states: State[];
  readonly #isText: boolean;
  #quote = '';
  #at = 0;

  constructor(text: string, kind: ExpressionKind) {
    this.#text = text;
    this.#isText = kind === 'text';
    this.#states = [this.#isText ? 'string' : 'code'];
  }

  next(): Token {
    switch (this.#states.at(-1)) {
      case 'string':
        return this.#inString();
      case 'name':
        return this.#inName();
      case 'argument':
        return this.#inArgument();
      default:
        return this.#inCode();
    }
  }

  #take(kind: TokenKind, length: number, value = ''): Token {
    const start = this.#at;
    this.#at += length;
    return { kind, start, end: this.#at, value };
  }

  #fail(value: string, length = 1): Token {
    const end = Math.min(this.#at + length, this.#text.length);
    return { kind: 'error', start: this.#at, end, value };
  }

  #match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at;
    return expression.exec(this.#text);
  }

  #inCode(): Token {
    this.#at += this.#match(blanks)?.[0].length ?? 0;
    const code = this.#text[this.#at];
    if (code === undefined) return this.#take('end', 0);
    if (code === '"' || code === "'") {
      this.#quote = code;
      this.#states.push('string');
      return this.#take('string-begin', 1);
    }
    if (this.#text.startsWith('%{', this.#at)) return this.#variable();
    if (code === '$') return this.#reference();
    const [name] = this.#match(word) ?? [];
    const [opening, delimiter] = this.#match(pattern) ?? [];
    if (opening !== undefined && (opening === '/' || (opening[0] === 'm' && opening.length >= (name ?? '').length))) {
      return this.#regex(opening, delimiter as string);
    }
    if (name !== undefined) return this.#take(names.get(name) ?? 'name', name.length, name);
    const [digits] = this.#match(number) ?? [];
    if (digits !== undefined) return this.#take('number', digits.length, digits);
    const [operator] = this.#match(dashed) ?? [];
    if (operator !== undefined) return this.#operator(operator);
    const [mark] = this.#match(marks) ?? [];
    if (mark !== undefined) return this.#take(kindOfMark[mark] ?? 'comparison', mark.length, mark);
    return this.#fail('');
  }

  #operator(text: string): Token {
    const known = names.get(text.slice(1));
    if (known === 'in' || known === 'comparison') return this.#take(known, text.length, text);
    return this.#take(text.length === 2 ? 'unary' : 'binary', text.length, text);
  }

  /** Nothing escapes a delimiter; only the flag `i` is known. */
  #regex(opening: string, delimiter: string): Token {
    const from = this.#at + opening.length;
    const end = this.#text.indexOf(delimiter, from);
    if (end < 0) return this.#fail(`${delimiter} ${openPattern}`, this.#text.length);
    const isBlind = this.#text[end + 1] === 'i';
    return this.#take('regex', end + (isBlind ? 2 : 1) - this.#at, this.#text.slice(from, end));
  }

  #reference(): Token {
    return /\d/.test(this.#text[this.#at + 1] ?? '') ? this.#take('reference', 2) : this.#fail('');
  }

  #variable(): Token {
    this.#states.push('name');
    return this.#take('variable-begin', 2);
  }

  #inName(): Token {
    const [name] = this.#match(word) ?? [];
    if (name !== undefined) return this.#take('name', name.length, name);
    const code = this.#text[this.#at];
    if (code === '}') {
      this.#states.pop();
      return this.#take('variable-end', 1);
    }
    if (code === ':') {
      this.#states[this.#states.length - 1] = 'argument';
      return this.#take(':', 1);
    }
    return this.#fail(code === undefined ? 'open' : 'name', 1);
  }

  #inString(): Token {
    const text = this.#piece((code) => !this.#isEnd(code));
    if (text) return text;
    const code = this.#text[this.#at];
    if (code === undefined) {
      if (this.#isText && this.#states.length === 1) return this.#take('end', 0);
      return this.#fail('string');
    }
    if (this.#isEnd(code)) {
      this.#states.pop();
      return this.#take('string-end', 1);
    }
    return this.#substitution('string');
  }

  #isEnd(code: string): boolean {
    return code === this.#quote && !(this.#isText && this.#states.length === 1);
  }

  #inArgument(): Token {
    const text = this.#piece((code) => code !== '"' && code !== "'" && code !== '}');
    if (text) return text;
    const code = this.#text[this.#at];
    if (code === '}') {
      this.#states.pop();
      return this.#take('variable-end', 1);
    }
    // The server ends at once: its scanner has no rule for it.
    if (code === '"' || code === "'") return this.#fail('quote');
    return this.#substitution('open');
  }

  /** A variable, a reference, or what cannot be. */
  #substitution(open: string): Token {
    if (this.#text.startsWith('%{', this.#at)) return this.#variable();
    if (this.#text[this.#at] === '$') return this.#reference();
    if (this.#text[this.#at] === '\\') return this.#fail('escape', this.#match(escaped)?.[0].length ?? 1);
    return this.#fail(open);
  }

  /** Text up to what ends or interrupts it, or undefined where there is none. */
  #piece(takes: (code: string) => boolean): Token | undefined {
    const start = this.#at;
    let value = '';
    for (;;) {
      const [run] = this.#match(plain) ?? [];
      const code = this.#text[this.#at];
      let length = 1;
      if (run !== undefined) {
        value += run;
        length = run.length;
      } else if (code === '\\' && this.#at + 1 < this.#text.length) {
        const found = this.#match(escaped);
        const digits = found?.[1];
        if (!found || (digits !== undefined && !/^(?:[0-3]?[0-7]{1,2})$/.test(digits))) break;
        value += digits === undefined ? found[0].slice(1) : String.fromCharCode(Number.parseInt(digits, 8));
        length = found[0].length;
      } else if (code === undefined || code === '\n' || !takes(code) || this.#interrupts(code)) break;
      else value += code;
      this.#at += length;
    }
    return this.#at > start ? { kind: 'text', start, end: this.#at, value } : undefined;
  }

  #interrupts(code: string): boolean {
    const next = this.#text[this.#at + 1] ?? '';
    return (code === '%' && next === '{') || (code === '$' && /\d/.test(next));
  }
}
