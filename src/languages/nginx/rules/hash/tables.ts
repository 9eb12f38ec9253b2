import { isMerged } from '../../effective.ts';
import { definedVariable } from '../../facts/variables.ts';
import type { Word } from '../../parse/tree.ts';
import type { Item, Scope } from '../../scope.ts';
import { isNameHashed, sharesAddress } from '../server-names.ts';

/** A table of names that nginx makes when it starts (ngx_hash_init). */
export interface Table {
  /** What the names are. */
  readonly of: string;
  /** Prefix of `…_max_size` and `…_bucket_size`; undefined where no directive changes them. */
  readonly setting: string | undefined;
  /** Words that a directive puts into it, each with the directive or the entry of its block that it counts its place from. */
  words(item: Item): readonly (readonly [Item, Word])[];
  /** The entries that one word becomes. */
  entries(value: string): readonly string[];
}

/** Tables of which a whole `http` or `stream` block makes one. */
export interface SharedTable extends Table {
  /** True where the block makes it at all. */
  isMade(scope: Scope): boolean;
}

const none: readonly never[] = [];
const itself = (value: string): readonly string[] => [value];
const allWords = (item: Item) => item.args.map((word) => [item, word] as const);
const firstWord = (item: Item) => allWords(item).slice(0, 1);
const isInherited =
  (name: string) =>
  ({ outer }: Item): boolean =>
    isMerged(outer, [name]);

/** Settings of a location: those of `http` count where a server has none of its own. */
function merged(name: string, of: string, setting: string | undefined, entries = itself, all = false): [string, Table] {
  const counts = isInherited(name);
  const words = (item: Item) => (counts(item) ? (all ? allWords(item) : firstWord(item)) : none);
  return [name, { of, setting, words, entries }];
}

const parameter = (value: string): readonly string[] => (value.startsWith('HTTP_') ? [value.slice(5)] : none);

export const serverNames: SharedTable = {
  of: 'server names',
  setting: 'server_names_hash',
  words: (item) => (isNameHashed(item) ? allWords(item) : none),
  entries: (value) => (/^[~$]/.test(value) ? none : labels(value)),
  isMade: (scope) => scope.find('server').some(sharesAddress),
};

export const variables: SharedTable = {
  of: 'variables',
  setting: 'variables_hash',
  words: (item) => (definedVariable(item.name, item) ?? none).map((word) => [item, word]),
  entries: (value) => [value.slice(1)],
  isMade: () => true,
};

/** Tables that each block makes of its own names or takes from the block around it. */
export const types: SharedTable = {
  of: 'file extensions',
  setting: 'types_hash',
  words: (item) => (areTypesMade(item.outer) ? extensions(item) : none),
  entries: itself,
  isMade: areTypesMade,
};

export const proxyHeaders: SharedTable = {
  of: 'headers',
  setting: 'proxy_headers_hash',
  words: firstWord,
  entries: itself,
  isMade: (scope) =>
    isMadeFor(scope, 'proxy_headers_hash', ['proxy_set_header', 'proxy_hide_header', 'proxy_pass_header']),
};

export const maps: SharedTable = {
  of: 'keys of a map',
  setting: 'map_hash',
  words: keys,
  entries: (value) => (value.startsWith('~') ? none : [value.replace(/^\\/, '')]),
  isMade: (scope) => scope.find('map').some((map) => keys(map).some(([, { value }]) => !value.startsWith('~'))),
};

/** The same for a map of `hostnames`, whose wildcards are kept label by label. */
export const hostMaps: Table = { ...maps, entries: (value) => (value.startsWith('~') ? none : labels(value)) };

/** Tables by the directive that puts something into them; `map` is looked at apart. */
export const tables: ReadonlyMap<string, Table> = new Map<string, Table>([
  ['server_name', serverNames],
  [
    'valid_referers',
    {
      of: 'referers',
      setting: 'referer_hash',
      words: allWords,
      entries: referer,
    },
  ],
  ['types', types],
  merged('proxy_set_header', proxyHeaders.of, proxyHeaders.setting),
  merged('proxy_hide_header', proxyHeaders.of, proxyHeaders.setting),
  ...['grpc_set_header', 'grpc_hide_header', 'fastcgi_hide_header', 'uwsgi_hide_header', 'scgi_hide_header'].map(
    (name) => merged(name, 'headers', undefined),
  ),
  merged('fastcgi_param', 'parameters', undefined, parameter),
  merged('uwsgi_param', 'parameters', undefined, parameter),
  merged('scgi_param', 'parameters', undefined, parameter),
  ...['gzip', 'charset', 'ssi', 'sub_filter', 'addition', 'xslt'].map((name) =>
    merged(`${name}_types`, 'types', undefined, itself, true),
  ),
  ...['set', 'geo', 'split_clients', 'auth_request_set'].map((name): [string, Table] => [name, variables]),
]);

const settingsOfMaps: ReadonlySet<string> = new Set(['default', 'hostnames', 'include', 'volatile']);

function keys({ inner }: Item) {
  const entries = (inner?.items ?? none).filter(({ name }) => !settingsOfMaps.has(name));
  return entries.map((entry) => [entry, entry.nameWord] as const);
}

function extensions({ inner }: Item) {
  return (inner?.items ?? none).filter(({ name }) => name !== 'include').flatMap(allWords);
}

/**
 * True where nginx surely makes a table with the size that a block sets: of names in the block itself, or in the first server,
 * which makes the one that the others share (ngx_http_core_merge_loc_conf, ngx_http_upstream_hide_headers_hash).
 */
function isMadeFor(scope: Scope, setting: string, names: readonly string[]): boolean {
  if (scope.context === 'http') {
    const first = scope.open ? undefined : scope.findFirst('server')?.inner;
    const ownSizes = ['max_size', 'bucket_size'].map((part) => `${setting}_${part}`);
    return first !== undefined && !first.open && ownSizes.every((name) => !first.findFirst(name));
  }
  if (names.some((name) => scope.findFirst(name))) return true;
  const { owner } = scope;
  if (scope.context !== 'server' || !owner || owner.outer.open) return false;
  return owner.outer.findFirst('server') === owner || names.every((name) => !owner.outer.findFirst(name));
}

/** Those of `http` become a table even where each server has its own. */
function areTypesMade(scope: Scope): boolean {
  return isMadeFor(scope, 'types_hash', ['types']);
}

/** Wildcards are kept label by label, other names whole (ngx_hash_add_key). */
function labels(value: string): readonly string[] {
  return value.startsWith('*.') || value.startsWith('.') || value.endsWith('.*') ? value.split('.') : [value];
}

function referer(value: string): readonly string[] {
  return value.startsWith('~') ? none : labels(value.split('/')[0] ?? '');
}
