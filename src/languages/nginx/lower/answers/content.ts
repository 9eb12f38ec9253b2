import { remember } from '../../../../memory/remember.ts';
import type { PathAnswer } from '../../../../tls/model/server-model.ts';
import { byCondition, isConditional } from '../../conditions.ts';
import { prefixPath } from '../../includes.ts';
import { marksOf, type Word } from '../../parse/tree.ts';
import type { Item, Scope } from '../../scope.ts';
import { findLast, locate } from '../../scope.ts';
import { aliasedBy, namesWholeFile, rootOf, withoutPrefix } from './alias.ts';
import type { LocationBlock } from './locations.ts';
import { locationWith } from './locations.ts';

/** Directives that hand a request on to somebody else. */
export const passes = ['proxy_pass', 'fastcgi_pass', 'uwsgi_pass', 'scgi_pass', 'grpc_pass', 'memcached_pass'] as const;
/** Directives that answer by code of a module, whose result nobody can tell. */
const programs: ReadonlySet<string> = new Set([
  'content_by_lua_block',
  'content_by_lua_file',
  'content_by_lua',
  'js_content',
  'perl',
  'echo',
]);
const handlers: ReadonlySet<string> = new Set([...passes, ...programs, 'stub_status', 'empty_gif']);

/** Code that runs before anybody answers and may do so itself, in the blocks inside too. */
const earlier = ['server_rewrite', 'rewrite', 'access'].flatMap((phase) =>
  ['', '_block', '_file'].map((form) => `${phase}_by_lua${form}`),
);
const earlierMarks = marksOf(earlier);

function earlierProgram(scopes: readonly Scope[]): string | undefined {
  if (!scopes.some(({ marks }) => (marks & earlierMarks) !== 0)) return undefined;
  return earlier.find((name) => nearest(scopes, name) !== undefined);
}

/** What answers in a block: an answer, or the next place that `try_files` names. */
export type Content = PathAnswer | { readonly kind: 'next'; readonly target: string; readonly item: Item };

/**
 * Access and content of one block, when nothing rewrites any more.
 * @param scopes the block and those around it, innermost first; an `if` that held is one of them
 * @param inPlace the path was rewritten in this place
 */
export function contentOf(
  scopes: readonly Scope[],
  location: LocationBlock | undefined,
  path: string,
  entry: string,
  inPlace = false,
): Content {
  const undecided = undecidedIn(scopes);
  if (undecided) return undecided;
  const refused = accessOf(scopes);
  return refused ?? contentForAdmitted(scopes, location, path, entry, inPlace);
}

/** The same for those who are let in. */
export function contentForAdmitted(
  scopes: readonly Scope[],
  location: LocationBlock | undefined,
  path: string,
  entry: string,
  inPlace: boolean,
): Content {
  const program = earlierProgram(scopes);
  if (program) return { kind: 'unknown', reason: `"${program}" may answer first` };
  const lost = inPlace ? lostAlias(scopes) : undefined;
  if (lost && findLast(scopes[0] as Scope, 'try_files')) return lost;
  const attempt = tried(scopes, path, entry);
  // What "try_files" finds is handed on like the path itself.
  if (attempt?.kind === 'next' || attempt?.kind === 'unknown') return attempt;
  return (location && handlerOf(scopes)) ?? attempt ?? lost ?? filesOf(scopes, path, entry);
}

/** Unknown where only a branch of a template brings some line that decides who answers. */
export function undecidedIn(scopes: readonly Scope[]): PathAnswer | undefined {
  return scopes.some((scope) => scope.open && isUndecided(scope))
    ? { kind: 'unknown', reason: byCondition }
    : undefined;
}

const isUndecided = remember((scope: Scope) =>
  scope.items.some((item) => deciding.has(item.name) && isConditional(item)),
);

/** Who answers instead of files. An `if` or a `limit_except` without somebody of its own has that of its location. */
export function handlerOf(scopes: readonly Scope[]): PathAnswer | undefined {
  for (const scope of scopes) {
    const handler = handlerIn(scope);
    if (handler) return answeredBy(handler);
    if (!without.has(scope.owner?.name ?? '')) return undefined;
  }
  return undefined;
}

