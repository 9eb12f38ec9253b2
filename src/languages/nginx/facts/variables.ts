import { createMemo } from '../../../memory/memo.ts';
import { entryOf } from '../../../text/entry-of.ts';
import type { Version } from '../../../text/version.ts';
import { variableRows } from '../data/variables.ts';
import type { Directive, Word } from '../parse/tree.ts';
import type { Scope } from '../scope.ts';
import { allScopes } from '../scope.ts';
import type { DirectiveFact } from './directives.ts';
import { factsOf } from './directives.ts';
import { reaches } from './versions.ts';

export type VariableKind = 'http' | 'stream';

/** Arguments (from 0) in which a directive takes variables; `rest` and all behind. Proven by trying each with nginx. */
const positions: Readonly<Record<VariableKind, readonly (readonly [from: number, to: number, names: string])[]>> = {
  http: [
    [
      0,
      0,
      `auth_basic auth_basic_user_file charset source_charset fastcgi_pass fastcgi_store fastcgi_bind fastcgi_limit_rate fastcgi_cache
      fastcgi_cache_key grpc_pass grpc_bind grpc_ssl_name grpc_ssl_certificate grpc_ssl_certificate_key expires limit_conn_zone
      limit_req_zone geo memcached_bind proxy_pass proxy_store proxy_bind proxy_set_body proxy_method proxy_limit_rate
      proxy_cache proxy_cache_key proxy_ssl_name proxy_ssl_certificate proxy_ssl_certificate_key scgi_pass scgi_store scgi_bind
      scgi_limit_rate scgi_cache scgi_cache_key secure_link secure_link_md5 ssl_certificate ssl_certificate_key tunnel_pass
      tunnel_bind hash uwsgi_pass uwsgi_store uwsgi_bind uwsgi_limit_rate uwsgi_cache uwsgi_cache_key uwsgi_ssl_name
      uwsgi_ssl_certificate uwsgi_ssl_certificate_key root alias limit_rate limit_rate_after map split_clients
      image_filter_jpeg_quality`,
    ],
    [
      0,
      Number.POSITIVE_INFINITY,
      `fastcgi_cache_bypass fastcgi_no_cache index proxy_cache_bypass proxy_no_cache scgi_cache_bypass scgi_no_cache try_files
      uwsgi_cache_bypass uwsgi_no_cache access_log early_hints proxy_cookie_flags error_page`,
    ],
    [
      1,
      1,
      `fastcgi_param grpc_set_header add_header add_trailer proxy_set_header rewrite return scgi_param uwsgi_param set
      auth_request_set json_set xslt_string_param`,
    ],
    [1, Number.POSITIVE_INFINITY, 'log_format'],
    [0, 1, 'proxy_redirect proxy_cookie_domain proxy_cookie_path sub_filter'],
  ],
  stream: [
    [
      0,
      0,
      `limit_conn_zone pass proxy_pass proxy_bind proxy_upload_rate proxy_download_rate proxy_ssl_name proxy_ssl_certificate
      proxy_ssl_certificate_key return ssl_certificate ssl_certificate_key hash map split_clients geo`,
    ],
    [1, Number.POSITIVE_INFINITY, 'log_format'],
    [0, Number.POSITIVE_INFINITY, 'access_log proxy_ssl_alpn'],
    [1, 1, 'set'],
  ],
};

const ranges: Readonly<Record<VariableKind, ReadonlyMap<string, readonly [number, number]>>> = {
  http: index('http'),
  stream: index('stream'),
};

function index(kind: VariableKind): ReadonlyMap<string, readonly [number, number]> {
  return new Map(
    positions[kind].flatMap(([from, to, names]) => names.split(/\s+/).map((name) => [name, [from, to]] as const)),
  );
}

export function kindOf(fact: DirectiveFact): VariableKind | undefined {
  if (fact.module.startsWith('http_')) return 'http';
  return fact.module.startsWith('stream_') ? 'stream' : undefined;
}

/** True where a directive takes variables in the argument of that index. */
export function takesVariables(fact: DirectiveFact, argument: number): boolean {
  const kind = kindOf(fact);
  const range = kind && ranges[kind].get(fact.name);
  return range !== undefined && range[0] <= argument && argument <= range[1];
}

/** A variable that nginx or a known module has. */
export interface VariableFact {
  /** With `*` behind it: a prefix. */
  readonly name: string;
  readonly module: string;
  readonly since: Version | '';
  /** True for one of a module of others. */
  readonly isForeign: boolean;
}

