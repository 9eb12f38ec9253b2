import type { PathAnswer } from '../../../tls/model/server-model.ts';
import { prefixPath } from '../includes.ts';
import type { Item, Scope } from '../scope.ts';
import { findLast, locate } from '../scope.ts';
import type { LocationBlock } from './locations.ts';
import { findLocation } from './locations.ts';
import { compileExpression } from './pattern.ts';
import type { RewriteResult } from './rewrite.ts';
import { runRewrites } from './rewrite.ts';
import type { RequestFacts } from './variables.ts';

/** What a request is, as far as an answer depends on it. */
export interface Request extends RequestFacts {
  readonly path: string;
  readonly host: string;
  readonly scheme: 'http' | 'https';
  readonly assigned: Map<string, string | undefined>;
}

/** Directives that hand a request on to somebody else. */
const passes = ['proxy_pass', 'fastcgi_pass', 'uwsgi_pass', 'scgi_pass', 'grpc_pass', 'memcached_pass'] as const;
/** Directives that answer by code of a module, whose result nobody can tell. */
const programs = [
  'content_by_lua_block',
  'content_by_lua_file',
  'content_by_lua',
  'js_content',
  'perl',
  'echo',
] as const;

/**
 * What a server answers to a request, in the order of nginx's phases: rewriting of the server, search of the location,
 * its own rewriting, access, content.
 * @param chain the `server` block and `http` around it, innermost first
 * @param entry the main file, whose folder relative paths start at
 */
export function answerOf(chain: readonly Scope[], asked: Omit<Request, 'assigned'>, entry: string): PathAnswer {
  const request: Request = { ...asked, assigned: new Map() };
  const server = chain[0];
  if (!server) return { kind: 'none', reason: 'there is no server' };
  let { path } = request;
  const first = runRewrites(server, { ...request, path });
  if (first.kind !== 'go-on') return first.answer;
  path = first.path;
  for (let round = 0; round < 10; round++) {
    const found = findLocation(server, path);
    if (found === 'unknown') return { kind: 'unknown', reason: 'a location cannot be evaluated here' };
    const scopes = found === 'none' ? chain : [...enclosing(found.scope, server), ...chain];
    const rewritten: RewriteResult =
      found === 'none' ? { kind: 'go-on', path, again: false } : runRewrites(found.scope, { ...request, path });
    if (rewritten.kind !== 'go-on') return rewritten.answer;
    if (!rewritten.again)
      return content(scopes, found === 'none' ? undefined : found, rewritten.path, request.path, entry);
    path = rewritten.path;
  }
  return { kind: 'status', status: 500, location: locate(server.owner as Item) };
}

/** What the location itself would answer if nothing came before it. */
export function ownAnswer(scopes: readonly Scope[], location: LocationBlock, entry: string): PathAnswer {
  return filesOf(scopes, location, location.pattern, entry);
}

/** The location and the locations around it, innermost first. */
function enclosing(scope: Scope, server: Scope): readonly Scope[] {
  const scopes: Scope[] = [];
  for (let current: Scope | undefined = scope; current && current !== server; current = current.owner?.outer) {
    scopes.push(current);
  }
  return scopes;
}

function content(
  scopes: readonly Scope[],
  location: LocationBlock | undefined,
  path: string,
  asked: string,
  entry: string,
): PathAnswer {
  const scope = scopes[0] as Scope;
  const internal = location && findLast(scope, 'internal');
  if (internal && path === asked) return { kind: 'status', status: 404, location: locate(internal) };
  const refused = accessOf(scopes);
  if (refused) return refused;
  if (location && hasHandler(scope)) {
    for (const name of passes) {
      const pass = findLast(scope, name);
      if (pass) return { kind: 'proxy', to: pass.directive.args[0]?.value ?? '', location: locate(pass) };
    }
    for (const name of programs) {
      if (findLast(scope, name)) return { kind: 'unknown', reason: `"${name}" answers by a program` };
    }
    const fixed = findLast(scope, 'stub_status') ?? findLast(scope, 'empty_gif');
    if (fixed) return { kind: 'status', status: 200, location: locate(fixed) };
  }
  const tried = findLast(scope, 'try_files');
  if (tried) {
    const other = fallback(tried);
    if (other) return other;
  }
  return filesOf(scopes, location, path, entry);
}

