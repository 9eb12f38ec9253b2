import { challengePath } from '../../../tls/model/challenge-path.ts';
import type { PathAnswer } from '../../../tls/model/server-model.ts';
import type { FolderFiles } from '../evaluate/folder-files.ts';
import { isConditional, locationOf, type Statement } from '../evaluate/statement.ts';
import type { ServerScope } from '../lower/scopes/scopes.ts';
import { toRegExp } from '../patterns.ts';
import { answerFile, answerThrough, type Place, refusedAnywhere } from './files.ts';
import { indexNames } from './folder-rules.ts';
import { type Mappings, mappingOf, oncePerText, ownOrInherited } from './mapping.ts';
import { joinPath, restAfter } from './path.ts';
import { aliasTarget, readRedirect, redirectAnswer } from './redirect.ts';
import { rewriteRequest, unchanged } from './rewrite.ts';
import type { RequestFacts, RewriteRequest } from './rewrite-conditions.ts';
import { locationMatches, nameOf } from './sections.ts';
import { isSpared } from './spared.ts';

/**
 * What answers a path on one server, in httpd's own order: mod_rewrite, then mod_proxy, then mod_alias (every `Redirect`
 * before any `Alias`), then the document root; access control last, and not for what was redirected before.
 */
export function answerTo(path: string, facts: RequestFacts, server: AnsweringServer): PathAnswer {
  return answerRequest(server, { ...facts, asked: path, path }, { round: 0, isFinal: false });
}

/** The server that is asked. */
export interface AnsweringServer {
  readonly scope: ServerScope;
  readonly resolve: (path: string) => string;
  /** What `.htaccess` files on the way to a file bring. */
  readonly folderFiles: (file: string) => FolderFiles;
}

/** How a request got here: by how many internal redirects, and whether rules have had their last word (`[END]`). */
interface Course {
  readonly round: number;
  readonly isFinal: boolean;
}

/** httpd gives up behind ten (`LimitInternalRecursion`). */
const mostRounds = 10;

function answerRequest(server: AnsweringServer, request: RewriteRequest, { round, isFinal }: Course): PathAnswer {
  const { scope, resolve } = server;
  const rewritten = isFinal ? unchanged(request) : rewriteRequest(scope.statements, scope.inheritedStatements, request);
  if (rewritten.kind === 'answer' && rewritten.answer.kind !== 'proxy') return rewritten.answer;
  const mappings = { own: mappingOf(scope.statements), inherited: mappingOf(scope.inheritedStatements) };
  const behindAll = redirectInIf(mappings, request.path);
  if (behindAll) return conditional(behindAll);
  if (rewritten.kind === 'answer') {
    const { answer } = rewritten;
    return (answer.kind === 'proxy' && answerThrough(mappings, request, answer.to, isFinal)) || answer;
  }
  // A path that rules changed goes past all that maps paths, unless one of them passes it on (`[PT]`).
  const { to, isMapped } = rewritten;
  const last = isFinal || rewritten.isFinal;
  const uri = isMapped ? request.path : to;
  if (changesIndex(scope, to, uri, request)) {
    return { kind: 'unknown', reason: 'the rewrite rules change the path of what the folder answers with too' };
  }
  if ((round > 0 || to !== request.path) && mayBeFolder(to, uri)) {
    return { kind: 'unknown', reason: `the rewrite rules lead to ${to}, and a folder sends clients to its own path` };
  }
  const place = isMapped ? placeOnDisk(mappings, to, resolve) : answerByMapping(mappings, to, request, resolve);
  if (!('file' in place)) {
    return (place.kind === 'proxy' && answerThrough(mappings, { ...request, path: to }, place.to, last)) || place;
  }
  const asked = isMapped ? request : { ...request, path: to };
  const answer = answerFile(mappings, place, asked, server.folderFiles(place.file), last);
  if (answer.kind === 'files') return indexRedirect(mappings, to) ?? answer;
  if (answer.kind !== 'again') return answer;
  if (round === mostRounds) return { kind: 'unknown', reason: 'the rewrite rules go round in a circle' };
  const course = { round: round + 1, isFinal: answer.isFinal };
  return answerRequest(server, { ...request, path: answer.path }, course);
}

/** The file that a folder answers with may be redirected by its own path. */
function indexRedirect(mappings: Mappings, path: string): PathAnswer | undefined {
  const index = path.endsWith('/') ? indexNames.find((name) => firstRedirect(mappings, path + name)) : undefined;
  if (index === undefined) return undefined;
  return { kind: 'unknown', reason: `${path} answers with ${path}${index} where it can, which is redirected` };
}