interface BuiltIn {
  readonly facts: readonly VariableFact[];
  /** With the version since which each is there. */
  readonly names: ReadonlyMap<string, Version | ''>;
  /** Of these those that nothing may define again, with the version since which they are there. */
  readonly fixed: ReadonlyMap<string, Version | ''>;
  readonly prefixes: readonly string[];
}

const builtIn = new Map<VariableKind, BuiltIn>();

/** Modules that are loaded as files, or gone: where one is absent, its names are free, and maps make them from other sources. */
const optional: ReadonlySet<string> = new Set(['http_geoip', 'stream_geoip', 'http_spdy']);

function builtInVariables(kind: VariableKind): BuiltIn {
  let found = builtIn.get(kind);
  if (!found) {
    const rows = variableRows
      .trim()
      .split('\n')
      .map((row) => row.split('\t'))
      .filter(([, rowKind]) => rowKind === kind)
      .map(([name = '', , module = '', since = '', changeable = '', source = '']) => ({
        name,
        module,
        since: since as Version | '',
        isForeign: source !== '',
        fixed: changeable === '' && source === '' && !optional.has(module),
      }));
    const names = rows.filter(({ name }) => !name.endsWith('*'));
    found = {
      facts: rows,
      names: new Map(names.map(({ name, since }) => [name, since])),
      fixed: new Map(names.filter(({ fixed }) => fixed).map(({ name, since }) => [name, since])),
      prefixes: rows.filter(({ name }) => name.endsWith('*')).map(({ name }) => name.slice(0, -1)),
    };
    builtIn.set(kind, found);
  }
  return found;
}

export function isBuiltIn(name: string, kind: VariableKind): boolean {
  const { names, prefixes } = builtInVariables(kind);
  const lower = name.toLowerCase();
  return names.has(lower) || prefixes.some((prefix) => lower.startsWith(prefix));
}

export function variableFact(name: string, kind: VariableKind): VariableFact | undefined {
  const lower = name.toLowerCase();
  const { facts } = builtInVariables(kind);
  const ofPrefix = ({ name: known }: VariableFact) => known.endsWith('*') && lower.startsWith(known.slice(0, -1));
  return facts.find((fact) => fact.name === lower) ?? facts.find(ofPrefix);
}

/** True for a variable of that version of nginx that nothing may define again (NGX_HTTP_VAR_CHANGEABLE is not given). */
export function isFixed(name: string, kind: VariableKind, version: Version): boolean {
  const since = builtInVariables(kind).fixed.get(name.toLowerCase());
  return since !== undefined && (since === '' || reaches(version, since));
}

/** Names that nginx has by itself; those of one version, or of all. */
export function builtInNames(kind: VariableKind, version?: Version): readonly string[] {
  const { names } = builtInVariables(kind);
  return [...names].flatMap(([name, since]) =>
    version === undefined || since === '' || reaches(version, since) ? [name] : [],
  );
}

/** Directives that define a variable, and the argument that names it (-1: the last). */
const defining: Readonly<Record<string, number>> = {
  set: 0,
  map: 1,
  geo: -1,
  split_clients: 1,
  auth_request_set: 0,
  json_set: 0,
  perl_set: 0,
  js_set: 0,
  js_var: 0,
};

export const definingDirectives: readonly string[] = Object.keys(defining);

/** The word by which a directive names the variable that it defines, in a list; undefined for other directives. */
export function definedVariable(name: string, { args }: Directive): readonly Word[] | undefined {
  const argument = entryOf(defining, name);
  const word = argument === undefined ? undefined : args.at(argument);
  return word?.value.startsWith('$') ? [word] : undefined;
}

/** Modules of nginx itself that are loaded as files; any other one may define variables that nobody knows here. */
const ownModules =
  /ngx_(?:mail|stream|http_geoip|stream_geoip|http_image_filter|http_perl|http_xslt_filter|http_js|stream_js)_module\.so$/;

export function loadsOthers(root: Scope): boolean {
  return root.find('load_module').some(({ args }) => !ownModules.test(args[0]?.value ?? ''));
}

/**
 * Modules of others, by the names of their files, that define no variables, or those alone that are named here: what calls
 * neither `ngx_http_add_variable` nor ndk's `set` directives (symbols of Debian 13's packages). With the names of their packages.
 */
const quietModules: Readonly<Record<string, readonly [packageName: string, ...variables: string[]]>> = {
  auth_pam: ['ngx_http_auth_pam_module'],
  brotli_filter: ['ngx_brotli', 'brotli_ratio'],
  brotli_static: ['ngx_brotli'],
  cache_purge: ['ngx_cache_purge'],
  dav_ext: ['nginx-dav-ext-module'],
  fancyindex: ['ngx-fancyindex'],
  headers_more_filter: ['headers-more-nginx-module'],
  modsecurity: ['ModSecurity-nginx'],
  subs_filter: ['ngx_http_substitutions_filter_module'],
  upstream_fair: ['nginx-upstream-fair'],
};

