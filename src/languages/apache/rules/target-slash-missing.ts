import type { Fix } from '../../../text/finding.ts';
import { asksForMore, otherHost, restOfNameIn, takesRestOfPath } from '../../../text/joined-host.ts';
import type { Location } from '../../../text/range.ts';
import { readRedirect } from '../answers/redirect.ts';
import { rewrite } from '../answers/rewrite.ts';
import { lastBefore, withKey } from '../evaluate/by-key.ts';
import { type Statement, wordLocation } from '../evaluate/statement.ts';
import { type ApacheContext, type ApacheReport, type ApacheRule, fix } from './rule.ts';
import { rangeOfStart } from './source.ts';

/**
 * `Redirect / https://example.com` answers `/page` with `https://example.compage`: what a path has behind the slash of its prefix
 * is joined to the target as it is, and so becomes a part of the host.
 */
export const targetSlashMissing: ApacheRule = {
  id: 'target-slash-missing',
  title: 'Target without the slash that its path ends with',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    const { evaluation } = context;
    for (const key of [...redirects, ...proxies]) {
      for (const statement of withKey(evaluation, key)) {
        const joined = statement.uncertain ? undefined : joinedTarget(statement);
        if (joined) yield* report(statement, joined, context);
      }
    }
    const engines = new Map(withKey(evaluation, 'rewriteengine').map((engine) => [engine.parents.at(-1), engine]));
    for (const statement of withKey(evaluation, 'rewriterule')) {
      if (statement.uncertain || !isOn(engines.get(statement.parents.at(-1)), statement)) continue;
      yield* rewritten(statement, context);
    }
  },
};

const redirects = ['redirect', 'redirectpermanent', 'redirecttemp', 'redirectmatch'];
const proxies = ['proxypass', 'proxypassmatch'];

/** A target, and what is joined to it. */
interface Joined {
  /** Index among the arguments. */
  readonly index: number;
  readonly target: string;
  /** A path prefix that ends with a slash, or an expression. */
  readonly from: string;
  readonly isRegex: boolean;
}

function joinedTarget(statement: Statement): Joined | undefined {
  const { key, args } = statement;
  const isRegex = key.endsWith('match');
  if (key.startsWith('proxypass')) {
    const isAlone = /^(?:unix:|[a-z][a-z0-9+.-]*:\/\/)/i.test(args[0]?.value ?? '');
    const index = isAlone ? 0 : 1;
    const target = args[index]?.value;
    const from = isAlone ? sectionPath(statement) : args[0]?.value;
    return from === undefined || target === undefined ? undefined : { index, target, from, isRegex };
  }
  const redirect = readRedirect(statement);
  if (redirect?.from === undefined || redirect.to === '') return undefined;
  return { index: redirect.fromIndex + 1, target: redirect.to, from: redirect.from, isRegex };
}

/** In `<Location>` a `ProxyPass` leaves its path out. */
function sectionPath({ key, parents }: Statement): string | undefined {
  const section = parents.at(-1);
  return key === 'proxypass' && section?.key === 'location' && section.args.length === 1
    ? section.args[0]?.value
    : undefined;
}

