import { foldersAround, pathIn } from '../../../text/path.ts';
import { levelsWith, withKey, withKeyAt, withKeyIn } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluate.ts';
import { hostOf } from '../evaluate/first-places.ts';
import { isUncertain, type Statement } from '../evaluate/statement.ts';
import { toRegExp } from './path.ts';
import { hasFlag } from './rewrite-flags.ts';
import { type ConditionalRule, rulesOf } from './rewrite-rules.ts';
import { leadsToTls } from './slash-rules.ts';

/** A redirect to HTTPS of a folder behind a front controller, which takes every path that is no file. */
export interface TakenRedirect {
  readonly redirect: ConditionalRule;
  readonly taker: ConditionalRule;
  /** The first rule of the folder. */
  readonly first: ConditionalRule;
  /**
   * What the front controller makes of a path is asked for anew, and gets to the redirect unless a rule stops it before: undefined
   * where a condition decides (measured with 2.4.71).
   */
  readonly isReachedAnew: boolean | undefined;
}

/** At most one for each folder; rules of a server are not asked anew, and seldom have front controllers. */
export function* takenRedirects(evaluation: Evaluation): Iterable<TakenRedirect> {
  let redirecting: ReadonlySet<Statement | undefined> | undefined;
  let plain: PlainHosts | undefined;
  for (const [level, statements] of levelsWith(evaluation, 'rewriterule')) {
    if (level === undefined ? statements[0]?.context !== '.htaccess' : level.key !== 'directory') continue;
    if (/^off$/i.test(withKeyAt(evaluation, 'rewriteengine', level).at(-1)?.args[0]?.value ?? '')) continue;
    const conditions = withKeyAt(evaluation, 'rewritecond', level);
    const rules = rulesOf([...conditions, ...statements].sort((one, other) => one.order - other.order));
    const takerAt = rules.findIndex(isFrontController);
    const redirectAt = rules.findIndex((rule, index) => index > takerAt && isRedirectOfAll(rule));
    const [first, taker, redirect] = [rules[0], rules[takerAt], rules[redirectAt]];
    if (!first || !taker || !redirect) continue;
    // One before it, or a part of a chain, says who gets there otherwise.
    const before = rules.slice(0, redirectAt);
    if (before.some(({ rule, flags }) => leadsToTls(rule) || hasFlag(flags, 'c', 'chain', 's', 'skip'))) continue;
    redirecting ??= redirectingServers(evaluation);
    plain ??= plainHosts(evaluation, redirecting);
    if (!isServedPlainly(level, evaluation, redirecting, plain)) continue;
    yield { redirect, taker, first, isReachedAnew: isReachedAnew(taker, redirect, before) };
  }
}

/** Virtual hosts, and undefined for the main server, that lead to HTTPS anywhere but by rules of a folder. */
function redirectingServers(evaluation: Evaluation): ReadonlySet<Statement | undefined> {
  const redirects = ['redirect', 'redirectmatch', 'redirectpermanent', 'redirecttemp']
    .flatMap((key) => withKey(evaluation, key))
    .filter(
      ({ args }) => args.some(({ value }) => /^https:/i.test(value)) && !args.some(({ value }) => /^\/./.test(value)),
    );
  const rules = withKey(evaluation, 'rewriterule').filter(
    (rule) =>
      leadsToTls(rule) && rule.context !== '.htaccess' && !rule.parents.some(({ key }) => key.startsWith('directory')),
  );
  return new Set([...redirects, ...rules].map(({ parents }) => hostOf(parents)));
}

/** What virtual hosts serve over plain HTTP that have no redirect of their own. */
interface PlainHosts {
  readonly exist: boolean;
  /** A variable has part in one of the folders. */
  readonly areOpen: boolean;
  /** Folders, without a slash at their end. */
  readonly roots: ReadonlySet<string>;
  /** The same, and all around them. */
  readonly around: ReadonlySet<string>;
}

function plainHosts(evaluation: Evaluation, redirecting: ReadonlySet<Statement | undefined>): PlainHosts {
  const hosts = withKey(evaluation, 'virtualhost').filter(
    (host) => isPlain(host, evaluation) && !redirecting.has(host),
  );
  const roots = hosts.flatMap((host) => rootsOf(host, evaluation));
  return {
    exist: hosts.length > 0,
    areOpen: roots.some(isUncertain),
    roots: new Set(roots.map(withoutSlash)),
    around: new Set(roots.flatMap(withAround)),
  };
}

