import { segmentPattern } from '../../../text/glob.ts';
import type { PathAnswer } from '../../../tls/model/server-model.ts';
import { isUncertain, locationOf, type Statement } from '../evaluate/statement.ts';
import type { ServerScope } from '../lower/scopes.ts';
import { accessTo, isAuthorization, locationMatches } from './access.ts';
import { type Mapping, type Mappings, mappingOf, oncePerText, ownOrInherited } from './mapping.ts';
import { joinPath, restAfter, toRegExp } from './path.ts';
import { aliasTarget, redirectAnswer } from './redirect.ts';
import { type RequestFacts, rewrite } from './rewrite.ts';

/**
 * What answers a path on one server, in httpd's own order: mod_rewrite, then mod_proxy, then mod_alias (every `Redirect`
 * before any `Alias`), then the document root; access control last, and not for what was redirected before.
 */
export function answerTo(
  scope: ServerScope,
  path: string,
  facts: RequestFacts,
  resolve: (path: string) => string,
): PathAnswer {
  const rewritten = rewrite(scope.statements, scope.inheritedStatements, path, facts);
  if (rewritten.kind === 'answer') return rewritten.answer;
  const mapped = rewritten.path;
  const mappings = { own: mappingOf(scope.statements), inherited: mappingOf(scope.inheritedStatements) };
  // What stands in `<Location>` goes before what stands in a server, wherever it stands (measured with 2.4.71).
  const proxied = locatedProxy(mappings, mapped) ?? proxyAnswer(mappings, mapped);
  if (proxied !== undefined && proxied !== 'spared') return proxied;
  return locatedRedirect(mappings, mapped) ?? firstRedirect(mappings, mapped) ?? fileAnswer(mappings, mapped, resolve);
}

const locatedRedirect = ownOrInherited('redirects', (redirects, path) =>
  redirectAmong(redirects, path, redirectInLocation),
);
const firstRedirect = ownOrInherited('redirects', (redirects, path) => redirectAmong(redirects, path, redirectAnswer));

function redirectAmong(
  redirects: readonly Statement[],
  path: string,
  read: (statement: Statement, path: string) => PathAnswer | undefined,
): PathAnswer | undefined {
  for (const statement of redirects) {
    const answer = read(statement, path);
    if (answer) return statement.branches.length > 0 ? conditional(statement) : answer;
  }
  return undefined;
}

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

/** A `Redirect` without a path of its own, in a `<Location>` that holds the path. */
function redirectInLocation(section: Statement, path: string): PathAnswer | undefined {
  if (section.key.startsWith('redirect') || !locationMatches(section, path)) return undefined;
  for (const child of section.children) {
    const answer = redirectAnswer(child, path, path);
    if (answer) return child.branches.length > 0 ? conditional(child) : answer;
  }
  return undefined;
}

const isProxyPass = ({ key }: Statement) => key === 'proxypass' || key === 'proxypassmatch';

/** The `ProxyPass` of the last `<Location>` that holds the path. */
const locatedProxy = ownOrInherited('proxies', (proxies, path): PathAnswer | 'spared' | undefined => {
  const section = proxies.findLast((each) => !isProxyPass(each) && locationMatches(each, path));
  const inner = section?.children.findLast(isProxyPass);
  const to = inner?.args[0]?.value;
  if (inner === undefined || to === undefined) return undefined;
  if (inner.branches.length > 0) return conditional(inner);
  return to === '!' ? 'spared' : { kind: 'proxy', to, location: locationOf(inner) };
});

/** The first `ProxyPass` that matches; `!` spares the path all others. */
const proxyAnswer = ownOrInherited('proxies', (proxies, path): PathAnswer | 'spared' | undefined => {
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
});

function fileAnswer(mappings: Mappings, path: string, resolve: (path: string) => string): PathAnswer {
  const { own, inherited } = mappings;
  let file: string | undefined;
  let origin: Statement | undefined;
  const alias = firstAlias(mappings, path);
  if (alias) {
    if (alias.statement.branches.length > 0) return conditional(alias.statement);
    file = resolved(alias.target, resolve);
    origin = alias.statement;
  }
  if (!origin) {
    origin = own.roots.at(-1) ?? inherited.roots.at(-1);
    if (origin?.branches.some(({ kind }) => kind !== 'module')) return conditional(origin);
    const root = origin?.args[0]?.value;
    if (root !== undefined) file = joinPath(resolve(root), path);
  }
  const program = firstProgram(mappings, path);
  if (program && (!alias || program.key.startsWith('location'))) {
    return { kind: 'unknown', reason: `${nameOf(program)} answers by a program` };
  }
  if (!origin || file === undefined) {
    return (
      refusedAnywhere([inherited, own], path) ?? {
        kind: 'unknown',
        reason: 'no DocumentRoot is set in the files at hand',
      }
    );
  }
  if (isUncertain(file)) return { kind: 'unknown', reason: `${origin.node.name} is written with a variable` };
  const name = file.slice(file.lastIndexOf('/') + 1);
  const byFile = inheritedFile(inherited.files, name) ?? own.files.find((each) => concerns(each, name));
  if (byFile) return { kind: 'unknown', reason: `${nameOf(byFile)} decides by the request or the file` };
  const access = accessTo([inherited.sections, own.sections], file, path);
  if (access.kind === 'denied') return { kind: 'denied', by: access.by, location: access.location };
  if (access.kind === 'unknown') return access;
  if (origin.key.startsWith('script')) return { kind: 'unknown', reason: `${nameOf(origin)} answers by a program` };
  return { kind: 'files', directory: file.slice(0, Math.max(1, file.lastIndexOf('/'))), location: locationOf(origin) };
}

/** A `<Location>` that lets nobody in, which has the last word wherever the files lie, unless an `<If>` comes behind it. */
function refusedAnywhere(servers: readonly Mapping[], path: string): PathAnswer | undefined {
  const all = servers.flatMap(({ sections, files }) => [...sections, ...files]);
  const mayLetIn = ({ branches, children }: Statement) =>
    branches.length > 0 || children.some(({ key }) => key === 'satisfy');
  if (all.some(mayLetIn)) return undefined;
  const isPlace = ({ key }: Statement) => key.startsWith('location');
  const access = accessTo(
    servers.map(({ sections }) => sections.filter(isPlace)),
    path,
    path,
  );
  return access.kind === 'denied' ? access : undefined;
}

function nameOf({ node }: Statement): string {
  return node.kind === 'section' ? `<${node.name} ${node.raw}>` : node.name;
}

const inheritedFile = oncePerText((files, name) => files.find((each) => concerns(each, name)));

/** Authorization in an `<If>`, or in a `<Files>` that may take in a file of the name. */
function concerns({ key, args, children, branches }: Statement, name: string): boolean {
  if (!key.startsWith('files')) return branches.some(({ kind }) => kind === 'request');
  if (!children.some(isAuthorization)) return false;
  const [first = '', second = ''] = args.map(({ value }) => value);
  // Which file a folder answers with is not looked at.
  if (name === '') return false;
  if (key === 'filesmatch' || first === '~') return toRegExp(key === 'filesmatch' ? first : second)?.test(name) ?? true;
  return /[*?[]/.test(first) ? segmentPattern(first).test(name) : first === name;
}

/** An absolute path, a slash at its end kept. */
function resolved(path: string, resolve: (path: string) => string): string {
  return path.startsWith('/') ? path : `${resolve(path)}${path.endsWith('/') ? '/' : ''}`;
}
