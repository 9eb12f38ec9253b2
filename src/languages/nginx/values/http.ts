import { suggest } from '../../../text/suggest.ts';
import { parseSize } from '../lower/setting.ts';
import type { Complaint, ValueCheck } from './complaint.ts';
import { hasVariable, matching } from './complaint.ts';
import { checkEventMethod } from './event-method.ts';
import { capturingWord } from './expressions.ts';
import { checkParameters, isPositive, isZone, required } from './parameters.ts';
import { isSize, isTime, secondsOf } from './slots.ts';

/** `return code [text]`, `return URL`. */
export const checkReturn: ValueCheck = ([first, text], { fact }) => {
  if (!first || fact?.module.startsWith('stream')) return undefined;
  const isCode = /^\d+$/.test(first.value);
  if (!isCode) {
    if (text && first.value === 'permanent')
      return { message: 'Invalid return code "permanent".', word: first, instead: '301' };
    if (text) return { message: `Invalid return code "${first.value}": the code comes first.`, word: first };
    return /^(?:https?:\/\/|\$scheme)/.test(first.value)
      ? undefined
      : { message: `Invalid return code "${first.value}": it takes a number or a URL.`, word: first };
  }
  return Number(first.value) > 999
    ? { message: `Invalid return code "${first.value}": it has three digits at most.`, word: first }
    : undefined;
};

/** `error_page code … [=[response]] uri`. */
export const checkErrorPage: ValueCheck = (args) => {
  const codes = args.slice(0, -1);
  for (const [index, word] of codes.entries()) {
    if (/^=\d*$/.test(word.value) && index === codes.length - 1 && index > 0) continue;
    const code = Number(word.value);
    if (!/^\d+$/.test(word.value)) {
      const instead = /^\d{3},$/.test(word.value) ? word.value.slice(0, -1) : undefined;
      return { message: `Invalid value "${word.value}": a status code is needed.`, word, instead };
    }
    if (code < 300 || code > 599 || code === 499)
      return { message: `"${word.value}" must be between 300 and 599, and not 499.`, word };
  }
  return undefined;
};

function checkAlways([, , word]: Parameters<ValueCheck>[0]): Complaint | undefined {
  if (word === undefined || word.value === 'always') return undefined;
  const instead = suggest(word.value, ['always']);
  return { message: `Invalid parameter "${word.value}": only "always" may stand here.`, word, instead };
}

export const checkKeepalive: ValueCheck = (args, { fact }) => {
  if (fact?.name === 'keepalive') {
    const [count] = args;
    return count && !/^0*[1-9]\d*$/.test(count.value)
      ? { message: `Invalid value "${count.value}" in "keepalive": it takes a number above 0.`, word: count }
      : undefined;
  }
  const word = args.find(({ value }, index) => !isTime(value, index === 0));
  return word && { message: `Invalid value "${word.value}": it takes a time, such as 65s.`, word };
};

/** `expires [modified] time`, `epoch`, `max`, `off`. */
export const checkExpires: ValueCheck = (args) => {
  const [first, second] = args;
  if (second && first?.value !== 'modified')
    return { message: `Invalid value "${first?.value}": only "modified" may stand before a time.`, word: first };
  const word = second ?? first;
  if (!word || hasVariable(word)) return undefined;
  if (!second && ['epoch', 'max', 'off'].includes(word.value)) return undefined;
  const time = word.value.replace(/^[@+-]/, '');
  if (!isTime(time, false) || (second && word.value.startsWith('@')))
    return { message: `Invalid value "${word.value}": it takes a time, epoch, max or off.`, word };
  return word.value.startsWith('@') && secondsOf(time) > 86_400
    ? { message: `Invalid value "${word.value}": the time of a day must be below 24 hours.`, word }
    : undefined;
};

const alone = (value: string) => value === '';
const number = (value: string) => /^\d+$/.test(value);
const positive = isPositive;
const zone = (value: string) => isZone(value);
const time = (value: string) => isTime(value, true);
const seconds = (value: string) => isTime(value, false);
const onOff = (value: string) => value === 'on' || value === 'off';
const someText = (value: string) => value !== '';
export const checkLimitReq: ValueCheck = (args) =>
  required(args, 'zone=') ??
  checkParameters(args, { 'zone=': someText, 'burst=': positive, 'delay=': positive, nodelay: alone });