const without: ReadonlySet<string> = new Set(['if', 'limit_except']);

/** Each takes the place of the one before it. */
function handlerIn({ first }: Scope): Item | undefined {
  let last: Item | undefined;
  for (let item = first; item; item = item.next) if (handlers.has(item.name)) last = item;
  return last;
}

function answeredBy(handler: Item): PathAnswer {
  const { name, args } = handler;
  if (name.endsWith('_pass'))
    return { kind: 'proxy', to: backendOf(name, args[0]?.value ?? ''), location: locate(handler) };
  if (programs.has(name)) return { kind: 'unknown', reason: `"${name}" answers by a program` };
  return { kind: 'status', status: 200, location: locate(handler) };
}

/** With the scheme that gRPC's backends may be named without. */
function backendOf(pass: string, to: string): string {
  return pass === 'grpc_pass' && !to.includes('://') ? `grpc://${to}` : to;
}

/** `deny all`, `auth_basic`, `auth_request`, `allow` lists: undefined where everybody may come in. What those get who may is not told. */
function accessOf(scopes: readonly Scope[]): PathAnswer | undefined {
  if (!scopes.some(({ marks }) => (marks & accessMarks) !== 0)) return undefined;
  const rule = addressRule(scopes);
  const identity = identityOf(scopes);
  // With `satisfy any` one of the two is enough.
  const either = nearest(scopes, 'satisfy')?.args[0]?.value.toLowerCase() === 'any';
  if (either && rule?.name === 'allow') return undefined;
  if (rule?.name === 'deny' && !(either && identity)) {
    const admitted = letsSomeIn(rule) ? someGet : undefined;
    return { kind: 'denied', by: 'deny', admitted, location: locate(rule) };
  }
  return identity && { kind: 'denied', by: identity.name, admitted: someGet, location: locate(identity) };
}

const someGet: PathAnswer = { kind: 'unknown', reason: 'it is only for those who are let in' };

/** The rule for everybody's address; the nearest block with rules has them all. */
function addressRule(scopes: readonly Scope[]): Item | undefined {
  const scope = scopes.find((one) => one.findFirst('allow') ?? one.findFirst('deny'));
  return scope?.items.find(({ name, args }) => (name === 'allow' || name === 'deny') && args[0]?.value === 'all');
}

/** A rule before the one for everybody lets in somebody else than the machine itself. */
function letsSomeIn({ outer, order }: Item): boolean {
  return outer.find('allow').some((item) => item.order < order && !ownAddress.test(item.args[0]?.value ?? ''));
}

const ownAddress = /^(?:127\.|::1(?:\/128)?$|unix:)/;

/** Directives that let nobody in who does not say who they are. */
const identifying = ['auth_basic', 'auth_request', 'auth_jwt'] as const;

function identityOf(scopes: readonly Scope[]): Item | undefined {
  for (const name of identifying) {
    const item = nearest(scopes, name);
    if (!item || item.args[0]?.value === 'off') continue;
    // Without a file of users everybody comes in (ngx_http_auth_basic_handler).
    const isIdle =
      name === 'auth_basic' && !nearest(scopes, 'auth_basic_user_file') && !scopes.some(({ open }) => open);
    if (!isIdle) return item;
  }
  return undefined;
}

const deciding: ReadonlySet<string> = new Set([
  ...handlers,
  ...identifying,
  ...['allow', 'deny', 'satisfy', 'auth_basic_user_file', 'root', 'alias', 'try_files', 'error_page', 'internal'],
]);

/** True for a block with a line that decides who answers. */
export const decidesContent = remember((scope: Scope) => scope.items.some(({ name }) => deciding.has(name)));

/** Most blocks let everybody in. */
const accessMarks = marksOf(['allow', 'deny', ...identifying]);

/** The directive that counts: the last one of the nearest block that has it. */
function nearest(scopes: readonly Scope[], name: string): Item | undefined {
  for (const scope of scopes) {
    const item = findLast(scope, name);
    if (item) return item;
  }
  return undefined;
}

/** The path itself, with what `try_files` puts before and behind it. */
const ownPath = /^(.*)\$(?:uri|document_uri|request_uri|\{(?:uri|document_uri|request_uri)\})(.*)$/s;

