import { remember } from '../../../memory/remember.ts';
import { foldersAround, pathIn } from '../../../text/path.ts';
import { levelsWith, withKey, withKeyAt, withKeyIn } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { hostOf } from '../evaluate/first-places.ts';
import { isSurelyThere, type Statement } from '../evaluate/statement.ts';
import { httpsByListen } from '../lower/sites/https-by-listen.ts';
import { toRegExp } from '../patterns.ts';
import { isUncertain } from '../uncertain.ts';
import { askerOfPassword, refuserOfPlain } from './plain-refusal.ts';
import { orNext } from './rewrite-conditions.ts';
import { hasFlag } from './rewrite-flags.ts';
import { type ConditionalRule, leavesPath, rulesOf } from './rewrite-rules.ts';
import { leadsToTls } from './slash-rules.ts';

/** A redirect to HTTPS of a folder behind what answers its requests, or before what undoes it: there is a `refuser`, a `taker`, a `guard` or an `undoer`. */
export interface TakenRedirect {
  readonly redirect: ConditionalRule;
  /** `SSLRequireSSL`, `Require ssl` or `AuthType Basic` of the same folder: 403 and 401 come before its rules (measured with 2.4.71). */
  readonly refuser: Statement | undefined;
  /** A front controller, which takes every path that is no file. */
  readonly taker: ConditionalRule | undefined;
  /** `RewriteRule ^ - [L]` for all that is there, files and folders, as programs made with Zend have it. */
  readonly guard: ConditionalRule | undefined;
  /** Behind a redirect without `[L]`: it makes a path of the address, and the status stays (measured with 2.4.71). */
  readonly undoer: ConditionalRule | undefined;
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
  for (const [level, statements] of levelsWith(evaluation, 'rewriterule')) {
    if (level === undefined ? statements[0]?.context !== '.htaccess' : level.key !== 'directory') continue;
    if (/^off$/i.test(withKeyAt(evaluation, 'rewriteengine', level).at(-1)?.args[0]?.value ?? '')) continue;
    const conditions = withKeyAt(evaluation, 'rewritecond', level);
    const rules = rulesOf([...conditions, ...statements].sort((one, other) => one.order - other.order));
    const redirectAt = rules.findIndex(isRedirectOfAll);
    const [first, redirect] = [rules[0], rules[redirectAt]];
    if (!first || !redirect) continue;
    const before = rules.slice(0, redirectAt);
    const guard = before.find((rule) => isGuardOf(rule, [/^-[fs]$/]));
    const taker = before.find((rule) =>
      isFrontController(rule, guard !== undefined && guard.rule.order < rule.rule.order),
    );
    // The start page is a folder, of which the pattern sees nothing.
    const folders = guard && isGuardOf(guard, [/^-d$/]) && takes(guard, '') === true ? guard : undefined;
    // Without a condition about the scheme it may be for a site that has moved.
    const mayAsk = !taker && !folders && redirect.conditions.some(isOfPlain);
    const refuser = refuserOfPlain(level, evaluation) ?? (mayAsk ? askerOfPassword(level, evaluation) : undefined);
    const undoer = undoerOf(redirect, rules.slice(redirectAt + 1));
    if (!refuser && !undoer && ((!taker && !folders) || !isEnding(redirect))) continue;
    // One before it, or a part of a chain, says who gets there otherwise.
    if (before.some(({ rule, flags }) => leadsToTls(rule) || hasFlag(flags, 'c', 'chain', 's', 'skip'))) continue;
    if (!isServedOverPlain(level, evaluation)) continue;
    yield {
      redirect,
      refuser,
      taker,
      guard: folders,
      undoer,
      first,
      isReachedAnew: taker && isReachedAnew(taker, redirect, before),
    };
  }
}

/** Whether a server answers with the files of a folder over plain HTTP, and leads nobody to HTTPS. */
export function isServedOverPlain(level: Statement | undefined, evaluation: Evaluation): boolean {
  const { redirecting, plain } = servedOverPlain(evaluation);
  return isServedPlainly(level, evaluation, redirecting, plain);
}

const servedOverPlain = remember((evaluation: Evaluation) => {
  const redirecting = redirectingServers(evaluation);
  return { redirecting, plain: plainHosts(evaluation, redirecting) };
});