/** A folder that was asked for without the slash at its end is answered with a redirect to where it has one (mod_dir). */
function mayBeFolder(to: string, uri: string): boolean {
  if (to.endsWith('/')) return !uri.endsWith('/');
  return !to.endsWith(challengePath) && !/[^/]\.[^/]*$/.test(to);
}

/** The file that a folder answers with is asked for by its own path. */
function changesIndex(
  { statements, inheritedStatements }: ServerScope,
  path: string,
  uri: string,
  request: RewriteRequest,
): boolean {
  if (!path.endsWith('/') || !uri.endsWith('/')) return false;
  return indexNames.some((name) => {
    const result = rewriteRequest(statements, inheritedStatements, { ...request, path: `${uri}${name}` });
    // Of a folder that was asked for as it is, conditions that nobody can know let it answer, mostly.
    if (result.kind === 'answer') return path !== request.path || result.answer.kind !== 'unknown';
    if (path !== request.path) return result.to !== `${path}${name}`;
    return result.to !== `${uri}${name}` && mayBeFolder(result.to, `${uri}${name}`);
  });
}

/** What stands in `<Location>` goes before what stands in a server, wherever it stands (measured with 2.4.71). */
function answerByMapping(
  mappings: Mappings,
  path: string,
  { asked }: RewriteRequest,
  resolve: (path: string) => string,
): PathAnswer | Place {
  const proxied = locatedProxy(mappings, path) ?? proxyAnswer(mappings, path);
  if (proxied !== undefined && proxied !== 'spared') {
    const spared = isSpared(mappings, asked);
    if (spared === undefined) return { kind: 'unknown', reason: 'a variable, no-proxy, may keep mod_proxy from it' };
    if (!spared) return proxied;
  }
  return locatedRedirect(mappings, path) ?? firstRedirect(mappings, path) ?? placeOf(mappings, path, resolve);
}

/** The last `Redirect` without a path of its own in a `<Location>` that holds the path; others come behind access control. */
const locatedRedirect = ownOrInherited('redirects', (redirects, path) => {
  const around = redirects.filter((each) => isLocation(each) && locationMatches(each, path));
  const last = around.flatMap(({ children }) => children).findLast((each) => readRedirect(each)?.fromIndex === -1);
  return last && answerOf(last, redirectAnswer(last, path, path));
});

/** One without a path of its own that stands in a server stands in an `<If>`, which comes behind all sections and proxies. */
const redirectInIf = ownOrInherited('redirects', (redirects) =>
  redirects.find((each) => readRedirect(each)?.fromIndex === -1),
);

const firstRedirect = ownOrInherited('redirects', (redirects, path) => {
  for (const statement of redirects) {
    const answer = answerOf(statement, redirectAnswer(statement, path));
    if (answer) return answer;
  }
  return undefined;
});

function answerOf(statement: Statement, answer: PathAnswer | undefined): PathAnswer | undefined {
  return answer && statement.branches.length > 0 ? conditional(statement) : answer;
}

/** An `Alias` without a path of its own (2.4.19 on) goes before others. */
const locatedAlias = ownOrInherited('aliases', (aliases, path) =>
  aliases.findLast((each) => isLocation(each) && locationMatches(each, path)),
);

const firstAlias = ownOrInherited('aliases', (aliases, path) => {
  for (const statement of aliases) {
    const target = aliasTarget(statement, path);
    if (target !== undefined) return { statement, target };
  }
  return undefined;
});

/** What hands a path to a program, which says by itself what it sends. */
const firstProgram = ownOrInherited('programs', (programs, path) =>
  programs.find((statement) => {
    const from = statement.args[0]?.value ?? '';
    if (statement.key === 'wsgiscriptalias') return restAfter(path, from) !== undefined;
    if (statement.key === 'wsgiscriptaliasmatch') return toRegExp(from)?.test(path) ?? true;
    return locationMatches(statement, path);
  }),
);

function conditional(statement: Statement): PathAnswer {
  return { kind: 'unknown', reason: `${statement.node.name} depends on a condition` };
}

const isLocation = ({ key }: Statement) => key.startsWith('location');
const isProxyPass = ({ key }: Statement) => key === 'proxypass' || key === 'proxypassmatch';

/** The `ProxyPass` of the last `<Location>` that holds the path. */
const locatedProxy = ownOrInherited('proxies', (proxies, path): PathAnswer | 'spared' | undefined => {
  const section = proxies.findLast((each) => isLocation(each) && locationMatches(each, path));
  const inner = section?.children.findLast(isProxyPass);
  const to = inner?.args[0]?.value;
  if (inner === undefined || to === undefined) return undefined;
  if (inner.branches.length > 0) return conditional(inner);
  return to === '!' ? 'spared' : { kind: 'proxy', to, location: locationOf(inner) };
});

