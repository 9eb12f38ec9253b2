import { isIpv6 } from '../../../text/address.ts';
import { entryOf } from '../../../text/entry-of.ts';
import { suggest, suggestSwitch } from '../../../text/suggest.ts';
import type { Version } from '../../../text/version.ts';
import { describeServer } from '../../../tls/target.ts';
import type { DirectiveFact } from '../facts/directives.ts';
import { reaches } from '../facts/versions.ts';
import type { Word } from '../parse/tree.ts';
import type { Visit } from '../visit.ts';
import type { Complaint } from './complaint.ts';
import { hasVariable } from './complaint.ts';
import { isInetAddress } from './inet-address.ts';

const size = /^\d+[kKmM]?$/;
const offset = /^\d+[kKmMgG]?$/;
const number = /^\d+$/;

/** The largest number that nginx counts with (NGX_MAX_INT_T_VALUE on 64 bits). */
const largest = 2n ** 63n - 1n;
const bytesPer: Readonly<Record<string, bigint>> = { k: 2n ** 10n, m: 2n ** 20n, g: 2n ** 30n };
/** Digits that fit with any unit. */
const fewDigits = 9;

/** True for a size or a number, of which the pattern is right, that is more than nginx can count. */
function isTooLarge(text: string): boolean {
  if (text.length <= fewDigits) return false;
  const unit = bytesPer[text.slice(-1).toLowerCase()];
  const digits = unit === undefined ? text : text.slice(0, -1);
  return BigInt(digits) > largest / (unit ?? 1n);
}

function fits(pattern: RegExp, text: string): boolean {
  return pattern.test(text) && !isTooLarge(text);
}

/** Kinds of values that `checkSlot` knows. */
export const slotKinds: ReadonlySet<string> = new Set([
  'flag',
  'size',
  'offset',
  'size-with-variables',
  'number',
  'time-ms',
  'time-s',
  'enum',
  'bitmask',
  'buffers',
  'path',
  'access',
  'bind-address',
]);

/** Checks the kinds of values that nginx has one common setter for (ngx_conf_set_*_slot). */
export function checkSlot(fact: DirectiveFact, args: readonly Word[], visit: Visit): Complaint | undefined {
  const { version } = visit;
  const [word] = args;
  if (!word) return undefined;
  const { name } = fact;
  switch (fact.value) {
    case 'flag':
      return /^(?:on|off)$/i.test(word.value)
        ? undefined
        : {
            message: `Invalid value "${word.value}" in "${name}": it must be "on" or "off".`,
            word,
            instead: suggestSwitch(word.value),
          };
    case 'size':
      return fits(size, word.value) ? undefined : invalid(name, word, 'a size, such as 8k or 1m');
    case 'offset':
      return fits(offset, word.value) ? undefined : invalid(name, word, 'a size, such as 8k, 1m or 1g');
    case 'size-with-variables':
      return (hasVariable(word) && takesRateVariable(name, version)) || fits(size, word.value)
        ? undefined
        : invalid(name, word, 'a size, such as 8k or 1m');
    case 'number':
      return checkNumber(fact, word);
    case 'time-ms':
      return isTime(word.value, true) ? undefined : invalid(name, word, 'a time, such as 30s or 1h');
    case 'time-s':
      return isTime(word.value, false)
        ? undefined
        : invalid(name, word, 'a time in seconds or longer, such as 10m or 1d');
    case 'enum':
    case 'bitmask':
      return checkWords(fact, args, visit);
    case 'buffers':
      return checkBuffers(name, args);
    case 'path':
      return checkPath(name, args);
    case 'access':
      return checkAccess(name, args);
    case 'bind-address':
      return checkBind(args);
    default:
      return undefined;
  }
}

/** Rates of clients and of stream may come from a variable since 1.17.0, those of upstreams since 1.27.0 (changes of nginx). */
function takesRateVariable(name: string, version: Version): boolean {
  return reaches(version, /^limit_rate|load_rate$/.test(name) ? '1.17.0' : '1.27.0');
}

/** True for a time as ngx_parse_time takes it: units from years down to (where allowed) milliseconds, each once. */
export function isTime(text: string, milliseconds: boolean): boolean {
  const units = ['y', 'M', 'w', 'd', 'h', 'm', 's', 'ms', ''];
  // A unit without a number counts as none of it, so that "s5" is five seconds. A blank is a unit, too: the last one, of seconds.
  const whole = /^(?:\d*(?:ms|m(?!s)|[yMwdhs]) *)*(?:\d+|\d* +\d*)?$/;
  if (!whole.test(text) || !/\d/.test(text)) return false;
  // ngx_parse_time takes years and months only where it counts seconds.
  let last = milliseconds ? units.indexOf('M') : -1;
  for (const [part, unit] of text.matchAll(/\d*(ms|[yMwdhms]) *|\d* +\d*|\d+/g)) {
    const rank = units.indexOf(unit ?? '');
    if (rank <= last || (unit === 'ms' && !milliseconds)) return false;
    if (unit === undefined && part.includes(' ') && last >= units.indexOf('s')) return false;
    last = rank;
  }
  return last >= 0 && (text.length <= fewDigits || countOf(text, milliseconds) <= largest);
}

/** What nginx counts a time as: its milliseconds, or its seconds. */
function countOf(text: string, milliseconds: boolean): bigint {
  let sum = 0n;
  for (const [, count = '0', unit = ''] of text.matchAll(/(\d+)(ms|[yMwdhms])?/g)) {
    const factor = unit === 'ms' ? 1 : (secondsPerUnit[unit] ?? 1) * (milliseconds ? 1000 : 1);
    sum += BigInt(count) * BigInt(factor);
  }
  return sum;
}

