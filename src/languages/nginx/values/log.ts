import { createMemo } from '../../../memory/memo.ts';
import { suggest } from '../../../text/suggest.ts';
import { rootScope } from '../configuration.ts';
import { everywhere } from '../everywhere.ts';
import { parseSize } from '../lower/setting.ts';
import type { Word } from '../parse/tree.ts';
import type { Item, Scope } from '../scope.ts';
import type { Visit } from '../visit.ts';
import { addressComplaint } from './addresses.ts';
import type { Complaint, ValueCheck } from './complaint.ts';
import { hasVariable } from './complaint.ts';
import { checkParameters, isPositive } from './parameters.ts';
import { isSize, isTime } from './slots.ts';

/** `access_log path [format [buffer=size] [gzip[=level]] [flush=time] [if=condition]]` (ngx_http_log_set_log). */
export const checkAccessLog: ValueCheck = (args, { fact }, visit) => {
  const [path, format, ...options] = args;
  if (!path) return undefined;
  if (path.value === 'off')
    return args.length > 1 ? { message: `Invalid parameter "${format?.value}".`, word: format } : undefined;
  const wrong = syslogComplaint(path);
  if (wrong) return wrong;
  if (fact?.module === 'stream_log' && !format) return { message: 'A log format is needed.', word: path };
  if (format && isOption(format)) {
    const example = fact?.module === 'stream_log' ? '' : ', such as combined';
    return {
      message: `"${format.value}" is where nginx expects the name of a log format. Write one before it${example}.`,
      word: format,
    };
  }
  return (
    checkParameters(options, {
      'buffer=': (value) => isSize(value) && Number.parseInt(value, 10) > 0,
      'flush=': (value) => isTime(value, true) && /[1-9]/.test(value),
      gzip: (value) => value === '',
      'gzip=': (value) => /^0*[1-9]$/.test(value),
      'if=': () => true,
    }) ?? bufferComplaint(path, options, visit)
  );
};

/** An option, in the place of the format that must stand before it. */
function isOption({ value, templated }: Word): boolean {
  return !templated && /^(?:buffer|flush|gzip|if)=|^gzip$/.test(value);
}

/** A buffer is for one file, and one file has one buffer. */
function bufferComplaint(path: Word, options: readonly Word[], visit: Visit): Complaint | undefined {
  const buffer = bufferOf(options);
  const flush = options.find(({ value }) => value.startsWith('flush='));
  if (buffer === undefined) {
    return flush && { message: `No buffer is defined for the log "${path.value}": add buffer=32k.`, word: flush };
  }
  if (hasVariable(path)) return { message: 'Buffered logs cannot have variables in their name.', word: path };
  if (path.value.startsWith('syslog:')) return { message: 'Logs to syslog cannot be buffered.', word: path };
  const other = firstBuffered(rootScope(visit.project)).get(path.value);
  if (!other || other === visit.item || bufferOf(other.args.slice(2)) === buffer) return undefined;
  return { message: `The log "${path.value}" is defined already, with another buffer.`, word: path };
}

const buffered = createMemo<Scope, ReadonlyMap<string, Item>>();

/** The first log of each path that has a buffer, over the whole configuration. */
function firstBuffered(root: Scope): ReadonlyMap<string, Item> {
  const cached = buffered.get(root);
  if (cached) return cached;
  const found = new Map<string, Item>();
  for (const item of everywhere(root, 'access_log')) {
    const [path, , ...options] = item.args;
    if (path && !found.has(path.value) && bufferOf(options) !== undefined) found.set(path.value, item);
  }
  buffered.set(root, found);
  return found;
}

/** Size, flush time and compression of a log's buffer in one text; undefined where it has none. */
function bufferOf(options: readonly Word[]): string | undefined {
  let size = 0;
  let flush = '';
  let gzip = '';
  for (const { value } of options) {
    if (value.startsWith('buffer=')) size = parseSize(value.slice(7)) ?? 0;
    if (value.startsWith('flush=')) flush = value.slice(6);
    if (!/^gzip(?:=|$)/.test(value)) continue;
    gzip = value.slice(5) || '1';
    if (size === 0) size = 65_536;
  }
  return size === 0 ? undefined : `${size} ${flush} ${gzip}`;
}

