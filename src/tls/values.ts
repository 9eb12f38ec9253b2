import { known, type Setting, type Value } from './model/setting.ts';

export type KnownOrNot<T> = Extract<Value<T>, { readonly kind: 'known' | 'unknown' }>;

/** The one value that a setting has, or why there is none. `what` is its subject in a sentence, in the plural. */
export function oneValue<T>({ value }: Setting<T>, what: string): KnownOrNot<T> {
  switch (value.kind) {
    case 'known':
    case 'unknown':
      return value;
    case 'one-of':
      return { kind: 'unknown', reason: `${what} depend on a condition` };
    case 'partial':
      return { kind: 'unknown', reason: value.reason };
  }
}

export function mapValue<T, U>(value: Value<T>, change: (value: T) => U): Value<U> {
  switch (value.kind) {
    case 'known':
      return known(change(value.value));
    case 'partial':
      return { ...value, value: change(value.value) };
    case 'one-of':
      return { kind: 'one-of', values: value.values.map(change) };
    case 'unknown':
      return value;
  }
}

/** The members of a list that are known, or undefined where none are. */
export function listOf<T>(value: Value<readonly T[]>): readonly T[] | undefined {
  return value.kind === 'known' || value.kind === 'partial' ? value.value : undefined;
}