function quietModule(path: string) {
  return entryOf(quietModules, /ngx_http_(\w+)_module\.so$/.exec(path)?.[1] ?? '');
}

export interface DefinedVariables {
  /** Lower case, as nginx compares them. What `stream` defines is nothing to `http`, and the other way round. */
  readonly names: Readonly<Record<VariableKind, ReadonlySet<string>>>;
  /** False where something unread or unknown may define more. */
  readonly complete: boolean;
}

const definedIn = createMemo<Scope, DefinedVariables>();

/** The variables that a configuration defines, by directives and by named groups of regular expressions. */
export function definedVariables(root: Scope): DefinedVariables {
  const cached = definedIn.get(root);
  if (cached) return cached;
  const names = { http: new Set<string>(), stream: new Set<string>() };
  // Only what is loaded as a file says that the server was not built with more.
  const quiet = new Set<string>();
  let complete = true;
  for (const scope of allScopes(root)) {
    if (scope.open) complete = false;
    const add = adderTo(names, kindIn(scope));
    if (scope.content === 'entries') {
      for (const { nameWord } of scope.items) for (const { name } of groupsOf(expressionIn(nameWord))) add(name);
      continue;
    }
    if (scope.content !== 'directives') continue;
    for (const { name, args } of scope.items) {
      const argument = entryOf(defining, name);
      const word = argument === undefined ? undefined : args.at(argument);
      if (word?.value.startsWith('$')) add(word.value.slice(1));
      if (name === 'load_module') {
        const [packageName, ...variables] = quietModule(args[0]?.value ?? '') ?? [];
        if (packageName !== undefined) quiet.add(packageName);
        else if (!ownModules.test(args[0]?.value ?? '')) complete = false;
        for (const variable of variables) add(variable);
      }
      for (const expression of expressionsOf(name, args)) for (const group of groupsOf(expression)) add(group.name);
      if (complete && argument === undefined && isForeign(name, quiet)) complete = false;
    }
  }
  const found = { names, complete };
  definedIn.set(root, found);
  return found;
}

/** The words of a directive that are, or may be, expressions whose groups make variables (`ngx_http_regex_compile`). */
function expressionsOf(name: string, args: readonly Word[]): readonly string[] {
  switch (name) {
    case 'server_name':
      return args.map(expressionIn);
    case 'location':
      return args[0] !== undefined && expressionIn(args[0]) !== '' ? args.map(({ value }) => value) : [];
    case 'proxy_redirect':
    case 'proxy_cookie_domain':
    case 'proxy_cookie_flags':
    case 'proxy_cookie_path':
      return args.slice(0, 1).map(expressionIn);
    case 'rewrite':
      return args.slice(0, 1).map(({ value }) => value);
    case 'if':
      return args.map(({ value }) => value);
    default:
      return [];
  }
}

/** A word that is an expression behind `~`, or may be one once its template is filled in; empty for any other. */
function expressionIn({ value, templated }: Word): string {
  return templated || value.startsWith('~') ? value : '';
}

/** True for a directive of a module that may define variables which nobody knows here. */
function isForeign(name: string, quiet: ReadonlySet<string>): boolean {
  const facts = factsOf(name);
  if (facts.length === 0) return true;
  return facts.every(
    ({ source, module }) => source === 'commercial' || (source === 'third-party' && !quiet.has(module)),
  );
}

/** What the variables of a block are for; undefined where nobody knows what it belongs to. */
export function kindIn({ content, context, owner }: Scope): VariableKind | undefined {
  const place = content === 'entries' ? owner?.outer.context : context;
  return place && (place.startsWith('stream') ? 'stream' : 'http');
}

function adderTo(
  { http, stream }: Readonly<Record<VariableKind, Set<string>>>,
  kind: VariableKind | undefined,
): (name: string) => void {
  return (name) => {
    const lower = name.toLowerCase();
    if (kind !== 'stream') http.add(lower);
    if (kind !== 'http') stream.add(lower);
  };
}

/** The named groups of a regular expression, of which nginx makes variables, and where their names begin in it. */
export function groupsOf(pattern: string): readonly { readonly name: string; readonly from: number }[] {
  if (!pattern.includes('(?')) return noGroups;
  return [...pattern.matchAll(/(\(\?P?[<'])(\w+)[>']/g)].map(({ index, 1: before = '', 2: name = '' }) => ({
    name,
    from: index + before.length,
  }));
}

const noGroups: readonly never[] = [];
