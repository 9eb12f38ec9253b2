import { leftBrace, semicolon, space, underscore } from './characters.ts';
import { wordOfName } from './names.ts';
import { createWord, type Word } from './tree.ts';

/** Characters of which nobody makes a quote, an escape, a variable, or a mark that something is filled in for. */
const isPlain = new Uint8Array(128);
for (const character of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:*+,=?~^|&()[]') {
  isPlain[character.charCodeAt(0)] = 1;
}

/**
 * A directive, or the head of a block, that stands on one line and is made of plain words: read in one go, since most lines are
 * such. There is one object for all lines, of which a text has thousands.
 */
export class PlainLine {
  /** Its words, the first one its name; the places of those read before stay behind them. */
  private readonly words: Word[] = [];
  private count = 0;
  /** Offset of its `;` or `{` in the line. */
  at = 0;

  get name(): Word {
    return this.words[0] as Word;
  }

  get args(): readonly Word[] {
    return this.words.slice(1, this.count);
  }

  /** False for a line that the lexer is to read; of all others it would say the same. */
  read(text: string, start: number, end: number): boolean {
    this.count = 0;
    let from = start;
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at);
      if (isPlain[code] === 1) {
        // Two of them begin a placeholder.
        if (code === underscore && text.charCodeAt(at - 1) === underscore) return false;
        continue;
      }
      if (at > from) this.add(text.slice(from, at), from - start, at - start);
      if (code === space) from = at + 1;
      else {
        this.at = at - start;
        if (code === semicolon) return this.count > 0;
        // One that touches a word or has something behind it may belong to an expression, or be filled in.
        return code === leftBrace && this.count > 0 && at === from && at + 1 === end;
      }
    }
    return false;
  }

  private add(value: string, from: number, to: number): void {
    const known = this.count === 0 ? wordOfName(value) : undefined;
    this.words[this.count++] = known ?? createWord(from, to, value);
  }
}
