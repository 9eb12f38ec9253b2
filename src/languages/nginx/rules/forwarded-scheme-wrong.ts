import { remember } from '../../../memory/remember.ts';
import { schemeHeaders } from '../../../tls/scheme-headers.ts';
import { isConditional } from '../conditions.ts';
import { type Listen, listensOf } from '../lower/listen.ts';
import { tellsPlain } from '../lower/upstreams/forwarded-scheme.ts';
import { rangeOf, type Word } from '../parse/tree.ts';
import { enclosingServer, type Item, locate, type Scope } from '../scope.ts';
import { ownership } from '../write/place.ts';
import type { DirectiveRule } from './rule.ts';

const setters: ReadonlySet<string> = new Set([
  'proxy_set_header',
  'grpc_set_header',
  'fastcgi_param',
  'scgi_param',
  'uwsgi_param',
]);

/**
 * A header that tells a backend of plain HTTP where clients use HTTPS, or has a word that nobody looks for there
 * (module ngx_http_core_module, `$https` and `$scheme`; RFC 3875 has no HTTPS, PHP's `$_SERVER` has).
 */
export const forwardedSchemeWrong: DirectiveRule = {
  id: 'forwarded-scheme-wrong',
  title: 'A backend is told of plain HTTP where clients use HTTPS',
  severity: 'information',
  effect: 'advice',
  concerns: ({ fact }) => fact !== undefined && setters.has(fact.name),
  isPleased: ({ item }) => mistakeIn(item) === undefined,
  check({ item }) {
    const mistake = mistakeIn(item);
    const secure = secureListen(item);
    if (mistake === undefined || (secure === undefined && mistake.overTls) || isConditional(item)) return undefined;
    if (tellingIn(item.outer).has(item.name)) return undefined;
    const { word, why, instead } = mistake;
    const edit = { ...locate(item, rangeOf(item, word)), newText: instead };
    return {
      rule: 'forwarded-scheme-wrong',
      message: `${why}. Write ${instead}.`,
      location: locate(item, word),
      related: secure ? [{ location: locate(secure.item), message: 'Clients use HTTPS here' }] : [],
      fixes: ownership(item) === undefined ? [{ title: `Write ${instead}`, safe: false, edits: [edit] }] : [],
    };
  },
};

/** The directives by which a block tells of HTTPS, or may do so: applications mostly go by the header that does. */
const tellingIn = remember(
  (block: Scope): ReadonlySet<string> =>
    new Set([...setters].filter((setter) => block.find(setter).some(mayTellHttps))),
);

function mayTellHttps(item: Item): boolean {
  const [name, value] = item.args;
  const isScheme = name !== undefined && schemeHeaders.has(name.value.toLowerCase());
  return isScheme && value?.value !== '' && mistakeIn(item) === undefined;
}

interface Mistake {
  readonly word: Word;
  readonly why: string;
  readonly instead: string;
  /** It does harm only where TLS is spoken. */
  readonly overTls: boolean;
}

const scheme = '$scheme';
const https = '$https';
/** Headers that hold the scheme, and one that is a switch. */
const words = /^x-(?:forwarded-(?:proto|scheme)|scheme)$/i;
const switches = /^(?:x-forwarded-ssl|front-end-https)$/i;

/** What variables hold over TLS that hold no scheme. */
const others: ReadonlyMap<string, string> = new Map([
  [https, 'on'],
  ['$server_protocol', 'HTTP/1.1'],
  ['$ssl_protocol', 'TLSv1.3'],
  ['$server_port', '443'],
  // A header "Scheme", which no client sends.
  ['$http_scheme', ''],
]);

function mistakeIn(item: Item): Mistake | undefined {
  const [name, word, behind] = item.args;
  if (!name || !word || name.templated || word.templated) return undefined;
  if (item.name.endsWith('_param')) return inParameter(name.value, word, behind);
  const value = withoutBraces(word.value);
  const isSwitch = switches.test(name.value);
  const instead = isSwitch ? https : scheme;
  if (tellsPlain(item)) return { word, why: `${name.value} ${value} ${asPlain}`, instead, overTls: true };
  const held =
    isSwitch && value === scheme ? 'https' : words.test(name.value) ? others.get(value.toLowerCase()) : undefined;
  if (held === undefined) return undefined;
  const why = `Over TLS ${value} is "${held}", and applications look for "${isSwitch ? 'on' : 'https'}" in ${name.value}: it ${asPlain}`;
  return { word, why, instead, overTls: true };
}

/** `${https}` is `$https`. */
function withoutBraces(value: string): string {
  return value.startsWith('${') && value.endsWith('}') ? `$${value.slice(2, -1)}` : value;
}

const asPlain =
  'has the backend take requests over HTTPS for plain HTTP, so that its links lead to http://, and if it insists on HTTPS it redirects without end';

/** Of PHP and what followed it: a value that is not empty means HTTPS, `off` excepted. */
function inParameter(name: string, word: Word, behind: Word | undefined): Mistake | undefined {
  if (name !== 'HTTPS') return undefined;
  const instead = behind ? https : `${https} if_not_empty`;
  if (word.value === 'off') return { word, why: `HTTPS off ${asPlain}`, instead, overTls: true };
  if (withoutBraces(word.value) !== scheme) return undefined;
  const why =
    'HTTPS is to be "on", or absent: of "http" and "https", which $scheme is, some programs take both for HTTPS (Symfony, Laravel) and others none (WordPress)';
  return { word, why, instead, overTls: false };
}

/** Where TLS is surely spoken. */
function secureListen({ outer }: Item): Listen | undefined {
  const server = enclosingServer(outer);
  return server && listensOf(server).find((listen) => listen.speaksTls && !isConditional(listen.item));
}