/** Virtual hosts, and undefined for the main server, that lead to HTTPS anywhere but by rules of a folder. */
export function redirectingServers(evaluation: Evaluation): ReadonlySet<Statement | undefined> {
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

/** Not where it says nothing and has the port of HTTPS, as what switches TLS on may be elsewhere. */
function isPlain(host: Statement, evaluation: Evaluation): boolean {
  const engine = [host, undefined].map((level) => withKeyAt(evaluation, 'sslengine', level).at(-1)).find(Boolean);
  if (engine) return /^off$/i.test(engine.args[0]?.value ?? '');
  return !httpsByListen(evaluation).has(host) && !host.args.every(({ value }) => value.endsWith(':443'));
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

function takesPages(rule: ConditionalRule): boolean {
  return pages.every((path) => takes(rule, path) === true);
}

/** Undefined where the pattern is none that can be evaluated here. */
function takes({ rule: { args }, flags }: ConditionalRule, path: string): boolean | undefined {
  const [, not, pattern = ''] = /^(!?)(.*)$/s.exec(args[0]?.value ?? '') ?? [];
  const isMatch = toRegExp(pattern, hasFlag(flags, 'nc', 'nocase'))?.test(path);
  return isMatch === undefined ? undefined : isMatch === (not === '');
}

function isCertain({ rule, conditions }: ConditionalRule): boolean {
  return [rule, ...conditions].every(isSurelyThere);
}

/** `RewriteRule . /index.php [L]` under the condition that no such file is there, or behind a rule that has ended for all that are. */
function isFrontController(rule: ConditionalRule, isBehindGuard: boolean): boolean {
  if (!isLast(rule) || !isOfPaths(rule)) return false;
  const leavesFiles = isBehindGuard || leavesFilesAlone(rule);
  return isOfFiles(rule) && leavesFiles && takesPages(rule) && isCertain(rule);
}

function leavesFilesAlone({ conditions }: ConditionalRule): boolean {
  return conditions.some((each) => isFileTest(each, /^!-[fs]$/));
}

/** `RewriteRule ^ - [L]` where a path is any of several kinds on the disk, all of `tests` among them. */
function isGuardOf(rule: ConditionalRule, tests: readonly RegExp[]): boolean {
  const { conditions } = rule;
  if (targetOf(rule) !== '-' || !isLast(rule) || conditions.length === 0) return false;
  const isOfFiles = conditions.every(
    (each, index) => orNext(each) === index < conditions.length - 1 && isFileTest(each, /^-[fdlsFU]$/),
  );
  return (
    isOfFiles &&
    tests.every((test) => conditions.some((each) => isFileTest(each, test))) &&
    takesPages(rule) &&
    isCertain(rule)
  );
}

/** Without the base of the program, which those of Symfony, Laminas and TYPO3 find out by themselves. */
function targetOf({ rule }: ConditionalRule): string {
  return (rule.args[1]?.value ?? '-').replace(/^%\{ENV:(?:BASE|CWD)\}/i, '');
}

/** The first rule that sees the address, where that is a front controller and no rule comes after it. */
function undoerOf(redirect: ConditionalRule, behind: readonly ConditionalRule[]): ConditionalRule | undefined {
  if (isEnding(redirect) || hasFlag(redirect.flags, 'c', 'chain', 's', 'skip', 'n', 'next')) return undefined;
  // No file has its name, so that what leaves those alone does not.
  const taking = behind.find(
    (rule) =>
      takes(rule, 'https://www.example.com/page') !== false &&
      !isGuardOf(rule, []) &&
      !isPassing(rule) &&
      !isForNoPage(rule),
  );
  if (!taking || !isCertain(taking) || !isOfPaths(taking)) return undefined;
  const isOnce = isEnding(taking) || taking === behind.at(-1);
  const isOther = hasFlag(taking.flags, 'r', 'redirect', 'p', 'proxy', 'f', 'forbidden', 'g', 'gone', 'n', 'next');
  const others = taking.conditions.filter((each) => orNext(each) || holdsForPages(each) !== 'all');
  return isOnce && !isOther && taking.pattern && isOfFiles({ conditions: others }) ? taking : undefined;
}

/** It sets a variable or the like, or refuses some requests. */
function isPassing({ rule, conditions, flags }: ConditionalRule): boolean {
  if (hasFlag(flags, 'c', 'chain', 's', 'skip', 'n', 'next')) return false;
  return hasFlag(flags, 'f', 'forbidden', 'g', 'gone')
    ? conditions.length > 0
    : leavesPath(rule) && !hasFlag(flags, 'l', 'last', 'end');
}

/** One of its conditions holds for no page that somebody asks for by its address. */
function isForNoPage({ conditions, flags }: ConditionalRule): boolean {
  if (hasFlag(flags, 'c', 'chain', 's', 'skip', 'n', 'next')) return false;
  return conditions.some(
    (each, index) =>
      !orNext(each) && (index === 0 || !orNext(conditions[index - 1] as Statement)) && holdsForPages(each) === 'none',
  );
}

/** What a condition about the request itself says of pages; undefined where some differ, or another thing is asked. */
function holdsForPages({ args: [subject, pattern, flags] }: Statement): 'all' | 'none' | undefined {
  const [, not, text = ''] = /^(!?)(.*)$/s.exec(pattern?.value ?? '') ?? [];
  const form = askedAs.get(subject?.value.slice(2, -1).toUpperCase() ?? '');
  if (form === undefined || isUncertain(text) || /^[-=<>]/.test(text)) return undefined;
  const expression = toRegExp(text, /\bnc|nocase/i.test(flags?.value ?? ''));
  const held = expression && pages.filter((page) => expression.test(form(page)) === (not === '')).length;
  return held === pages.length ? 'all' : held === 0 ? 'none' : undefined;
}

const askedAs: ReadonlyMap<string, (page: string) => string> = new Map<string, (page: string) => string>([
  ['REQUEST_URI', (page) => `/${page}`],
  ['THE_REQUEST', (page) => `GET /${page} HTTP/1.1`],
  ['REQUEST_METHOD', () => 'GET'],
]);

/** It leads to a path, whose beginning is known. */
function isOfPaths(rule: ConditionalRule): boolean {
  return !/^(?:-$|%\{|[a-z][a-z0-9+.-]*:\/\/)/i.test(targetOf(rule));
}

/** It asks for nothing but that no such file is there, and for other paths than some. */
function isOfFiles({ conditions }: Pick<ConditionalRule, 'conditions'>): boolean {
  return conditions.every((each) => (isFileTest(each, /^!-[fdls]$/) && !orNext(each)) || isException(each));
}

/** No rule behind it makes something else of its outcome. */
function isEnding({ flags }: ConditionalRule): boolean {
  return hasFlag(flags, 'l', 'last', 'end');
}

function isLast(rule: ConditionalRule): boolean {
  return (
    isEnding(rule) && !hasFlag(rule.flags, 'r', 'redirect', 'p', 'proxy', 'f', 'forbidden', 'g', 'gone', 'n', 'next')
  );
}

const fileName = /^(?:%\{(?:REQUEST|SCRIPT)_FILENAME\}|%\{DOCUMENT_ROOT\}\/?%\{REQUEST_URI\})$/i;

function isFileTest({ args: [subject, pattern] }: Statement, test: RegExp): boolean {
  return fileName.test(subject?.value ?? '') && test.test(pattern?.value ?? '');
}

/** Paths that the rule leaves alone. */
function isException({ args: [subject, pattern, flags] }: Statement): boolean {
  return !/\bor/i.test(flags?.value ?? '') && isOfPath(subject?.value) && pattern?.value.startsWith('!') === true;
}

/** Its conditions see its own target once Apache starts anew with that, and leave it alone. */
export function leavesTarget(rule: ConditionalRule): boolean {
  const path = `/${targetOf(rule).replace(/^\/|\?.*$/g, '')}`;
  return rule.conditions.some(({ args: [subject, pattern] }) => {
    // The file that it leads to is there.
    if (!isOfPath(subject?.value)) return /%\{REQUEST_URI\}$/i.test(subject?.value ?? '');
    const text = pattern?.value.slice(1) ?? '';
    return /^[-=]/.test(text) ? text === `=${path}` : toRegExp(text, true)?.test(path) !== false;
  });
}

function isOfPath(subject = ''): boolean {
  return /^%\{REQUEST_URI\}$/i.test(subject);
}

const ofScheme =
  /^%\{(?:HTTPS|SERVER_PORT|REQUEST_SCHEME|HTTP_HOST|ENV:HTTPS|HTTP:(?:X-Forwarded-(?:Proto|SSL|Port)|X-Url-Scheme|CF-Visitor))\}$/i;

function isOfPlain({ args: [subject] }: Statement): boolean {
  return ofScheme.test(subject?.value ?? '') && !/HOST/i.test(subject?.value ?? '');
}

/** Whatever the path is, over plain HTTP. */
function isRedirectOfAll(rule: ConditionalRule): boolean {
  const isOfScheme = ({ args: [subject] }: Statement) => ofScheme.test(subject?.value ?? '');
  return (
    leadsToTls(rule.rule) &&
    rule.conditions.every((each) => isOfScheme(each) || isException(each) || holdsForPages(each) === 'all') &&
    takesPages(rule) &&
    isCertain(rule)
  );
}

function isReachedAnew(
  taker: ConditionalRule,
  redirect: ConditionalRule,
  before: readonly ConditionalRule[],
): boolean | undefined {
  if (taker.flags.has('end')) return false;
  const path = targetOf(taker).replace(/\?.*$/s, '').replace(/\$\d/g, 'page').replace(/^\//, '');
  const paths = [path, path.slice(path.lastIndexOf('/') + 1)];
  const stops = before.filter((each) => {
    const isInert = each.rule.args[1]?.value === '-' && !isEnding(each) && !hasFlag(each.flags, 'pt', 'passthrough');
    if (isInert || (each === taker && leavesFilesAlone(taker))) return false;
    return paths.some((one) => takes(each, one) !== false);
  });
  // The program is a file that is there.
  const isStop = (each: ConditionalRule) =>
    each.rule.args[1]?.value === '-' &&
    ((each.conditions.length === 0 && isCertain(each)) || isGuardOf(each, [/^-[fs]$/]));
  if (stops.some(isStop) || paths.every((one) => takes(redirect, one) === false)) return false;
  const mayDiffer = paths.some((one) => takes(redirect, one) !== true);
  const isOpen = mayDiffer || redirect.conditions.some(({ args: [subject] }) => isOfPath(subject?.value));
  return stops.length > 0 || isOpen ? undefined : true;
}