const url = /^(?:unix:[^|]*\|)?[a-z][a-z0-9+.-]*:\/\/[^/?#\s]+/i;

function* report(statement: Statement, joined: Joined, context: ApacheContext): Iterable<ApacheReport> {
  const { index, target, from, isRegex } = joined;
  if (isRegex) {
    if (hostTakesGroup(from, target)) yield hostReport(statement, index, '/page', context, true);
    else yield* named(statement, index, context);
    yield* doubled(statement, index, context);
    return;
  }
  if (!from.endsWith('/')) return;
  const host = url.exec(target)?.[0];
  // `https://{domain}` stands for an address that is still to come.
  if (host !== undefined && /[{}<>]/.test(host)) return;
  if (host === target) {
    if (!isTaken(`${from}page`, statement, context)) yield hostReport(statement, index, `${from}page`, context, true);
  } else if (host !== undefined && /^[^?#]*\w$/.test(target)) {
    yield {
      message: `${from} ends with a slash and ${target} does not: ${from}page leads to ${target}page. End both with a slash, or neither.`,
      location: wordLocation(statement, index),
      severity: 'information',
      effect: 'advice',
      statement,
    };
  }
}

/** A rule of mod_rewrite answers the path before the others are asked (`RewriteRule ^/(.*) http://127.0.0.1:8080/$1 [P]`). */
function isTaken(path: string, { parents }: Statement, { evaluation }: ApacheContext): boolean {
  const main = evaluation.statements;
  const host = parents.find(({ key }) => key === 'virtualhost');
  const facts = { https: undefined, port: undefined, names: [] };
  const result = rewrite(host?.children ?? main, host ? main : [], path, facts);
  return result.kind === 'answer' && result.answer.kind !== 'unknown';
}

function* rewritten(statement: Statement, context: ApacheContext): Iterable<ApacheReport> {
  const [pattern, target] = statement.args;
  if (!pattern || !target?.value.includes('://')) return;
  const inFolder = statement.context === 'directory' || statement.context === '.htaccess';
  yield* doubled(statement, 1, context, inFolder);
  if (!hostTakesGroup(pattern.value, target.value, inFolder)) {
    yield* named(statement, 1, context);
    return;
  }
  if (conditionsOf(statement, context).some(asksForRoot)) return;
  // The folder of a file in there is no part of what the expression sees.
  yield hostReport(statement, 1, '/page', context, !inFolder);
}

/** True where the first group of an expression is no path of its own, and is joined to a host. */
function hostTakesGroup(pattern: string, target: string, inFolder = false): boolean {
  if (!/^(?:unix:[^|]*\|)?[a-z][a-z0-9+.-]*:\/\/[^/?#$\s]+\$1/i.test(target) || asksForMore(target)) return false;
  return takesRestOfPath(pattern, inFolder);
}

function hostReport(
  statement: Statement,
  index: number,
  path: string,
  context: ApacheContext,
  safe: boolean,
): ApacheReport {
  const target = statement.args[index]?.value ?? '';
  const host = /^(.*?:\/\/[^/?#$\s]+)/.exec(target)?.[1] ?? target;
  const name = host.replace(/^.*?:\/\//, '');
  const folder = path.slice(0, -'page'.length);
  const other = otherHost(host);
  const outcome = host.startsWith('balancer:')
    ? `${path} is requested from a balancer "${name}page", which does not exist (500, AH01144)`
    : isOfProxy(statement)
      ? `${path} is requested from a host "${name}page" (500, AH00898), and with ${folder}@other.example clients choose any host they like`
      : `${path} leads to ${host}page, and ${folder}${other} to somebody else's host`;
  return {
    message: `What follows the slash of the path is appended to the host: ${outcome}. Write a slash after the host: ${host}/.`,
    location: wordLocation(statement, index),
    statement,
    fixes: slashBehind(host, wordLocation(statement, index), safe, context),
  };
}

function slashBehind(host: string, word: Location, safe: boolean, context: ApacheContext): readonly Fix[] {
  const range = rangeOfStart(word, host, context);
  if (!range) return [];
  const behind = { start: range.end, end: range.end };
  return [fix('Write a slash after the host', safe, { file: word.file, range: behind, newText: '/' })];
}

/** The last engine beside a rule is on, under no condition that is not the rule's too. */
function isOn(engine: Statement | undefined, { branches }: Statement): boolean {
  if (engine?.args[0]?.value.toLowerCase() !== 'on') return false;
  return engine.branches.every((branch) => branches.includes(branch));
}

/** A condition lets only the root of the site through, behind which nothing is left to join. */
function asksForRoot({ args }: Statement): boolean {
  return /^\^?\/\??\$?$|^=/.test(args[1]?.value ?? '');
}

/** Those of a rule, the last one first. */
function conditionsOf(rule: Statement, { evaluation }: ApacheContext): readonly Statement[] {
  const conditions = withKey(evaluation, 'rewritecond');
  const found: Statement[] = [];
  for (let next = rule; ; ) {
    const condition = lastBefore(conditions, next.order);
    if (condition?.order !== next.order - 1) return found;
    found.push(condition);
    next = condition;
  }
}

/** `RedirectMatch ^/old(.*)$ https://example.com$1`: whoever makes the link says how the host goes on. */
function* named(statement: Statement, index: number, context: ApacheContext): Iterable<ApacheReport> {
  const [pattern, target] = [statement.args[index - 1]?.value ?? '', statement.args[index]?.value ?? ''];
  const host = /^([a-z][a-z0-9+.-]*:\/\/(?:[^/?#$\s%]|%\{)+)\$1(?:\?|$)/i.exec(target)?.[1];
  const rest = host !== undefined && !/^balancer:/i.test(target) && !asksForMore(target) && restOfNameIn(pattern);
  if (!rest || isLimited(statement, context)) return;
  const outcome = isOfProxy(statement)
    ? `with ${rest.name}@other.example clients choose any host they like, and reach what only this server can reach`
    : `${rest.name}${otherHost(host)} leads to ${host}${otherHost(host)}, somebody else's host, by a link that begins with your address`;
  const word = wordLocation(statement, index - 1);
  const range = rangeOfStart(word, pattern, context);
  yield {
    message: `Whatever follows ${rest.name} is appended to the host: ${outcome}. Let the group begin with a slash: ${rest.mended}.`,
    location: wordLocation(statement, index),
    statement,
    fixes: range
      ? [fix('Let the group begin with a slash', false, { file: word.file, range, newText: rest.mended })]
      : [],
  };
}

/** `RewriteRule ^(.*)$ https://example.com/$1` outside of folders: all of a path begins with a slash itself. */
function* doubled(
  statement: Statement,
  index: number,
  context: ApacheContext,
  inFolder = false,
): Iterable<ApacheReport> {
  const isRule = statement.key === 'rewriterule';
  const [pattern, target] = [statement.args[index - 1]?.value ?? '', statement.args[index]?.value ?? ''];
  const [, before, path] = /^(https?:\/\/[^/?#\s]+)\/(\$1(?!\d)|%\{REQUEST_URI\})/i.exec(target) ?? [];
  if (before === undefined || path === undefined) return;
  // Others have no variables, and rules in sections see the names of files.
  if (path !== '$1' ? !isRule : isRule && statement.parents.some(isOfPart)) return;
  if (path === '$1' && (inFolder || !/^\^?\(\/?\.[*+]\)\$?$/.test(pattern))) return;
  const location = wordLocation(statement, index);
  const range = rangeOfStart(location, `${before}/`, context);
  const slash = range && { file: location.file, range: { start: range.end - 1, end: range.end }, newText: '' };
  yield {
    message: `${path} begins with a slash itself: ${isOfProxy(statement) ? 'the backend is asked for //…' : `this leads to ${before}//…`}, which many applications do not know. Leave out the slash before it.`,
    location,
    severity: 'information',
    effect: 'advice',
    statement,
    fixes: slash ? [fix('Leave out the slash', false, slash)] : [],
  };
}

/** What is around a line or before it may let through what begins with a slash only. */
function isLimited(statement: Statement, context: ApacheContext): boolean {
  return (
    statement.parents.some(isOfPart) ||
    conditionsOf(statement, context).some(({ args }) => /URI|REQUEST|FILENAME|\$/i.test(args[0]?.value ?? ''))
  );
}

/** A section for some requests, or a macro. */
function isOfPart({ key }: Statement): boolean {
  return /^(?:location|files|if|else|macro)/.test(key);
}

function isOfProxy({ key, args }: Statement): boolean {
  return key.startsWith('proxy') || /[[,]\s*(?:p|proxy)\s*[\],]/i.test(args[2]?.value ?? '');
}
