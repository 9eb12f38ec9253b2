import { remember } from '../../../memory/remember.ts';
import { suggest } from '../../../text/suggest.ts';
import { placesOfName } from '../../../tls/model/name-places.ts';
import { parseSize } from '../lower/setting.ts';
import type { Word } from '../parse/tree.ts';
import type { Item, Scope } from '../scope.ts';
import { addressComplaint, hasFault, networkComplaint } from './addresses.ts';
import type { Complaint, ValueCheck } from './complaint.ts';
import { hasVariable, matching } from './complaint.ts';
import { regexWord } from './expressions.ts';
import { isZone } from './parameters.ts';
import { checkBind, isSize } from './slots.ts';
import { wildcardComplaint } from './wildcards.ts';

/** Small checks of many modules, each as the module's own setter makes it. */

const isIn =
  (sizes: readonly string[], bytes: readonly number[]): ValueCheck =>
  ([word]) =>
    word && !bytes.includes(parseSize(word.value) ?? -1)
      ? { message: `Invalid value "${word.value}": it must be ${sizes.join(', ')}.`, word }
      : undefined;

const windowSizes = ['512', '1k', '2k', '4k', '8k', '16k', '32k'];
const bytesOf = (sizes: readonly string[]) => sizes.map((size) => parseSize(size) ?? 0);
const hashSizes = [...windowSizes, '64k', '128k'];

/** Pools of memory are of whole 16 bytes, and hold their own administration (NGX_MIN_POOL_SIZE). */
const checkPoolSize: ValueCheck = ([word]) => {
  const bytes = word && isSize(word.value) ? parseSize(word.value) : undefined;
  if (!word || bytes === undefined) return word && { message: `Invalid size "${word.value}".`, word };
  if (bytes < 112) return { message: `The pool size "${word.value}" must be no less than 112.`, word };
  return bytes % 16 === 0 ? undefined : { message: `The pool size "${word.value}" must be a multiple of 16.`, word };
};

const checkDisableSymlinks: ValueCheck = (args) => {
  const wrong = args.find(({ value }) => !/^(?:on|off|if_not_owner$|from=.*)/.test(value));
  if (wrong) return { message: `Invalid parameter "${wrong.value}".`, word: wrong };
  const modes = args.filter(({ value }) => !value.startsWith('from='));
  const [mode, again] = modes;
  if (!mode) return { message: '"disable_symlinks" must have an "off", "on" or "if_not_owner" parameter.' };
  if (again) return { message: `Duplicate parameters "${mode.value} ${again.value}".`, word: again };
  return mode.value === 'off' && args.length > 1
    ? { message: '"from=" cannot be used with the "off" parameter.', word: mode }
    : undefined;
};

const browsers = ['msie', 'gecko', 'opera', 'safari', 'konqueror'];

const checkModernBrowser: ValueCheck = ([name, version]) => {
  if (!name) return undefined;
  if (!version)
    return name.value === 'unlisted'
      ? undefined
      : { message: `"${name.value}" alone is no value of "modern_browser": a version must follow.`, word: name };
  if (!browsers.includes(name.value.toLowerCase()))
    return {
      message: `Unknown browser name "${name.value}".`,
      word: name,
      instead: suggest(name.value.toLowerCase(), browsers),
    };
  return /^[\d.]*$/.test(version.value)
    ? undefined
    : { message: `Invalid browser version "${version.value}".`, word: version };
};

/** `try_files … =code`: a code of three digits at most. */
const checkTryFiles: ValueCheck = (args) => {
  const word = args.at(-1);
  if (!word?.value.startsWith('=') || hasVariable(word) || /^=0*\d{1,3}$/.test(word.value)) return undefined;
  const instead = /^=\d{3},$/.test(word.value) ? word.value.slice(0, -1) : undefined;
  return { message: `Invalid code "${word.value}": a status of three digits must follow "=".`, word, instead };
};

const checkIndex: ValueCheck = (args) => {
  const at = args.findIndex(({ value }) => value === '');
  return at < 0 ? undefined : { message: 'An empty name in "index" is invalid.', word: args[at] };
};

const checkReferers: ValueCheck = (args, _known, { item, scope }) => {
  const holders = firstHolders(scope);
  const own = new Set<string>();
  for (const word of args) {
    const { value } = word;
    if (value === '') return { message: 'Invalid referer "".', word };
    if (value === '~') return { message: 'An empty regular expression is no referer.', word };
    if (value.startsWith('~')) {
      const problem = regexWord(word, value.slice(1));
      if (problem) return problem;
      continue;
    }
    const [host = ''] = value.split('/');
    if (host === '') return undefined;
    const wrong = wildcardComplaint(host);
    if (wrong !== undefined) return { message: `Invalid hostname or wildcard "${host}": ${wrong}.`, word };
    if (['none', 'blocked', 'server_names'].includes(value)) continue;
    const places = placesOfReferer(word);
    if (places.some((place) => own.has(place) || (holders.get(place) ?? item) !== item))
      return { message: `Conflicting parameter "${host}": it is there already.`, word };
    for (const place of places) own.add(place);
  }
  return undefined;
};

/** The first directive of a block that has a host at each place of nginx's table. */
const firstHolders = remember((scope: Scope): ReadonlyMap<string, Item> => {
  const holders = new Map<string, Item>();
  for (const item of scope.find('valid_referers')) {
    for (const place of item.args.flatMap(placesOfReferer)) if (!holders.has(place)) holders.set(place, item);
  }
  return holders;
});

function placesOfReferer({ value }: Word): readonly string[] {
  return placesOfName(value.split('/')[0] ?? '');
}

