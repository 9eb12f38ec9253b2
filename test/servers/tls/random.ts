import { randomNumbers } from '../../support/random.ts';

/** Numbers that are the same in every run. */
export function createRandom(seed: number): Random {
  const random = randomNumbers(seed);
  const next = (limit: number) => Math.floor(random() * limit);
  return { next, pick: (list) => list[next(list.length)] as (typeof list)[number], chance: (one) => next(one) === 0 };
}

export interface Random {
  /** A whole number below `limit`. */
  next(limit: number): number;
  pick<T>(list: readonly T[]): T;
  /** True once in so many times. */
  chance(oneIn: number): boolean;
}
