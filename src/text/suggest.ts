/**
 * The candidate nearest to a misspelt word (optimal string alignment distance, case ignored), or undefined where none
 * is near enough: one edit in a short word, two in one of more than six letters, three in one of more than ten.
 */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  const lower = word.toLowerCase();
  let best: string | undefined;
  let bestDistance = (word.length > 10 ? 3 : word.length > 6 ? 2 : 1) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const distance = alignmentDistance(lower, candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** The switch that other languages spell so, `yes` for `on`; undefined where it may be neither. */
export function suggestSwitch(word: string): 'on' | 'off' | undefined {
  if (/^(?:yes|true|1|enabled?)$/i.test(word)) return 'on';
  if (/^(?:no|false|0|none|disabled?)$/i.test(word)) return 'off';
  return suggest(word, ['on', 'off']) as 'on' | 'off' | undefined;
}

/** Insertions, deletions, substitutions and swaps of neighbours; `limit` or more is reported as `limit`. */
function alignmentDistance(a: string, b: string, limit: number): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    let lowest = i;
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let distance = Math.min(
        (previous[j] as number) + 1,
        (current[j - 1] as number) + 1,
        (previous[j - 1] as number) + cost,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        distance = Math.min(distance, (beforePrevious[j - 2] as number) + 1);
      }
      current.push(distance);
      lowest = Math.min(lowest, distance);
    }
    if (lowest >= limit) return limit;
    beforePrevious = previous;
    previous = current;
  }
  return Math.min(previous[b.length] as number, limit);
}
