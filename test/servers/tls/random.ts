/** Numbers that are the same in every run: mulberry32, whose neighbouring seeds have nothing in common. */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  const next = (limit: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return Math.floor((((value ^ (value >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
  return { next, pick: (list) => list[next(list.length)] as (typeof list)[number], chance: (one) => next(one) === 0 };
}

export interface Random {
  /** A whole number below `limit`. */
  next(limit: number): number;
  pick<T>(list: readonly T[]): T;
  /** True once in so many times. */
  chance(oneIn: number): boolean;
}
