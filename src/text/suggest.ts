/** Words that are looked at: with a thousand mistakes, a list without end would cost minutes. */
const most = 4096;

/** Words among which many misspelt ones are looked for: which letters they have is found out once. */
export class WordList implements Iterable<string> {
  readonly words: readonly string[];
  readonly letters: Int32Array;

  constructor(words: readonly string[]) {
    this.words = words;
    this.letters = Int32Array.from(words, lettersOf);
  }

  [Symbol.iterator](): Iterator<string> {
    return this.words[Symbol.iterator]();
  }
}

/**
 * The candidate nearest to a misspelt word (optimal string alignment distance, case ignored), or undefined where none
 * is near enough: one edit in a short word, two in one of more than six letters, three in one of more than ten. Of two
 * as near, the one with which it has more first letters in common.
 */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  const lower = word.toLowerCase();
  const letters = lettersOf(word);
  const known = candidates instanceof WordList ? candidates.letters : undefined;
  let best: string | undefined;
  let bestDistance = (word.length > 10 ? 3 : word.length > 6 ? 2 : 1) + 1;
  let count = 0;
  for (const candidate of candidates) {
    if (count === most) break;
    const theirs = known === undefined ? lettersOf(candidate) : (known[count] as number);
    count++;
    const limit = best === undefined ? bestDistance : bestDistance + 1;
    // An edit takes away at most one letter and brings at most one.
    if (bitsIn(letters ^ theirs) > 2 * (limit - 1)) continue;
    if (Math.abs(candidate.length - word.length) >= limit) continue;
    const distance = alignmentDistance(lower, candidate.toLowerCase(), limit);
    if (distance === limit) continue;
    if (distance < bestDistance || sharedStart(lower, candidate) > sharedStart(lower, best as string)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** How many letters of `lower` another word begins with. */
function sharedStart(lower: string, other: string): number {
  const letters = other.toLowerCase();
  let count = 0;
  while (count < lower.length && lower[count] === letters[count]) count++;
  return count;
}

/** Which letters a word has, whatever their case: a bit of 32 each, which unlike characters may share. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let index = 0; index < word.length; index++) letters |= 1 << (word.charCodeAt(index) & 31);
  return letters;
}

/** Those of each pair of bits, then of each four, then of each eight, and their sum. */
function bitsIn(number: number): number {
  const pairs = number - ((number >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The switch that other languages spell so, `yes` for `on`; undefined where it may be neither. */
export function suggestSwitch(word: string): 'on' | 'off' | undefined {
  if (/^(?:yes|true|1|enabled?|required?)$/i.test(word)) return 'on';
  if (/^(?:no|false|0|none|disabled?)$/i.test(word)) return 'off';
  return suggest(word, ['on', 'off']) as 'on' | 'off' | undefined;
}

/** The last three rows of the table of distances, which is thousands of times filled. */
let rows = [new Uint32Array(64), new Uint32Array(64), new Uint32Array(64)] as const;

/** Insertions, deletions, substitutions and swaps of neighbours; `limit` or more is reported as `limit`. */
function alignmentDistance(a: string, b: string, limit: number): number {
  const width = b.length + 1;
  if (rows[0].length < width) rows = [new Uint32Array(width), new Uint32Array(width), new Uint32Array(width)];
  let [beforePrevious, previous, current] = rows;
  for (let j = 0; j < width; j++) previous[j] = j;
  for (let i = 1; i <= a.length; i++) {
    current[0] = i;
    let lowest = i;
    for (let j = 1; j < width; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let distance = Math.min(
        (previous[j] as number) + 1,
        (current[j - 1] as number) + 1,
        (previous[j - 1] as number) + cost,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        distance = Math.min(distance, (beforePrevious[j - 2] as number) + 1);
      }
      current[j] = distance;
      lowest = Math.min(lowest, distance);
    }
    if (lowest >= limit) return limit;
    [beforePrevious, previous, current] = [previous, current, beforePrevious];
  }
  return Math.min(previous[b.length] as number, limit);
}
