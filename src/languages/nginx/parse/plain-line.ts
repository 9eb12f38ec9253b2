import { leftBrace, semicolon, space, underscore } from './characters.ts';
import { wordOfName } from './names.ts';
import { createWord, type Word } from './tree.ts';

/** Characters of which nobody makes a quote, an escape, a variable, or a mark that something is filled in for. */
const isPlain = new Uint8Array(128);
for (const character of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:*+,=?~^|&()[]') {
  isPlain[character.charCodeAt(0)] = 1;
}

export interface PlainLine {
  readonly name: Word;
  readonly args: readonly Word[];
  readonly ending: ';' | '{';
  /** Offset of the `;` or `{` in the line. */
  readonly at: number;
}

/**
 * A directive, or the head of a block, that stands on one line and is made of plain words: read in one go, since most lines are
 * such. Undefined for all others, which the lexer is to read; of these it would say the same.
 */
export function plainLine(text: string, start: number, end: number): PlainLine | undefined {
  let name: Word | undefined;
  const args: Word[] = [];
  let from = start;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (isPlain[code] === 1) {
      // Two of them begin a placeholder.
      if (code === underscore && text.charCodeAt(at - 1) === underscore) return undefined;
      continue;
    }
    if (at > from) {
      const value = text.slice(from, at);
      if (name === undefined) name = wordOfName(value) ?? createWord(from - start, at - start, value);
      else args.push(createWord(from - start, at - start, value));
    }
    if (code === space) from = at + 1;
    else if (name === undefined) return undefined;
    else if (code === semicolon) return { name, args, ending: ';', at: at - start };
    // One that touches a word or has something behind it may belong to an expression, or be filled in.
    else
      return code === leftBrace && at === from && at + 1 === end
        ? { name, args, ending: '{', at: at - start }
        : undefined;
  }
  return undefined;
}
