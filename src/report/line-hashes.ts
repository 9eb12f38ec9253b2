import { type Document, positionAt } from '../text/document.ts';
import type { Location } from '../text/range.ts';

/** Characters that a line's hash looks at: those of the line and of what follows it, without white space. */
const width = 100;
const factor = 37;
const word = 2 ** 32;
/** `factor ** width`, by which the character that leaves the window counts. 64 bits are two halves, as numbers hold 53. */
const leaving = power();

/**
 * A hash for each line that stays when lines above it come and go, and behind it which one of several alike it is. Code
 * scanners know a finding again by it: these are the hashes of GitHub's `primaryLocationLineHash`, which its own upload action
 * computes where a report has none (github/codeql-action, `fingerprints.ts`), so that both ways to upload agree.
 * @returns by line, the first one at 0
 */
export function lineHashes(text: string): readonly string[] {
  const window = new Uint16Array(width);
  const starts = new Int32Array(width).fill(-1);
  const seen = new Map<string, number>();
  const hashes: string[] = [];
  let high = 0;
  let low = 0;
  let index = 0;

  const tell = () => {
    const line = starts[index] as number;
    if (line < 0) return;
    const hash = high === 0 ? low.toString(16) : high.toString(16) + low.toString(16).padStart(8, '0');
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    hashes[line] = `${hash}:${count}`;
    starts[index] = -1;
  };
  const take = (character: number) => {
    const left = window[index] as number;
    window[index] = character;
    const sum = low * factor + character - leaving.low * left;
    const carry = Math.floor(sum / word);
    low = sum - carry * word;
    high = modulo(high * factor + carry - leaving.high * left);
    index = (index + 1) % width;
  };

  let line = 0;
  let beginsLine = true;
  // What stands for the end of the text is a character too.
  for (let at = 0; at <= text.length; at++) {
    let character = at === text.length ? 0xffff : text.charCodeAt(at);
    if (character === 0x20 || character === 0x09) continue;
    if (character === 0x0d) character = 0x0a;
    else if (character === 0x0a && text.charCodeAt(at - 1) === 0x0d) continue;
    tell();
    if (beginsLine) starts[index] = line++;
    beginsLine = character === 0x0a;
    take(character);
  }
  for (let left = 0; left < width; left++) {
    tell();
    take(0);
  }
  return hashes;
}

/** The hash of the line that a place is in; undefined where its text is not at hand. Each text is gone through once. */
export function lineHasher(documents: ReadonlyMap<string, Document>): (location: Location) => string | undefined {
  const hashes = new Map<string, readonly string[]>();
  return ({ file, range }) => {
    const document = documents.get(file);
    if (document === undefined) return undefined;
    const known = hashes.get(file) ?? lineHashes(document.text);
    hashes.set(file, known);
    return known[positionAt(document, range.start).line];
  };
}

function power(): { readonly high: number; readonly low: number } {
  const value = BigInt.asUintN(64, BigInt(factor) ** BigInt(width));
  return { high: Number(value >> 32n), low: Number(value & 0xffff_ffffn) };
}

function modulo(value: number): number {
  return value - Math.floor(value / word) * word;
}