/** Whether a server answers with the files of a folder over plain HTTP, and has no other redirect. */
function isServedPlainly(
  level: Statement | undefined,
  evaluation: Evaluation,
  redirecting: ReadonlySet<Statement | undefined>,
  plain: PlainHosts,
): boolean {
  const around = level && hostOf(level.parents);
  if (around) return isPlain(around, evaluation) && !redirecting.has(around);
  if (level === undefined || withKey(evaluation, 'virtualhost').length === 0) return !redirecting.has(undefined);
  const folder = level.args[0]?.value ?? '';
  if (/[*?[~]/.test(folder) || isUncertain(folder)) return plain.exist;
  return (
    plain.areOpen || plain.around.has(withoutSlash(folder)) || withAround(folder).some((each) => plain.roots.has(each))
  );
}

function isPlain(host: Statement, evaluation: Evaluation): boolean {
  const engine = withKeyIn(evaluation, 'sslengine', host).at(-1)?.args[0]?.value;
  return engine === undefined ? !host.args.every(({ value }) => value.endsWith(':443')) : /^off$/i.test(engine);
}

/** Its document root and what its aliases lead to; all there is where it names no root. */
function rootsOf(host: Statement, evaluation: Evaluation): readonly string[] {
  const root =
    withKeyIn(evaluation, 'documentroot', host).at(-1) ?? withKeyAt(evaluation, 'documentroot', undefined).at(-1);
  const aliases = withKeyIn(evaluation, 'alias', host).map(({ args }) => args[1]);
  return [root?.args[0], ...aliases].map((argument) => argument?.value ?? '/');
}

function withoutSlash(path: string): string {
  return path.replace(/\/+$/, '') || '/';
}

/** A folder and those around it. */
function withAround(path: string): readonly string[] {
  return foldersAround(pathIn(withoutSlash(path), 'page'));
}

/** Paths as pages have them. */
const pages = ['page', 'blog/page-1'];

function takesPages({ rule: { args } }: ConditionalRule): boolean {
  const expression = toRegExp(args[0]?.value ?? '!');
  return expression !== undefined && pages.every((path) => expression.test(path));
}

function isCertain({ rule, conditions }: ConditionalRule): boolean {
  return [rule, ...conditions].every(
    ({ uncertain, branches, args }) =>
      !uncertain && branches.every(({ kind }) => kind === 'module') && !args.some(({ value }) => isUncertain(value)),
  );
}

/** `RewriteRule . /index.php [L]` under the condition that no such file is there. */
function isFrontController(rule: ConditionalRule): boolean {
  const { flags, conditions } = rule;
  const target = rule.rule.args[1]?.value ?? '-';
  if (!hasFlag(flags, 'l', 'last', 'end') || /^(?:-$|%\{|[a-z][a-z0-9+.-]*:\/\/)/i.test(target)) return false;
  if (hasFlag(flags, 'r', 'redirect', 'p', 'proxy', 'f', 'forbidden', 'g', 'gone', 'n', 'next')) return false;
  const isOfFiles = conditions.every((each) => isFileTest(each, /^!-[fdls]$/i) || isException(each));
  return isOfFiles && conditions.some((each) => isFileTest(each, /^!-f$/i)) && takesPages(rule) && isCertain(rule);
}

const fileName = /^(?:%\{(?:REQUEST|SCRIPT)_FILENAME\}|%\{DOCUMENT_ROOT\}\/?%\{REQUEST_URI\})$/i;

function isFileTest({ args: [subject, pattern, flags] }: Statement, test: RegExp): boolean {
  return flags === undefined && fileName.test(subject?.value ?? '') && test.test(pattern?.value ?? '');
}

/** Paths that the rule leaves alone. */
function isException({ args: [subject, pattern, flags] }: Statement): boolean {
  return !/\bor/i.test(flags?.value ?? '') && isOfPath(subject?.value) && pattern?.value.startsWith('!') === true;
}

function isOfPath(subject = ''): boolean {
  return /^%\{REQUEST_URI\}$/i.test(subject);
}

const ofScheme =
  /^%\{(?:HTTPS|SERVER_PORT|REQUEST_SCHEME|HTTP_HOST|ENV:HTTPS|HTTP:(?:X-Forwarded-(?:Proto|SSL|Port)|X-Url-Scheme|CF-Visitor))\}$/i;

/** Whatever the path is, over plain HTTP. */
function isRedirectOfAll(rule: ConditionalRule): boolean {
  const isOfScheme = ({ args: [subject] }: Statement) => ofScheme.test(subject?.value ?? '');
  return (
    leadsToTls(rule.rule) &&
    rule.conditions.every((each) => isOfScheme(each) || isException(each)) &&
    takesPages(rule) &&
    isCertain(rule)
  );
}

function isReachedAnew(
  { rule, flags }: ConditionalRule,
  { conditions }: ConditionalRule,
  before: readonly ConditionalRule[],
): boolean | undefined {
  if (flags.has('end')) return false;
  const path = (rule.args[1]?.value ?? '').replace(/\?.*$/s, '').replace(/\$\d/g, 'page').replace(/^\//, '');
  const paths = [path, path.slice(path.lastIndexOf('/') + 1)];
  const stops = before.filter((each) => {
    if (each.rule.args[1]?.value !== '-' || !hasFlag(each.flags, 'l', 'last', 'end')) return false;
    const expression = toRegExp(each.rule.args[0]?.value ?? '');
    return expression === undefined || paths.some((one) => expression.test(one));
  });
  if (stops.some((each) => each.conditions.length === 0 && isCertain(each))) return false;
  return stops.length > 0 || conditions.some(({ args: [subject] }) => isOfPath(subject?.value)) ? undefined : true;
}
