import type { FileEdit } from '../../../text/edit.ts';
import { resolvePath } from '../../../text/path.ts';
import { accessTo } from '../answers/access.ts';
import { joinPath, restAfter } from '../answers/path.ts';
import { aliasTarget, readRedirect, redirectAnswer } from '../answers/redirect.ts';
import { rewrite } from '../answers/rewrite.ts';
import type { RequestFacts } from '../answers/rewrite-conditions.ts';
import { sectionsOn } from '../answers/sections.ts';
import type { Statement } from '../evaluate/statement.ts';
import type { ServerScope } from '../lower/scopes/scopes.ts';
import { toRegExp } from '../patterns.ts';
import { insertAtEnd, insertBefore, insertInto, replaceStatement, type Texts } from './place.ts';
import { quoteWord } from './quote.ts';

const prefix = '/.well-known/acme-challenge/';
const token = `${prefix}TOKEN`;
const spared = '(?!\\.well-known/acme-challenge/)';

/** What has to change in which statement so that challenge files of a directory are served: every obstacle on the way. */
export function challengeEdits(
  scope: ServerScope,
  directory: string,
  facts: RequestFacts,
  root: string,
  texts: Texts,
): { readonly edits: readonly FileEdit[]; readonly touched: readonly Statement[] } | { readonly refused: string } {
  const edits: FileEdit[] = [];
  const touched: Statement[] = [];
  const statements = [...scope.statements, ...scope.inheritedStatements];
  if (rewrite(scope.statements, scope.inheritedStatements, token, facts).kind === 'answer') {
    const first = scope.statements.find(({ key }) => key === 'rewritecond' || key === 'rewriterule');
    if (!first) return { refused: 'The rewrite rules that answer the challenge path are not in this block.' };
    touched.push(first);
    edits.push(insertBefore(first, [`RewriteRule ^${prefix.replaceAll('.', '\\.')} - [END]`], texts));
  }
  // Those of the main server go before.
  const proxy = scope.inheritedStatements.find(proxies) ?? scope.statements.find(proxies);
  if (proxy) {
    touched.push(proxy);
    edits.push(insertBefore(proxy, [`ProxyPass ${prefix} !`], texts));
  }
  for (const statement of statements) {
    if (redirectAnswer(statement, token) === undefined) continue;
    const replacement = sparing(statement);
    if (replacement === undefined) return { refused: `${statement.node.name} cannot be made to spare ${prefix} here.` };
    touched.push(statement);
    edits.push(replaceStatement(statement, replacement));
  }
  const inLocation = locationLines(scope, directory);
  const more = [...servingLines(scope, statements, directory, root, inLocation.length > 0), ...inLocation];
  if (more.length > 0) {
    const edit =
      inLocation.length > 0
        ? insertAtEnd(scope, more, texts)
        : insertInto(scope, /^(?:alias|redirect|documentroot)/, more, texts);
    if (!edit) return { refused: 'There is no place for an Alias in this file.' };
    edits.push(edit);
  }
  return { edits, touched };
}

function proxies({ key, args }: Statement): boolean {
  const [from, to] = args.map(({ value }) => value);
  if (from === undefined || to === undefined || to === '!') return false;
  if (key === 'proxypass') return restAfter(token, from) !== undefined;
  return key === 'proxypassmatch' && (toRegExp(from)?.test(token) ?? false);
}

/** The redirect with the challenge path left out: `Redirect / X` becomes a `RedirectMatch` with a negative lookahead. */
function sparing(statement: Statement): string | undefined {
  const redirect = readRedirect(statement);
  if (!redirect || redirect.from === undefined) return undefined;
  const status = redirect.status === 302 ? '' : ` ${redirect.status}`;
  if (!redirect.isRegex) {
    if (redirect.from !== '/' || redirect.to === '') return undefined;
    return `RedirectMatch${status} ^/${spared}(.*)$ ${quoteWord(`${redirect.to}$1`)}`;
  }
  const pattern = sparingPattern(redirect.from);
  if (pattern === undefined) return undefined;
  const to = redirect.to === '' ? '' : ` ${quoteWord(redirect.to)}`;
  return `RedirectMatch${status} ${quoteWord(pattern)}${to}`;
}

function sparingPattern(pattern: string): string | undefined {
  // Hidden files, wherever they lie.
  if (/(?:^|[/)])\\\.$/.test(pattern)) return `${pattern}(?!well-known/acme-challenge/)`;
  if (pattern.startsWith('^/')) return `^/${spared}${pattern.slice(2)}`;
  const body = pattern.startsWith('^') ? pattern.slice(1) : pattern;
  return body.startsWith('(.*)') || body === '.*' || body === ''
    ? `^(?!/\\.well-known/acme-challenge/)${body}`
    : undefined;
}

/** A `<Location>` has the last word on who is let in, and on proxies: one of the path's own, behind all others. */
function locationLines({ statements, inheritedStatements }: ServerScope, directory: string): readonly string[] {
  const sections = [...inheritedStatements, ...statements];
  const { expressions, locations } = sectionsOn([sections], joinPath(directory, 'TOKEN'), token);
  const says = (key: RegExp) =>
    [...expressions, ...locations].some(({ children }) => children.some((each) => key.test(each.key)));
  const lines: string[] = [];
  if (accessTo({ directories: [], expressions, locations }).kind !== 'granted') {
    if (says(/^require/)) lines.push('    Require all granted');
    if (says(/^(?:order|allow|deny)$/)) lines.push('    Allow from all');
  }
  const proxy = locations.flatMap(({ children }) => children).findLast(({ key }) => /^proxypass(?:match)?$/.test(key));
  if (proxy && proxy.args[0]?.value !== '!') lines.push('    ProxyPass !');
  return lines.length > 0 ? [`<Location "${prefix}">`, ...lines, '</Location>'] : [];
}

/**
 * `Alias` and access for the directory, as far as they are not there yet.
 * @param isLetIn a `<Location>` of the path says so already
 */
function servingLines(
  scope: ServerScope,
  statements: readonly Statement[],
  directory: string,
  root: string,
  isLetIn: boolean,
): readonly string[] {
  const target = statements.map((statement) => aliasTarget(statement, token)).find((path) => path !== undefined);
  const lines: string[] = [];
  const served = target === undefined ? undefined : resolvePath(root, target);
  const isThere = served === resolvePath('/', joinPath(directory, 'TOKEN'));
  if (!isThere) lines.push(`Alias ${quoteWord(prefix, '"')} ${quoteWord(`${directory.replace(/\/$/, '')}/`, '"')}`);
  const sections = [...scope.inheritedStatements, ...scope.statements];
  const found = sectionsOn([sections], joinPath(directory, 'TOKEN'), token);
  const access = accessTo(isLetIn ? { ...found, expressions: [], locations: [] } : found);
  if (!isThere || access.kind !== 'granted') {
    lines.push(
      `<Directory ${quoteWord(directory, '"')}>`,
      '    AllowOverride None',
      '    Options None',
      '    Require all granted',
      '</Directory>',
    );
  }
  return lines;
}
