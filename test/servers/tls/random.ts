/** Numbers that are the same in every run: a linear congruential generator (Numerical Recipes). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
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