const handlers: ReadonlySet<string> = new Set([...passes, ...programs, 'stub_status', 'empty_gif']);

function hasHandler({ items }: Scope): boolean {
  for (const { name } of items) if (handlers.has(name)) return true;
  return false;
}

/** `deny all`, `auth_basic`, `auth_request`, `allow` lists: undefined where everybody may come in. */
function accessOf(scopes: readonly Scope[]): PathAnswer | undefined {
  for (const scope of scopes) {
    if (!scope.findFirst('allow') && !scope.findFirst('deny')) continue;
    // The nearest block with rules has them all.
    for (const item of scope.items) {
      if (item.name !== 'allow' && item.name !== 'deny') continue;
      if (item.directive.args[0]?.value !== 'all') continue;
      if (item.name === 'allow') break;
      return { kind: 'denied', by: 'deny', location: locate(item) };
    }
    break;
  }
  for (const name of identifying) {
    const item = nearest(scopes, name);
    if (item && item.directive.args[0]?.value !== 'off') return { kind: 'denied', by: name, location: locate(item) };
  }
  return undefined;
}

/** Directives that let nobody in who does not say who they are. */
const identifying = ['auth_basic', 'auth_request', 'auth_jwt'] as const;

/** The directive that counts: the last one of the nearest block that has it. */
function nearest(scopes: readonly Scope[], name: string): Item | undefined {
  for (const scope of scopes) {
    const item = findLast(scope, name);
    if (item) return item;
  }
  return undefined;
}

/** What `try_files` answers where it never looks at the path that was asked for. */
function fallback(item: Item): PathAnswer | undefined {
  const { args } = item.directive;
  for (let index = 0; index < args.length - 1; index++) {
    const value = args[index]?.value ?? '';
    if (/\$uri|\$request_filename|\$document_uri|\$request_uri|\$\{uri\}/.test(value)) return undefined;
  }
  const words = args.map(({ value }) => value);
  const last = words.at(-1) ?? '';
  const status = /^=(\d{3})$/.exec(last)?.[1];
  if (status && words.length === 2 && !/\$/.test(words[0] ?? '')) {
    return { kind: 'unknown', reason: `"try_files" looks only for ${words[0]}` };
  }
  return { kind: 'unknown', reason: '"try_files" looks for something else than the path' };
}

/** The folder that a path's file is looked for in, by `alias` or `root` of the nearest block that has one. */
function filesOf(
  scopes: readonly Scope[],
  location: LocationBlock | undefined,
  path: string,
  entry: string,
): PathAnswer {
  let item: Item | undefined;
  for (const scope of scopes) {
    item = findLast(scope, 'alias') ?? findLast(scope, 'root');
    if (item) break;
  }
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  if (!item) {
    if (scopes.some(({ open }) => open)) return { kind: 'unknown', reason: 'an included file may set the root' };
    return { kind: 'none', reason: 'no "root" is set, so nginx serves its compiled-in folder' };
  }
  const word = item.directive.args[0];
  if (!word || word.templated || word.value.includes('$')) {
    return { kind: 'unknown', reason: `"${item.name}" depends on a variable` };
  }
  const base = prefixPath(word.value, entry);
  if (item.name === 'root') {
    return { kind: 'files', directory: join(base, folder), location: locate(item) };
  }
  if (location?.kind === 'regex') {
    const expression = compileExpression(location.pattern, false);
    return expression
      ? { kind: 'files', directory: base, location: locate(item) }
      : { kind: 'unknown', reason: 'the expression of the location cannot be tried here' };
  }
  const prefix = location?.pattern ?? '';
  return { kind: 'files', directory: base.slice(0) + folder.slice(prefix.length), location: locate(item) };
}

function join(base: string, folder: string): string {
  return base.replace(/\/+$/, '') + folder;
}
