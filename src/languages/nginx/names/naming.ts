import type { Location } from '../../../text/range.ts';
import { type NameKind, plainName } from '../../names.ts';
import { kindIn, type VariableKind } from '../facts/variables.ts';
import type { Word } from '../parse/tree.ts';
import type { Item, Scope } from '../scope.ts';
import { locate } from '../scope.ts';

/** A cache belongs to the module that made it. */
export const caches = ['proxy_cache', 'fastcgi_cache', 'uwsgi_cache', 'scgi_cache'] as const;

/** What a configuration gives names of its own to, but variables and locations. */
export type NamedKind = 'zone' | 'format' | 'upstream' | 'issuer' | (typeof caches)[number];

export const kinds: Readonly<Record<NamedKind, NameKind>> = {
  zone: plainName('zone'),
  proxy_cache: plainName('cache'),
  fastcgi_cache: plainName('cache of FastCGI'),
  uwsgi_cache: plainName('cache of uWSGI'),
  scgi_cache: plainName('cache of SCGI'),
  format: plainName('log format'),
  upstream: plainName('upstream'),
  issuer: plainName('issuer'),
};

/** A name within a word: `shop` of `zone=shop:10m`. */
export interface WrittenName {
  readonly word: Word;
  readonly name: string;
  /** Where it begins in the word's value. */
  readonly from: number;
}

/** How a directive names something. */
export interface Naming {
  readonly kind: NamedKind;
  readonly find: (item: Item) => WrittenName | undefined;
}

/** The rest of a word behind what stands before its name, up to what ends it. */
function within(word: Word | undefined, before: RegExp, behind?: string): WrittenName | undefined {
  if (!word) return undefined;
  const from = before.exec(word.value)?.[0].length ?? 0;
  const rest = word.value.slice(from);
  const end = behind === undefined ? -1 : rest.indexOf(behind);
  return { word, from, name: end < 0 ? rest : rest.slice(0, end) };
}

const nothing = /^/;
const first = ({ args }: Item): WrittenName | undefined => within(args[0], nothing);

function parameter(prefix: string) {
  const before = new RegExp(`^${prefix}`);
  return ({ args }: Item) =>
    within(
      args.find(({ value }) => value.startsWith(prefix)),
      before,
      ':',
    );
}

export const definitions: ReadonlyMap<string, Naming> = new Map<string, Naming>([
  ...['limit_req_zone', 'limit_conn_zone', 'keyval_zone'].map(
    (name) => [name, { kind: 'zone', find: parameter('zone=') }] as const,
  ),
  ...caches.map((name) => [`${name}_path`, { kind: name, find: parameter('keys_zone=') }] as const),
  ['log_format', { kind: 'format', find: first }],
  ['upstream', { kind: 'upstream', find: first }],
  ['acme_issuer', { kind: 'issuer', find: first }],
]);

const anyScheme = /^(?:https?|grpcs?|s?uwsgi):\/\//i;
const schemes = /^(?:grpcs?|s?uwsgi):\/\//i;

/** The address of a directive that needs a port, or the name of an upstream, which has its own: where it has none. */
function portless({ args: [word] }: Item): WrittenName | undefined {
  const host = within(word, schemes);
  return host !== undefined && /^(?:[^:/]+|\[[^\]]*\])$/.test(host.name) ? host : undefined;
}

/** The host of a URL without a port, behind which a path may stand. */
function hostOf({ args: [word] }: Item): WrittenName | undefined {
  const host = within(word, anyScheme, '/');
  return host === undefined || host.name.includes(':') ? undefined : host;
}

function formatWord({ args: [path, format] }: Item): WrittenName | undefined {
  return path?.value === 'off' || format === undefined || /=|^gzip$/.test(format.value)
    ? undefined
    : within(format, nothing);
}

const sharedUses: readonly (readonly [string, Naming])[] = [
  ['limit_req', { kind: 'zone', find: ({ args }) => within(args.find(isZone), /^zone=/) }],
  ['limit_conn', { kind: 'zone', find: first }],
  ['access_log', { kind: 'format', find: formatWord }],
  ...caches.map((name) => [name, { kind: name, find: first }] as const),
];

function isZone({ value }: Word): boolean {
  return value.startsWith('zone=');
}

const portlessNames = ['fastcgi_pass', 'uwsgi_pass', 'scgi_pass', 'memcached_pass', 'grpc_pass'];

/** Directives whose name must be one that the configuration defines. */
export const surelyDefined: Readonly<Record<'http' | 'stream', ReadonlyMap<string, Naming>>> = {
  http: new Map<string, Naming>([
    ...sharedUses,
    ['acme_certificate', { kind: 'issuer', find: first }],
    ...portlessNames.map((name) => [name, { kind: 'upstream', find: portless }] as const),
  ]),
  stream: new Map<string, Naming>([...sharedUses, ['proxy_pass', { kind: 'upstream', find: portless }]]),
};

/** Directives whose name is that of an upstream, or of a host. */
export const perhapsDefined: ReadonlyMap<string, Naming> = new Map<string, Naming>([
  ['proxy_pass', { kind: 'upstream', find: hostOf }],
]);

/** `http` and `stream` know nothing of each other's names; a block that nobody knows is taken for one of `http`. */
export function spaceOf(scope: Scope): VariableKind {
  return kindIn(scope) ?? 'http';
}

/** nginx compares names of upstreams without case, and others with it. */
export function comparable(kind: NamedKind, name: string): string {
  return kind === 'upstream' ? name.toLowerCase() : name;
}

/** The place of a part of a word; undefined where the text does not read as the value does, for its escapes. */
export function locatePart(item: Item, word: Word, from: number, length: number): Location | undefined {
  const { file, range } = locate(item, word);
  const start = range.start + (word.quote === '' ? 0 : 1) + from;
  const text = item.file.document.text.slice(start, start + length);
  return text === word.value.slice(from, from + length) ? { file, range: { start, end: start + length } } : undefined;
}
