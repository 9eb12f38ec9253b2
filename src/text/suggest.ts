/** Words that are looked at: with a thousand mistakes, a list without end would cost minutes. */
const most = 4096;

/**
 * The candidate nearest to a misspelt word (optimal string alignment distance, case ignored), or undefined where none
 * is near enough: one edit in a short word, two in one of more than six letters, three in one of more than ten. Of two
 * as near, the one with which it has more first letters in common.
 */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  const lower = word.toLowerCase();
  const letters = lettersOf(word);
  let best: string | undefined;
  let bestDistance = (word.length > 10 ? 3 : word.length > 6 ? 2 : 1) + 1;
  let count = 0;
  for (const candidate of candidates) {
    if (++count > most) break;
    const limit = best === undefined ? bestDistance : bestDistance + 1;
    if (Math.abs(candidate.length - word.length) >= limit) continue;
    // An edit takes away at most one letter and brings at most one.
    if (bitsIn(letters ^ lettersOf(candidate)) > 2 * (limit - 1)) continue;
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

function bitsIn(number: number): number {
  let count = 0;
  for (let rest = number; rest !== 0; rest &= rest - 1) count++;
  return count;
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
