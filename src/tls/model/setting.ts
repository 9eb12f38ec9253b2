import type { Located, Location } from '../../text/range.ts';

/**
 * What is known of a value before the server runs.
 * - `known`: it is this.
 * - `one-of`: the branches of an `<IfModule>` or a `map` differ; each is possible.
 * - `partial`: a list of which some members are known.
 * - `unknown`: it cannot be known here, with the reason.
 */
export type Value<T> =
  | { readonly kind: 'known'; readonly value: T }
  | { readonly kind: 'one-of'; readonly values: readonly T[] }
  | { readonly kind: 'partial'; readonly value: T; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * Where a value comes from.
 * - `explicit`: set in the very block; `location` is the whole directive, `words` are its arguments in order.
 * - `inherited`: set in an enclosing block or another file.
 * - `default`: not set; `because` names the version that decides (`nginx 1.26.3`).
 */
export type Origin =
  | { readonly kind: 'explicit' | 'inherited'; readonly location: Location; readonly words: readonly Located<string>[] }
  | { readonly kind: 'default'; readonly because: string };

export interface Setting<T> {
  readonly value: Value<T>;
  readonly origin: Origin;
}

export function known<T>(value: T): Value<T> {
  return { kind: 'known', value };
}

export function unknown(reason: string): Value<never> {
  return { kind: 'unknown', reason };
}

export function byDefault<T>(value: T, because: string): Setting<T> {
  return { value: known(value), origin: { kind: 'default', because } };
}

/** The value where exactly one is possible, else undefined. */
export function knownValue<T>(setting: Setting<T> | undefined): T | undefined {
  return setting?.value.kind === 'known' ? setting.value.value : undefined;
}

/** Every value that is possible, or undefined where that cannot be said. */
export function possibleValues<T>(setting: Setting<T>): readonly T[] | undefined {
  switch (setting.value.kind) {
    case 'known':
      return [setting.value.value];
    case 'one-of':
      return setting.value.values;
    default:
      return undefined;
  }
}

/** The directive that sets the value, or undefined for a default. */
export function originLocation(setting: Setting<unknown>): Location | undefined {
  return setting.origin.kind === 'default' ? undefined : setting.origin.location;
}
