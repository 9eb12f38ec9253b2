import type { Range } from '../../../text/range.ts';
import type { Float } from '../parse/tree.ts';

/** A value of Python, as far as it can be told without running it. */
export type Data = null | boolean | number | string | Float | Duration | Sequence | Dictionary | Unknown;

export interface Sequence {
  readonly kind: 'list' | 'tuple' | 'set';
  readonly items: readonly Item[];
  /** False where there may be others. */
  readonly isWhole: boolean;
}

export interface Item {
  readonly value: Data;
  /** Where it is written. */
  readonly location: { readonly file: string; readonly range: Range };
}

/** A `timedelta`. */
export interface Duration {
  readonly kind: 'duration';
  readonly seconds: number;
}

export interface Dictionary {
  readonly kind: 'dictionary';
  readonly entries: ReadonlyMap<string, Item>;
  readonly isWhole: boolean;
}

/** With the reason, as `… decides` ends a sentence. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly reason: string;
}

export function unknownData(reason: string): Unknown {
  return { kind: 'unknown', reason };
}

export function isUnknown(data: Data): data is Unknown {
  return typeof data === 'object' && data !== null && data.kind === 'unknown';
}

export function isFloat(data: Data): data is Float {
  return typeof data === 'object' && data !== null && data.kind === 'float';
}

export function isDuration(data: Data): data is Duration {
  return typeof data === 'object' && data !== null && data.kind === 'duration';
}

export function isSequence(data: Data): data is Sequence {
  return (
    typeof data === 'object' && data !== null && (data.kind === 'list' || data.kind === 'tuple' || data.kind === 'set')
  );
}

export function isDictionary(data: Data | undefined): data is Dictionary {
  return typeof data === 'object' && data !== null && data.kind === 'dictionary';
}

/** What `if` makes of a value; undefined where nobody can tell. */
export function truth(data: Data): boolean | undefined {
  if (typeof data !== 'object' || data === null) return Boolean(data);
  if (data.kind === 'unknown') return undefined;
  if (data.kind === 'float') return data.value !== 0;
  if (data.kind === 'duration') return data.seconds !== 0;
  if (data.kind === 'dictionary') return data.entries.size > 0 ? true : data.isWhole ? false : undefined;
  return data.items.length > 0 ? true : data.isWhole ? false : undefined;
}