/**
 * The first `ProxyPass` that matches, those of the main server before all. `ProxyPassInherit` has no say in it
 * (`merge_proxy_config`, measured with 2.4.71).
 */
function proxyAnswer({ own, inherited }: Mappings, path: string): PathAnswer | 'spared' | undefined {
  return inheritedProxy(inherited.proxies, path) ?? proxyAmong(own.proxies, path);
}

/** `!` spares the path the others. */
function proxyAmong(proxies: readonly Statement[], path: string): PathAnswer | 'spared' | undefined {
  for (const statement of proxies) {
    if (!isProxyPass(statement)) continue;
    const [from, to] = [statement.args[0]?.value, statement.args[1]?.value];
    if (from === undefined || to === undefined) continue;
    const matches = statement.key === 'proxypass' ? restAfter(path, from) !== undefined : toRegExp(from)?.test(path);
    if (!matches) continue;
    if (statement.branches.length > 0) return conditional(statement);
    return to === '!' ? 'spared' : { kind: 'proxy', to, location: locationOf(statement) };
  }
  return undefined;
}

const inheritedProxy = oncePerText(proxyAmong);

function placeOf(mappings: Mappings, path: string, resolve: (path: string) => string): PathAnswer | Place {
  const around = locatedAlias(mappings, path);
  if (around) return { kind: 'unknown', reason: `${nameOf(around)} says by an expression where files lie` };
  const alias = firstAlias(mappings, path);
  const program = firstProgram(mappings, path);
  if (alias && alias.statement.branches.length > 0) return conditional(alias.statement);
  if (program && (!alias || isLocation(program))) {
    return { kind: 'unknown', reason: `${nameOf(program)} answers by a program` };
  }
  if (!alias) return placeInRoot(mappings, path, resolve);
  const file = withoutEmptyParts(resolved(alias.target, resolve));
  if (path.endsWith('/') && !file.endsWith('/')) {
    return { kind: 'unknown', reason: `${alias.statement.node.name} leads to no folder of its name` };
  }
  return { file, origin: alias.statement };
}

/** Without a slash at its end; undefined where none is set in the files at hand. */
export function documentRootOf(
  { statements, inheritedStatements }: ServerScope,
  resolve: (path: string) => string,
): string | undefined {
  const mappings = { own: mappingOf(statements), inherited: mappingOf(inheritedStatements) };
  const place = placeInRoot(mappings, '/', resolve);
  return 'file' in place ? place.documentRoot : undefined;
}

function placeInRoot(mappings: Mappings, path: string, resolve: (path: string) => string): PathAnswer | Place {
  const { own, inherited } = mappings;
  // DocumentRoot is not looked at then, one of the virtual host's own neither (measured with 2.4.71).
  const virtual = own.virtualRoots.at(-1) ?? inherited.virtualRoots.at(-1);
  if (virtual && !/^none$/i.test(virtual.args[0]?.value ?? '')) {
    const reason = `${virtual.node.name} makes the folder of the name that is asked for`;
    return refusedAnywhere([inherited, own], path) ?? { kind: 'unknown', reason };
  }
  const origin = own.roots.at(-1) ?? inherited.roots.at(-1);
  if (origin && isConditional(origin)) return conditional(origin);
  const root = origin?.args[0]?.value;
  if (origin && root !== undefined) {
    const documentRoot = resolve(root).replace(/\/$/, '');
    return { file: withoutEmptyParts(joinPath(documentRoot, path)), documentRoot, origin };
  }
  const reason = 'no DocumentRoot is set in the files at hand';
  return refusedAnywhere([inherited, own], path) ?? { kind: 'unknown', reason };
}

/** Folders at the root of a disk: a path that rules let begin so is a file's, where no `[PT]` says otherwise (`prefix_stat`). */
const onDisk = /^\/(?:bin|boot|dev|etc|home|lib|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)\//;

/** Where a path lies that rules have changed. */
function placeOnDisk(mappings: Mappings, to: string, resolve: (path: string) => string): PathAnswer | Place {
  const place = placeInRoot(mappings, to, resolve);
  if (!('file' in place)) return place;
  const { documentRoot } = place;
  return onDisk.test(to) || to.startsWith(`${documentRoot}/`) ? { ...place, file: withoutEmptyParts(to) } : place;
}

/** Where a path lies: slashes that follow one another are one there (`apr_filepath_merge`). */
function withoutEmptyParts(file: string): string {
  return file.includes('//') ? file.replace(/\/{2,}/g, '/') : file;
}

/** An absolute path, a slash at its end kept. */
function resolved(path: string, resolve: (path: string) => string): string {
  return path.startsWith('/') ? path : `${resolve(path)}${path.endsWith('/') ? '/' : ''}`;
}