/** What `try_files` of the block leads to where it matters; no block inherits one. */
function tried(scopes: readonly Scope[], path: string, entry: string): Content | undefined {
  const item = findLast(scopes[0] as Scope, 'try_files');
  if (!item) return undefined;
  const { args } = item;
  const root = rootOf(scopes);
  const alias = aliasedBy(root);
  let others: string | undefined;
  for (let index = 0; index < args.length - 1; index++) {
    const word = textOf(args[index]);
    const parts = ownPath.exec(word);
    const [, before = '', behind = ''] = parts ?? [];
    if (parts && ((root && alias?.kind === 'regex' && namesWholeFile(root)) || !isAskedFor(path, behind))) continue;
    if (parts && !before.includes('$')) {
      const found = filesOf(scopes, before + path, entry, alias?.kind === 'regex');
      if (found.kind !== 'status') return found;
      continue;
    }
    others = word;
  }
  if (others !== undefined) return { kind: 'unknown', reason: `"try_files" looks for ${others}` };
  const target = textOf(args.at(-1));
  const filled = target.replace(/\$(?:args|query_string|is_args)\b/g, '').replace(ownPath, `$1${path}$2`);
  return filled.includes('$')
    ? { kind: 'unknown', reason: `"try_files" goes on to ${target}` }
    : { kind: 'next', target: target.includes('$') ? withoutPrefix(filled, alias) : filled, item };
}

/**
 * What `try_files` puts behind a path leads to what was asked for: a folder only with a slash at the end of the word, or by its index
 * or a file in it (`$uri` alone is none for `/`). A folder in place of a file, and a file with another name, are not there.
 */
function isAskedFor(path: string, behind: string): boolean {
  return path.endsWith('/') ? behind === '/' || /^\/?\w[\w.-]*$/.test(behind) : behind === '';
}

/** A template may put anything in, as a variable may. */
function textOf(word: Word | undefined): string {
  return word?.templated ? '$' : (word?.value ?? '');
}

/** nginx maps no path by an `alias` where it was rewritten (`"alias" cannot be used in location … where URI was rewritten`). */
function lostAlias(scopes: readonly Scope[]): PathAnswer | undefined {
  const item = rootOf(scopes);
  return item?.name === 'alias' ? { kind: 'status', status: 500, location: locate(item) } : undefined;
}

/**
 * The folder that a path's file is looked for in, by `alias` or `root` of the nearest block that has one.
 * @param behindAlias the whole path is put behind an alias, as `try_files` does in a location by expression
 */
export function filesOf(scopes: readonly Scope[], path: string, entry: string, behindAlias = false): PathAnswer {
  const item = rootOf(scopes);
  if (!item) {
    if (scopes.some(({ open }) => open)) return { kind: 'unknown', reason: 'an included file may set the root' };
    return { kind: 'none', reason: 'no "root" is set, so nginx serves its compiled-in folder' };
  }
  const word = item.args[0];
  if (!word || word.templated || word.value.includes('$')) {
    return { kind: 'unknown', reason: `"${item.name}" depends on a variable` };
  }
  const base = prefixPath(word.value, entry);
  // Only `try_files` leads to such a path, whose file stands beside the folder.
  if (!path.startsWith('/')) return { kind: 'status', status: 404, location: locate(item) };
  if (item.name === 'root' || behindAlias) {
    return { kind: 'files', directory: folderOf(`${base}/${path}`), location: locate(item) };
  }
  // In a location by expression the alias is the whole path; else what follows the location's own path is put behind it.
  const location = locationWith(item.outer);
  const prefix = location && path.startsWith(location.pattern) ? location.pattern.length : 0;
  const file = location?.kind === 'regex' ? base : base + path.slice(prefix);
  const name = path.slice(path.lastIndexOf('/'));
  if (name.length > 1 && !file.endsWith(name)) return { kind: 'status', status: 404, location: locate(item) };
  return { kind: 'files', directory: folderOf(file), location: locate(item) };
}

function folderOf(file: string): string {
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  return folder.includes('//') ? folder.replace(/\/{2,}/g, '/') : folder;
}