export const checkLimitReqZone: ValueCheck = ([, ...args]) =>
  required(args, 'zone=') ??
  checkParameters(args, { 'zone=': zone, 'rate=': (value) => /^0*[1-9]\d*(?:r\/[sm])?$/.test(value), sync: alone });

export const checkLimitConn: ValueCheck = ([, count]) =>
  count && (!isPositive(count.value) || Number(count.value) > 65_535)
    ? { message: `Invalid number of connections "${count.value}": it takes 1 to 65535.`, word: count }
    : undefined;

export const checkLimitConnZone: ValueCheck = ([, ...args]) => checkParameters(args, { 'zone=': zone });

export const checkCachePath: ValueCheck = ([, ...args]) =>
  required(args, 'keys_zone=') ??
  checkParameters(args, {
    'levels=': (value) => /^[12](?::[12]){0,2}$/.test(value),
    'keys_zone=': (value) => isZone(value, 3),
    'use_temp_path=': onOff,
    'inactive=': seconds,
    'max_size=': (value) => /^\d+[kKmMgG]?$/.test(value),
    'min_free=': (value) => /^\d+[kKmMgG]?$/.test(value),
    'manager_files=': number,
    'manager_sleep=': time,
    'manager_threshold=': time,
    'loader_files=': number,
    'loader_sleep=': time,
    'loader_threshold=': time,
    'purger=': onOff,
    'purger_files=': number,
    'purger_sleep=': time,
    'purger_threshold=': time,
  });

/** `proxy_cache_valid [code …] time`. */
export const checkCacheValid: ValueCheck = (args) => {
  const last = args.at(-1);
  if (last && !isTime(last.value, false)) return { message: `Invalid time value "${last.value}".`, word: last };
  for (const word of args.slice(0, -1)) {
    if (word.value === 'any') continue;
    const code = Number(word.value);
    if (!/^\d+$/.test(word.value) || code < 100 || code > 599)
      return { message: `Invalid status "${word.value}".`, word };
  }
  return undefined;
};

export const checkOpenFileCache: ValueCheck = (args) => {
  const wrong = checkParameters(args, { 'max=': positive, 'inactive=': seconds, off: alone });
  return wrong ?? (args.some(({ value }) => value === 'off') ? undefined : required(args, 'max='));
};

export const checkSessionCache: ValueCheck = (args) =>
  args
    .map((word): Complaint | undefined => {
      const { value } = word;
      if (['off', 'none', 'builtin'].includes(value) || /^builtin:\d+$/.test(value)) return undefined;
      if (value.startsWith('shared:') && zone(value.slice(7))) return undefined;
      return {
        message: `Invalid session cache "${value}": it takes off, none, builtin[:size] or shared:name:size with 32k at least.`,
        word,
      };
    })
    .find((complaint) => complaint !== undefined);

export const checkRoot: ValueCheck = ([word], { fact }, { item, scope }) => {
  const circular = word && /\$\{?(document_root|realpath_root)\b/.exec(word.value)?.[1];
  if (circular) return { message: `The $${circular} variable cannot be used in "${fact?.name}", which sets it.`, word };
  const other = scope.findFirst(fact?.name === 'root' ? 'alias' : 'root');
  if (other && other.start < item.start && other.file === item.file) {
    return { message: `"${fact?.name}" directive is duplicate: "${other.name}" was specified earlier.`, word };
  }
  if (fact?.name === 'alias' && scope.owner?.args[0]?.value.startsWith('@')) {
    return { message: 'The "alias" directive cannot be used inside the named location.', word };
  }
  return undefined;
};

export const checkZone: ValueCheck = ([name, size]) => {
  if (name?.value === '') return { message: 'Invalid zone name: it is empty.', word: name };
  if (!size) return undefined;
  const bytes = parseSize(size.value);
  if (bytes === undefined || !isSize(size.value)) return { message: `Invalid zone size "${size.value}".`, word: size };
  return bytes < 8 * 4096
    ? { message: `Zone "${name?.value}" is too small: it needs 32k at least.`, word: size }
    : undefined;
};

export const checkHash: ValueCheck = ([, option]) =>
  option && option.value !== 'consistent'
    ? { message: `Invalid parameter "${option.value}".`, word: option, instead: 'consistent' }
    : undefined;

const methods = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'MKCOL',
  'COPY',
  'MOVE',
  'OPTIONS',
  'PROPFIND',
  'PROPPATCH',
  'LOCK',
  'UNLOCK',
  'PATCH',
];