const secondsPerUnit: Readonly<Record<string, number>> = {
  y: 31_536_000,
  M: 2_592_000,
  w: 604_800,
  d: 86_400,
  h: 3600,
  m: 60,
  ms: 0.001,
};

/** Seconds of a time that `isTime` takes. */
export function secondsOf(text: string): number {
  let sum = 0;
  for (const [, count, unit = ''] of text.matchAll(/(\d+)(ms|[yMwdhms])?/g))
    sum += Number(count) * (secondsPerUnit[unit] ?? 1);
  return sum;
}

export function isSize(text: string): boolean {
  return fits(size, text);
}

function invalid(name: string, word: Word, wanted: string): Complaint {
  return { message: `"${name}" has an invalid value "${word.value}": it takes ${wanted}.`, word };
}

function checkNumber(fact: DirectiveFact, word: Word): Complaint | undefined {
  if (!fits(number, word.value)) return { message: `"${fact.name}" has an invalid number "${word.value}".`, word };
  const [low, high] = (fact.words[0] ?? '').split('..').map(Number);
  if (low === undefined || high === undefined) return undefined;
  const value = Number(word.value);
  return value >= low && value <= high
    ? undefined
    : { message: `"${fact.name}" must be between ${low} and ${high}.`, word };
}

/** Words that are younger than their directive. */
const tls13 = { 'tlsv1.3': '1.13.0' } as const;
const wordsSince: Readonly<Record<string, Readonly<Record<string, Version>>>> = {
  ssl_protocols: tls13,
  proxy_ssl_protocols: tls13,
  grpc_ssl_protocols: tls13,
  uwsgi_ssl_protocols: tls13,
  proxy_http_version: { '2': '1.29.4' },
  proxy_protocol: { v2: '1.31.4' },
};

/** The release that a word of a directive came with; undefined where it came with the directive. */
export function wordSince(name: string, word: string): Version | undefined {
  return entryOf(wordsSince[name] ?? {}, word.toLowerCase());
}

function checkWords(fact: DirectiveFact, args: readonly Word[], visit: Visit): Complaint | undefined {
  const { version } = visit;
  const { name } = fact;
  const isThere = (value: string) => wordsSince[name] === undefined || reaches(version, wordSince(name, value) ?? '0');
  const word = args.find(({ value, templated }) => !templated && !(takesWord(fact, value) && isThere(value)));
  if (!word) return undefined;
  const release = takesWord(fact, word.value) ? wordSince(name, word.value) : undefined;
  if (release !== undefined) {
    return {
      message: `Invalid value "${word.value}" in "${fact.name}" of ${describeServer('nginx', visit.project.target)}: it came with ${release}. Upgrade, or remove it.`,
      word,
    };
  }
  const words = fact.words.filter(isThere);
  // `-TLSv1` asks for the opposite of what would be left of it, and `TLSv1.2:TLSv1.3` for several words.
  const parts = word.value.split(/[:,+]/).filter((part) => part !== '');
  const together = fact.value === 'bitmask' && parts.length > 1 && parts.every((part) => takesWord(fact, part));
  const hint = word.value.startsWith('-')
    ? ' List what is allowed, and leave this out.'
    : together
      ? ' Separate them by spaces.'
      : '';
  return {
    message: `Invalid value "${word.value}" in "${fact.name}": it takes ${list(words)}.${hint}`,
    word,
    instead:
      hint !== ''
        ? undefined
        : ((fact.words.includes('on') ? suggestSwitch(word.value) : undefined) ??
          // Where two are as near, the later one: versions stand in their order.
          suggest(word.value, words.toReversed())),
  };
}

/** Case is ignored, and most words are written as the table has them. */
function takesWord({ words }: DirectiveFact, value: string): boolean {
  if (words.includes(value)) return true;
  const lower = value.toLowerCase();
  return words.some((word) => word.toLowerCase() === lower);
}

function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function checkBuffers(name: string, [count, length]: readonly Word[]): Complaint | undefined {
  if (count && !fits(/^0*[1-9]\d*$/, count.value)) return invalid(name, count, 'a number of buffers and their size');
  return length && (!fits(size, length.value) || Number.parseInt(length.value, 10) === 0)
    ? invalid(name, length, 'a number of buffers and their size')
    : undefined;
}

function checkPath(name: string, [, ...levels]: readonly Word[]): Complaint | undefined {
  const word = levels.find(({ value }) => !/^0*[1-9]\d*$/.test(value));
  return word && invalid(name, word, 'a folder and up to three levels');
}

function checkAccess(name: string, args: readonly Word[]): Complaint | undefined {
  const word = args.find(({ value }) => !/^(?:user|group|all):r?w?$/.test(value) || /:$/.test(value));
  return word && invalid(name, word, 'entries such as user:rw or group:r');
}

export function checkBind([address, option]: readonly Word[]): Complaint | undefined {
  if (option && option.value !== 'transparent')
    return { message: `Invalid parameter "${option.value}".`, word: option };
  if (!address || hasVariable(address) || address.value === 'off') return undefined;
  return isBindAddress(address.value)
    ? undefined
    : { message: `Invalid address "${address.value}": a literal one is needed.`, word: address };
}

/** A literal address with or without a port (ngx_parse_addr_port). */
function isBindAddress(text: string): boolean {
  if (isIpv6(text)) return true;
  const [, address = '', port] = /^(\[.*\](?=:)|[\d.]+)(?::(\d+))?$/.exec(text) ?? [];
  if (port !== undefined && !(Number(port) >= 1 && Number(port) <= 65_535)) return false;
  return address.startsWith('[') ? isIpv6(address.slice(1, -1)) : isInetAddress(address);
}
