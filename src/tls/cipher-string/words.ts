import type { Range } from '../../text/range.ts';

/** What a rule of a cipher string does with the suites that it selects (openssl-ciphers(1), CIPHER LIST FORMAT). */
export type Operator = 'add' | 'move-to-end' | 'remove' | 'forbid' | 'command';

export interface Word {
  readonly text: string;
  readonly range: Range;
}

/** One rule between separators: an operator and the words that `+` joins. */
export interface Rule {
  readonly operator: Operator;
  readonly words: readonly Word[];
  /** Operator and words. */
  readonly range: Range;
  /** Offset of a character that OpenSSL cannot read there. It is an error only if all words before it are known. */
  readonly invalidAt: number | undefined;
  /** Offset of the next separator: what OpenSSL skips to where it does not know a word. */
  readonly itemEnd: number;
}

const operators: Readonly<Record<string, Operator>> = {
  '-': 'remove',
  '+': 'move-to-end',
  '!': 'forbid',
  '@': 'command',
};

/**
 * Splits a cipher string into rules, as OpenSSL reads it: rules are separated by `:`, `,`, `;` or a blank. A character
 * that is neither of a word nor a separator starts a rule of its own that is invalid.
 * @param underscores whether `_` belongs to words, as it does since OpenSSL 3.2
 */
export function readRules(text: string, from = 0, underscores = true): readonly Rule[] {
  const wordCharacter = underscores ? /[A-Za-z0-9._=-]/ : /[A-Za-z0-9.=-]/;
  const rules: Rule[] = [];
  let position = from;
  while (position < text.length) {
    if (isSeparator(text[position])) {
      position++;
      continue;
    }
    const start = position;
    const operator = operators[text[position] as string] ?? 'add';
    if (operator !== 'add') position++;
    const words: Word[] = [];
    let invalidAt: number | undefined;
    for (;;) {
      const end = endOfWord(text, position, wordCharacter);
      if (end === position) {
        invalidAt = position;
        break;
      }
      words.push({ text: text.slice(position, end), range: { start: position, end } });
      position = end;
      if (text[position] !== '+' || operator === 'command') break;
      position++;
    }
    // What follows a command up to the next separator is ignored; elsewhere it is the next rule.
    const itemEnd = nextSeparator(text, position);
    const stop = operator === 'command' || invalidAt !== undefined ? itemEnd : position;
    rules.push({ operator, words, range: { start, end: stop }, invalidAt, itemEnd });
    position = stop;
  }
  return rules;
}

function isSeparator(character: string | undefined): boolean {
  return character === ':' || character === ' ' || character === ',' || character === ';';
}

function nextSeparator(text: string, from: number): number {
  let position = from;
  while (position < text.length && !isSeparator(text[position])) position++;
  return position;
}

function endOfWord(text: string, from: number, character: RegExp): number {
  let position = from;
  while (position < text.length && character.test(text[position] as string)) position++;
  return position;
}
