import { rememberTexts } from '../../../memory/remember-texts.ts';
import type { Located, Location } from '../../../text/range.ts';
import type { Origin, Setting, Value } from '../../../tls/model/setting.ts';
import { byDefault, known, unknown } from '../../../tls/model/setting.ts';
import { byCondition, isConditional } from '../conditions.ts';
import { configurationPath } from '../includes.ts';
import type { Word } from '../parse/tree.ts';
import type { Item, Scope } from '../scope.ts';
import { locate, locateWord } from '../scope.ts';
import { whyOpen } from '../unread.ts';

/**
 * A setting that a directive makes, which is its own origin: a large configuration has thousands of them. Places are made
 * when somebody asks, since findings show few.
 */
class WrittenSetting<T> implements Setting<T> {
  readonly value: Value<T>;
  readonly kind: 'explicit' | 'inherited';
  readonly #item: Item;

  constructor(value: Value<T>, kind: 'explicit' | 'inherited', item: Item) {
    this.value = value;
    this.kind = kind;
    this.#item = item;
  }

  get origin(): Origin {
    return this;
  }

  get location(): Location {
    return locate(this.#item);
  }

  get words(): readonly Located<string>[] {
    return this.#item.args.map((word) => locateWord(this.#item, word));
  }

  /** The same origin of another value, as a block inside sees it. */
  inherited<U>(value: Value<U>): WrittenSetting<U> {
    return new WrittenSetting(value, 'inherited', this.#item);
  }
}

/** What a directive sets, seen from a block: `explicit` where it stands there in the same file. */
export function setting<T>(value: Value<T>, item: Item, from: Scope): Setting<T> {
  const explicit = item.outer === from && (!from.owner || from.owner.file === item.file);
  return new WrittenSetting(value, explicit ? 'explicit' : 'inherited', item);
}

/** What a directive sets in its own block. */
export function explicitSetting<T>(value: Value<T>, item: Item): Setting<T> {
  return new WrittenSetting(value, 'explicit', item);
}

/** Why the arguments of a directive cannot be known: a template or a variable fills them in. */
export function obscurity(item: Item, variables: boolean): string | undefined {
  if (isConditional(item)) return byCondition;
  for (const { templated, value } of item.args) {
    if (templated) return `"${value}" is filled in by a template`;
    if (variables && value.includes('$')) return `"${value}" depends on each request`;
  }
  return undefined;
}

/**
 * Reads one directive's value; undefined where it makes no sense and the value from outside stays. Directives that say the same
 * share the object that is read.
 */
export type Reader<T> = (args: readonly Word[]) => Value<T> | undefined;

/**
 * The setting in one block: its own directive, else the one from outside.
 * @param outside what the block inherits; a block with unread includes may set the value itself, so it becomes unknown
 */
export function settingIn<T>(scope: Scope, name: string, outside: Setting<T>, read: Reader<T>): Setting<T> {
  const item = scope.findLast(name);
  if (!item) return scope.open ? obscured(outside, scope) : outside;
  return settingOf(item, scope, outside, read);
}

/** The setting that one directive of a block makes. */
export function settingOf<T>(
  item: Item,
  scope: Scope,
  outside: Setting<T> | undefined,
  read: Reader<T>,
  variables = false,
): Setting<T> {
  const reason = obscurity(item, variables);
  if (reason !== undefined) return setting(unknown(reason), item, scope);
  const value = read(item.args);
  if (value === undefined) return outside ?? byDefault(undefined as T, '');
  return setting(value, item, scope);
}

/** A value as a block inside sees it. */
export function inherited<T>(setting: Setting<T>): Setting<T> {
  const { value, origin } = setting;
  if (origin.kind !== 'explicit') return setting;
  if (origin instanceof WrittenSetting) return origin.inherited(value);
  return { value, origin: { kind: 'inherited', location: origin.location, words: origin.words } };
}

/** What a block has that may set the value in something that cannot be read. */
export function obscured<T>(setting: Setting<T>, scope: Scope): Setting<T> {
  return { value: unknown(whyOpen(scope, 'set it')), origin: setting.origin };
}

const [on, off] = [known(true), known(false)];

export const readFlag: Reader<boolean> = ([word]) => {
  const lower = word?.value.toLowerCase();
  return lower === 'on' ? on : lower === 'off' ? off : undefined;
};

const textOf = rememberTexts((text): Value<string> => known(text));

export const readString: Reader<string> = ([word]) => word && textOf(word.value);

/** A list that a colon parts, also where blanks or commas cut it, which nginx refuses: so the rest of it is not told wrong. */
export const readList: Reader<string> = (words) =>
  words.length < 2 ? readString(words) : textOf(words.map(({ value }) => value.replace(/,$/, '')).join(':'));

/** Reads an absolute path, or null for an empty one, which switches the setting off. */
export function pathReader(entry: string): Reader<string | null> {
  return ([word]) =>
    word === undefined ? undefined : known(word.value === '' ? null : configurationPath(word.value, entry));
}

export const readNumber: Reader<number> = ([word]) =>
  word !== undefined && /^\d+$/.test(word.value) ? known(Number(word.value)) : undefined;

/** Seconds of a time such as `1d`, `10m`, `1h 30m` (ngx_parse_time). */
export const readTime: Reader<number> = ([word]) => {
  const seconds = word && parseTime(word.value);
  return seconds === undefined ? undefined : known(seconds);
};

const secondsPer: Readonly<Record<string, number>> = {
  y: 31536000,
  M: 2592000,
  w: 604800,
  d: 86400,
  h: 3600,
  m: 60,
  s: 1,
  ms: 0.001,
  '': 1,
};

export function parseTime(text: string): number | undefined {
  // Where one number ends and the next begins is said by a unit or a blank: otherwise there would be ways without end to read digits.
  if (!/^\d/.test(text) || !/^(?:\d+(?:(?:ms|[yMwdhms]) *| +))*(?:\d+(?:ms|[yMwdhms])?)?$/.test(text)) return undefined;
  let seconds = 0;
  for (const [, digits, unit] of text.matchAll(/(\d+)(ms|[yMwdhms])?/g)) {
    seconds += Number(digits) * (secondsPer[unit ?? ''] ?? 1);
  }
  return seconds;
}

/** Bytes of a size such as `10m`, `512k`, `4096` (ngx_parse_size). */
export function parseSize(text: string): number | undefined {
  const match = /^(\d+)([kKmMgG]?)$/.exec(text);
  if (!match) return undefined;
  const factor = { '': 1, k: 1024, m: 1048576, g: 1073741824 }[(match[2] ?? '').toLowerCase()] ?? 1;
  return Number(match[1]) * factor;
}