const levels = ['debug', 'info', 'notice', 'warn', 'error', 'crit', 'alert', 'emerg'];

/** `error_log file [level]`, and `debug_…` words of debugging builds (ngx_log_set_levels). */
export const checkErrorLog: ValueCheck = ([path, ...words]) => {
  const wrong = path && (syslogComplaint(path) ?? memoryComplaint(path));
  if (wrong) return wrong;
  let level = false;
  for (const word of words) {
    if (!levels.includes(word.value) && !/^debug_(?:core|alloc|mutex|event|http|mail|stream)$/.test(word.value))
      return { message: `Invalid log level "${word.value}".`, word, instead: suggest(word.value, levels) };
    if (levels.includes(word.value) && (level || word !== words[0]))
      return { message: `Duplicate log level "${word.value}": only one can stand here.`, word };
    if (level) return { message: `Invalid log level "${word.value}": there is one before it.`, word };
    level ||= levels.includes(word.value);
  }
  return undefined;
};

/** One line, its head and numbers, to which the name of the file comes (ngx_log_set_log). */
const leastMemory = 2_100;

/** `memory:size`, for which nginx needs to be built with --with-debug. */
function memoryComplaint(word: Word): Complaint | undefined {
  if (!word.value.startsWith('memory:') || word.templated) return undefined;
  const text = word.value.slice('memory:'.length);
  const size = parseSize(text);
  if (size !== undefined && size >= leastMemory) return undefined;
  const why = size === undefined ? '' : ': one line alone may need more than two kilobytes';
  return { message: `Invalid buffer size "${text}"${why}.`, word };
}

/** `log_format name [escape=default|json|none] string …`. */
export const checkLogFormat: ValueCheck = ([, first]) =>
  first?.value.startsWith('escape=') && !/^escape=(?:default|json|none)$/.test(first.value)
    ? { message: `Unknown log format escaping "${first.value.slice(7)}": it is default, json or none.`, word: first }
    : undefined;

export const checkOpenLogFileCache: ValueCheck = (args) => {
  const wrong = checkParameters(args, {
    off: (value) => value === '',
    'max=': isPositive,
    'inactive=': (value) => isTime(value, false),
    'valid=': (value) => isTime(value, false),
    'min_uses=': (value) => /^\d+$/.test(value),
  });
  if (wrong || args.some(({ value }) => value === 'off' || value.startsWith('max='))) return wrong;
  return { message: '"open_log_file_cache" must have a "max" parameter.' };
};

const facilities =
  'kern user mail daemon auth intern lpr news uucp clock authpriv ftp ntp audit alert cron local0 local1 local2 local3 local4 local5 local6 local7';
const syslogWords: Readonly<Record<string, readonly string[]>> = {
  facility: facilities.split(' '),
  severity: ['debug', 'info', 'notice', 'warn', 'error', 'crit', 'alert', 'emerg'],
};

/** `syslog:server=address[,facility=…][,severity=…][,tag=…][,nohostname]` (ngx_syslog_parse_args). */
function syslogComplaint(word: Word): Complaint | undefined {
  if (!word.value.startsWith('syslog:') || word.templated) return undefined;
  const seen = new Set<string>();
  for (const part of word.value.slice(7).split(',')) {
    const [name = '', value = ''] = part.split(/=(.*)/s);
    if (part === 'nohostname') continue;
    if (!part.includes('=') || !['server', 'facility', 'severity', 'tag'].includes(name))
      return { message: `Unknown syslog parameter "${part}".`, word };
    if (seen.has(name)) return { message: `Duplicate syslog "${name}".`, word };
    seen.add(name);
    const words = syslogWords[name];
    if (words && !words.includes(value)) return { message: `Unknown syslog ${name} "${value}".`, word };
    if (name === 'tag' && value.length > 32) return { message: 'The syslog tag has more than 32 characters.', word };
    if (name === 'tag' && /\W/.test(value))
      return { message: 'The syslog "tag" takes letters, digits and underscores only.', word };
    const problem = name === 'server' ? addressComplaint(value, false) : undefined;
    if (problem !== undefined) return { message: `"${value}" is no address of a syslog server: ${problem}.`, word };
  }
  return seen.has('server') ? undefined : { message: 'No syslog server is specified: add "server=".', word };
}
