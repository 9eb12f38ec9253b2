import { type Data, type Duration, isFloat } from './data.ts';

const day = 86_400;
/** Seconds in each, in the order of the arguments of `timedelta`. */
const units: ReadonlyMap<string, number> = new Map([
  ['days', day],
  ['seconds', 1],
  ['microseconds', 1e-6],
  ['milliseconds', 1e-3],
  ['minutes', 60],
  ['hours', 3_600],
  ['weeks', 7 * day],
]);

/** `timedelta(days=365)`; undefined where that is not known, or nothing that Python takes. */
export function durationOf(positional: readonly Data[], named: ReadonlyMap<string, Data>): Duration | undefined {
  const names = [...units.keys()];
  if (positional.some((_, index) => named.has(names[index] ?? ''))) return undefined;
  let seconds = 0;
  for (const [name, data] of [...positional.map((each, index) => [names[index] ?? '', each] as const), ...named]) {
    const unit = units.get(name);
    const amount = typeof data === 'number' ? data : isFloat(data) ? data.value : undefined;
    if (unit === undefined || amount === undefined) return undefined;
    seconds += unit * amount;
  }
  // Python keeps microseconds: 0.57 hours are 2052 seconds.
  return { kind: 'duration', seconds: Math.round(seconds * 1e6) / 1e6 };
}

/** `.days` and `.seconds`, which are the seconds of its last day alone. */
export function partOfDuration({ seconds }: Duration, name: string): number | undefined {
  if (name === 'days') return Math.floor(seconds / day);
  return name === 'seconds' ? Math.floor(seconds - Math.floor(seconds / day) * day) : undefined;
}
