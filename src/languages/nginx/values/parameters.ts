import { entryOf } from '../../../text/entry-of.ts';
import { suggest } from '../../../text/suggest.ts';
import { parseSize } from '../lower/setting.ts';
import type { Word } from '../parse/tree.ts';
import type { Complaint } from './complaint.ts';
import { isSize } from './slots.ts';

/** `name=value` words of one directive and what each takes; a word alone is asked with an empty text. */
export type Parameters = Readonly<Record<string, (value: string) => boolean>>;

export function checkParameters(words: readonly Word[], allowed: Parameters): Complaint | undefined {
  for (const word of words) {
    if (word.templated) continue;
    const equals = word.value.indexOf('=');
    const key = equals < 0 ? word.value : word.value.slice(0, equals + 1);
    const test = entryOf(allowed, key);
    if (test?.(equals < 0 ? '' : word.value.slice(equals + 1))) continue;
    const near = test ? undefined : suggest(key, Object.keys(allowed));
    return {
      message: `Invalid parameter "${word.value}".`,
      word,
      instead: near && (near.endsWith('=') ? near + word.value.slice(equals + 1) : near),
    };
  }
  return undefined;
}

/** The directive must have a parameter of that prefix. */
export function required(args: readonly Word[], prefix: string): Complaint | undefined {
  return args.some(({ value, templated }) => templated || value.startsWith(prefix))
    ? undefined
    : { message: `It must have a "${prefix.replace('=', '')}" parameter.` };
}

export function isPositive(value: string): boolean {
  return /^0*[1-9]\d*$/.test(value);
}

/** `name:size` of shared memory, of at least so many pages of 4 KiB. */
export function isZone(value: string, pages = 8): boolean {
  const [name = '', size, ...rest] = value.split(':');
  if (name === '' || size === undefined || rest.length > 0 || !isSize(size)) return false;
  return (parseSize(size) ?? 0) >= pages * 4096;
}