/** `fastcgi_split_path_info regex` names the script and the path behind it by two groups. */
const checkSplitPath: ValueCheck = ([word]) => {
  const problem = regexWord(word, word?.value ?? '');
  if (problem || !word) return problem;
  const groups = word.value
    .replace(/\\./gs, '')
    .replace(/\[[^\]]*\]/g, '')
    .match(/\((?!\?)|\(\?P?<(?![=!])|\(\?'/g);
  return groups?.length === 2
    ? undefined
    : { message: `The pattern "${word.value}" must have 2 captures: the script and the path after it.`, word };
};

const checkOcspCache: ValueCheck = ([word]) =>
  !word || word.value === 'off' || (word.value.startsWith('shared:') && isZone(word.value.slice(7)))
    ? undefined
    : { message: `Invalid OCSP cache "${word.value}": it takes off or shared:name:size with 32k at least.`, word };

/** An address, a network or a name, of which only its form is checked. */
const checkNetwork =
  (words: readonly string[]): ValueCheck =>
  ([word]): Complaint | undefined => {
    if (!word || words.includes(word.value)) return undefined;
    // What has a "/" can be a network only.
    if (word.value.includes('/')) return networkComplaint(word);
    const problem = hostProblem(word.value);
    return problem === undefined ? undefined : { message: `"${word.value}" is no address: ${problem}.`, word };
  };

/** ngx_inet_resolve_host takes names only: what cannot be one is looked up in vain. */
function hostProblem(text: string): string | undefined {
  if (/^[\w.-]+$|^[0-9a-f:.]*:[0-9a-f.]*:[0-9a-f:.]*$/i.test(text)) return undefined;
  return 'no name and no address';
}

const checkPass: ValueCheck = ([word]) => {
  if (!word || hasVariable(word)) return undefined;
  const problem = addressComplaint(word.value, false);
  if (problem !== undefined) return { message: hasFault(word.value, problem), word };
  if (!isLiteral(word.value))
    return { message: `"${word.value}" has no addresses: "pass" looks no names up, write the address.`, word };
  return /^unix:|:\d+$/.test(word.value) ? undefined : { message: `"${word.value}" has no port.`, word };
};

/** An IPv4 or IPv6 address, `*` or a socket's path, which need no look-up (ngx_parse_inet_url). */
function isLiteral(text: string): boolean {
  return /^(?:unix:|\[|\d+\.\d+\.\d+\.\d+(?::|$)|\*(?::|$))/.test(text);
}

const checkAuthHttp: ValueCheck = ([word]) => {
  if (!word) return undefined;
  const [host = ''] = word.value.replace(/^http:\/\//, '').split('/');
  const problem = word.value.startsWith('unix:') ? undefined : addressComplaint(host, false);
  return problem === undefined
    ? undefined
    : { message: `"${word.value}" is no URL of the authentication server: ${problem}.`, word };
};

export const moduleChecks: Readonly<Record<string, ValueCheck>> = {
  connection_pool_size: checkPoolSize,
  request_pool_size: checkPoolSize,
  http2_pool_size: checkPoolSize,
  disable_symlinks: checkDisableSymlinks,
  gzip_window: isIn(windowSizes, bytesOf(windowSizes)),
  gzip_hash: isIn(hashSizes, bytesOf(hashSizes)),
  modern_browser: checkModernBrowser,
  try_files: checkTryFiles,
  index: checkIndex,
  valid_referers: checkReferers,
  fastcgi_split_path_info: checkSplitPath,
  ssl_ocsp_cache: checkOcspCache,
  debug_connection: checkNetwork(['unix:']),
  set_real_ip_from: checkNetwork(['unix:']),
  pass: checkPass,
  'stream_proxy:proxy_bind': checkBind,
  auth_http: checkAuthHttp,
  sub_filter: ([word], _known, { item, scope }) => {
    if (word?.value === '') return { message: 'The search pattern is empty.', word };
    return scope.items.length > 255 && scope.find('sub_filter').indexOf(item) > 254
      ? { message: 'The number of search patterns in one block exceeds 255.', word }
      : undefined;
  },
  userid_mark: matching(
    0,
    /^(?:off|[A-Za-z0-9=])$/,
    (value) => `Invalid value "${value}": it must be "off" or a single letter, digit or "=".`,
  ),
  http2_recv_buffer_size: ([word]) =>
    word && (!isSize(word.value) || (parseSize(word.value) ?? 0) <= 16)
      ? { message: `Invalid size "${word.value}": it must be above 16 bytes.`, word }
      : undefined,
  http2_chunk_size: matching(0, /^0*[1-9]\d*[kKmM]?$/, (value) => `Invalid chunk size "${value}": it cannot be zero.`),
  http2_streams_index_size: ([word]) =>
    word && !isPowerOfTwo(word)
      ? { message: `Invalid value "${word.value}": it must be a power of two.`, word }
      : undefined,
  http2_body_preread_size: ([word]) => {
    const bytes = word && parseSize(word.value);
    if (!word || (bytes !== undefined && /[^gG]$/.test(word.value) && bytes < 2 ** 31)) return undefined;
    return { message: `Invalid size "${word.value}": it must be below 2048m.`, word };
  },
  ssl_alpn: (args) => {
    const word = args.find(({ value }) => value.length > 255);
    return word && { message: 'The protocol is too long: a name has 255 characters at most.', word };
  },
};

function isPowerOfTwo({ value }: Word): boolean {
  const number = Number(value);
  return /^\d+$/.test(value) && number > 0 && (number & (number - 1)) === 0;
}