export const checkMethods: ValueCheck = (args) => {
  const word = args.find(({ value }) => !methods.includes(value.toUpperCase()));
  return word && { message: `Invalid method "${word.value}".`, word, instead: suggest(word.value, methods) };
};

const ifNotEmpty = matching(
  2,
  /^if_not_empty$/,
  (value) => `Invalid parameter "${value}": only "if_not_empty" may stand here.`,
);

/** One argument alone must be one of these words; two replace a text, or what an expression behind `~` matches. */
function rewriting(words: readonly string[]): ValueCheck {
  return ([first, second], known) => {
    if (first && second)
      return first.value.startsWith('~') ? capturingWord(first, first.value.replace(/^~\*?/, ''), known) : undefined;
    return first && !words.includes(first.value)
      ? { message: `Invalid parameter "${first.value}": alone it must be ${words.join(' or ')}.`, word: first }
      : undefined;
  };
}

/** `off` or a time or `max` (userid_expires), numbers with `auto`, and other small forms. */
export const smallForms: Readonly<Record<string, ValueCheck>> = {
  userid_expires: ([word]) =>
    word === undefined || ['max', 'off'].includes(word.value) || isTime(word.value, false)
      ? undefined
      : { message: `Invalid value "${word.value}": it takes a time, max or off.`, word },
  worker_processes: matching(
    0,
    /^(?:auto|\d+)$/,
    (value) => `Invalid value "${value}" in "worker_processes": it takes a number or auto.`,
  ),
  worker_connections: matching(0, /^\d+$/, (value) => `Invalid number "${value}" in "worker_connections".`),
  worker_priority: matching(0, /^[-+]?\d+$/, (value) => `Invalid value "${value}" in "worker_priority".`),
  worker_cpu_affinity: (args) => {
    if (args[0]?.value === 'auto' && args.length > 2)
      return {
        message: 'Invalid number of arguments in "worker_cpu_affinity": one mask may follow auto.',
        word: args[2],
      };
    const long = args.find(({ value }) => value.length > 1024);
    if (long) return { message: '"worker_cpu_affinity" supports up to 1024 CPUs only.', word: long };
    const word = args.find(({ value }, at) => !/^[01]*$/.test(value) && !(at === 0 && value === 'auto'));
    return (
      word && { message: `Invalid character in "worker_cpu_affinity": "${word.value}" is no mask of 0 and 1.`, word }
    );
  },
  proxy_redirect: rewriting(['off', 'default']),
  proxy_cookie_path: rewriting(['off']),
  proxy_cookie_domain: rewriting(['off']),
  proxy_cookie_flags: rewriting(['off']),
  use: checkEventMethod,
  directio: matching(
    0,
    /^(?:off|\d+[kKmMgG]?)$/,
    (value) => `Invalid value "${value}" in "directio": it takes a size or off.`,
  ),
  aio: matching(
    0,
    /^(?:on|off|threads(?:=.*)?|sendfile)$/,
    (value) => `Invalid value "${value}" in "aio": it takes on, off or threads.`,
  ),
  protocol: matching(0, /^(?:imap|pop3|smtp)$/, (value) => `Unknown protocol "${value}": it is imap, pop3 or smtp.`),
  starttls: matching(
    0,
    /^(?:on|off|only)$/i,
    (value) => `Invalid value "${value}" in "starttls": it takes on, off or only.`,
  ),
  thread_pool: ([name, ...args]) =>
    checkParameters(args, { 'threads=': positive, 'max_queue=': number }) ??
    (name?.value === 'default' ? undefined : required(args, 'threads=')),
  random: ([count, method]) => {
    if (count && count.value !== 'two') return { message: `Invalid parameter "${count.value}".`, word: count };
    return method && !/^least_(?:conn|time=.*)$/.test(method.value)
      ? { message: `Invalid parameter "${method.value}".`, word: method }
      : undefined;
  },
  fastcgi_param: ifNotEmpty,
  scgi_param: ifNotEmpty,
  uwsgi_param: ifNotEmpty,
  add_header: checkAlways,
  add_trailer: checkAlways,
};
