/** Words that are looked at: with a thousand mistakes, a list without end would cost minutes. */
const most = 4096;

/** Words among which many misspelt ones are looked for: which letters they have is found out once. Of more than `most` the first. */
export class WordList {
  readonly words: readonly string[];
  readonly letters: Int32Array;

  constructor(words: Iterable<string>) {
    const some: string[] = [];
    for (const word of words) {
      if (some.length === most) break;
      some.push(word);
    }
    this.words = some;
    this.letters = Int32Array.from(some, lettersOf);
  }
}

/**
 * The candidate nearest to a misspelt word (optimal string alignment distance, case ignored), or undefined where none
 * is near enough: one edit in a short word, two in one of more than six letters, three in one of more than ten. Of two
 * as near, the one with which it has more first letters in common.
 */
export function suggest(word: string, candidates: Iterable<string> | WordList): string | undefined {
  const { words, letters } = candidates instanceof WordList ? candidates : new WordList(candidates);
  const lower = word.toLowerCase();
  const own = lettersOf(word);
  let best: string | undefined;
  let bestDistance = (word.length > 10 ? 3 : word.length > 6 ? 2 : 1) + 1;
  let limit = bestDistance;
  for (let index = 0; index < words.length; index++) {
    // An edit takes away at most one letter and brings at most one.
    if (bitsIn(own ^ (letters[index] as number)) > 2 * (limit - 1)) continue;
    const candidate = words[index] as string;
    if (Math.abs(candidate.length - word.length) >= limit) continue;
    const distance = alignmentDistance(lower, candidate.toLowerCase(), limit);
    if (distance === limit) continue;
    if (distance < bestDistance || sharedStart(lower, candidate) > sharedStart(lower, best as string)) {
      best = candidate;
      bestDistance = distance;
      // Of two as near the one that begins as the word does.
      limit = distance + 1;
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

/**
 * Insertions, deletions, substitutions and swaps of neighbours; `limit` or more is reported as `limit`. Two beginnings of which
 * one is longer by as much are at least so far apart: of each row of the table only what lies nearer is filled.
 */
function alignmentDistance(a: string, b: string, limit: number): number {
  const width = b.length + 2;
  if (rows[0].length < width) rows = [new Uint32Array(width), new Uint32Array(width), new Uint32Array(width)];
  let [beforePrevious, previous, current] = rows;
  for (let j = 0; j < width; j++) previous[j] = j;
  for (let i = 1; i <= a.length; i++) {
    const from = Math.max(1, i - limit + 1);
    const to = Math.min(b.length, i + limit - 1);
    const letter = a.charCodeAt(i - 1);
    const letterBefore = i > 1 ? a.charCodeAt(i - 2) : -1;
    current[from - 1] = from === 1 ? i : limit;
    let lowest = current[from - 1] as number;
    for (let j = from; j <= to; j++) {
      const other = b.charCodeAt(j - 1);
      let distance = (previous[j - 1] as number) + (letter === other ? 0 : 1);
      if ((previous[j] as number) + 1 < distance) distance = (previous[j] as number) + 1;
      if ((current[j - 1] as number) + 1 < distance) distance = (current[j - 1] as number) + 1;
      if (j > 1 && letterBefore === other && letter === b.charCodeAt(j - 2)) {
        distance = Math.min(distance, (beforePrevious[j - 2] as number) + 1);
      }
      current[j] = distance;
      if (distance < lowest) lowest = distance;
    }
    current[to + 1] = limit;
    if (lowest >= limit) return limit;
    [beforePrevious, previous, current] = [previous, current, beforePrevious];
  }
  return Math.min(previous[b.length] as number, limit);
}
