import type { PathAnswer } from '../../../tls/model/server-model.ts';
import { isUncertain, locationOf, type Statement } from '../evaluate/statement.ts';
import { mappingOf } from './mapping.ts';
import { substitute, toRegExp } from './path.ts';

/** What is known of a request before it comes. */
export interface RequestFacts {
  readonly https: boolean | undefined;
  readonly port: number | undefined;
  readonly names: readonly string[];
}

/** Where the rules leave the request: answered, or going on with a path that they may have changed. */
export type RewriteResult =
  | { readonly kind: 'answer'; readonly answer: PathAnswer }
  | { readonly kind: 'go-on'; readonly path: string };

type Truth = boolean | undefined;

/**
 * The rules of one virtual host, which inherits none but by `RewriteOptions`, for one path. Names that lead to different answers leave it
 * open.
 */
export function rewrite(
  statements: readonly Statement[],
  inherited: readonly Statement[],
  path: string,
  facts: RequestFacts,
): RewriteResult {
  const { rewriting } = mappingOf(statements);
  const engine = rewriting.findLast(({ key }) => key === 'rewriteengine');
  if (engine && isConditional(engine)) {
    return { kind: 'answer', answer: { kind: 'unknown', reason: `${engine.node.name} depends on a condition` } };
  }
  if (engine?.args[0]?.value.toLowerCase() !== 'on') return { kind: 'go-on', path };
  const main = mappingOf(inherited).rewriting;
  if (rewriting.some((own) => inherits(own, 'inherit')) || main.some((each) => inherits(each, 'inheritdown'))) {
    if (main.some(({ key }) => key === 'rewriterule')) {
      return { kind: 'answer', answer: { kind: 'unknown', reason: 'RewriteOptions brings rules of the main server' } };
    }
  }
  const [first, ...others] = facts.names.slice(0, mostNames);
  if (first === undefined) return rewriteFor(rewriting, path, facts);
  const result = rewriteFor(rewriting, path, { ...facts, names: [first] });
  for (const name of others) {
    const other = rewriteFor(rewriting, path, { ...facts, names: [name] });
    if (!isAlike(other, name, result, first)) {
      return { kind: 'answer', answer: { kind: 'unknown', reason: 'the rewrite rules answer each name differently' } };
    }
  }
  return result;
}

function inherits({ key, args }: Statement, word: string): boolean {
  return key === 'rewriteoptions' && args.some(({ value }) => value.toLowerCase().startsWith(word));
}

/** More names than this are not tried one by one. */
const mostNames = 30;

/** Whether two results say the same, the name of the host left open. */
function isAlike(one: RewriteResult, oneName: string, other: RewriteResult, otherName: string): boolean {
  if (one.kind === 'go-on' && other.kind === 'go-on') return one.path === other.path;
  if (one.kind === 'answer' && other.kind === 'answer') {
    const [a, b] = [one.answer, other.answer];
    if (a.kind === 'redirect' && b.kind === 'redirect' && a.location.range.start === b.location.range.start) {
      return a.status === b.status && withoutName(a.to, oneName) === withoutName(b.to, otherName);
    }
  }
  return withoutName(JSON.stringify(one), oneName) === withoutName(JSON.stringify(other), otherName);
}

function withoutName(text: string, name: string): string {
  return text.replaceAll(`//${name}`, '//*');
}

/** In order, each rule with the `RewriteCond`s before it; stops at the first whose conditions nobody can know. */
function rewriteFor(statements: readonly Statement[], path: string, facts: RequestFacts): RewriteResult {
  let current = path;
  let conditions: Statement[] = [];
  for (const statement of statements) {
    if (statement.key === 'rewritecond') conditions.push(statement);
    if (statement.key !== 'rewriterule') continue;
    const result = applyRule(statement, conditions, current, facts);
    conditions = [];
    if (result.kind === 'answer' || result.last) return result;
    current = result.path;
  }
  return { kind: 'go-on', path: current };
}

type RuleResult =
  | { readonly kind: 'answer'; readonly answer: PathAnswer }
  | { readonly kind: 'go-on'; readonly path: string; readonly last: boolean };

function applyRule(rule: Statement, conditions: readonly Statement[], path: string, facts: RequestFacts): RuleResult {
  const goOn: RuleResult = { kind: 'go-on', path, last: false };
  const [patternText = '', target = '', flagText = ''] = rule.args.map(({ value }) => value);
  const flags = readFlags(flagText);
  const negated = patternText.startsWith('!');
  const pattern = toRegExp(negated ? patternText.slice(1) : patternText, flags.has('nc') || flags.has('nocase'));
  const unknown = (reason: string): RuleResult => ({ kind: 'answer', answer: { kind: 'unknown', reason } });
  if (!pattern || isUncertain(patternText)) return unknown(`the expression ${patternText} cannot be evaluated here`);
  const match = pattern.exec(path);
  if ((match === null) !== negated) return goOn;
  const truth = isConditional(rule) || conditions.some(isConditional) ? undefined : allHold(conditions, path, facts);
  if (truth === false) return goOn;
  const changesNothing =
    target === '-' && !['f', 'forbidden', 'g', 'gone', 'r', 'redirect', 'p', 'proxy'].some((flag) => flags.has(flag));
  const isLast = flags.has('l') || flags.has('last') || flags.has('end');
  if (truth === undefined) {
    if (changesNothing && !isLast && !flags.has('s') && !flags.has('skip') && !flags.has('c')) return goOn;
    return unknown(`a condition of ${rule.node.name} ${patternText} depends on the request`);
  }
  if (flags.has('s') || flags.has('skip') || flags.has('c') || flags.has('chain')) {
    return unknown(`${rule.node.name} with a chain or a skip is not followed`);
  }
  return outcome(rule, { target, flags, match, path, isLast, changesNothing, names: facts.names });
}

/** Under `<IfModule mod_rewrite.c>` a rule is there whenever it matters. */
function isConditional({ branches }: Statement): boolean {
  return branches.some(({ kind }) => kind !== 'module');
}

interface MatchedRule {
  readonly target: string;
  readonly flags: ReadonlyMap<string, string>;
  readonly match: RegExpMatchArray | null;
  readonly path: string;
  readonly isLast: boolean;
  readonly changesNothing: boolean;
  readonly names: readonly string[];
}

function outcome(rule: Statement, matched: MatchedRule): RuleResult {
  const { target, flags, match, path, isLast, changesNothing, names } = matched;
  const location = locationOf(rule);
  const answer = (value: PathAnswer): RuleResult => ({ kind: 'answer', answer: value });
  if (flags.has('f') || flags.has('forbidden')) return answer({ kind: 'status', status: 403, location });
  if (flags.has('g') || flags.has('gone')) return answer({ kind: 'status', status: 410, location });
  if (changesNothing) return { kind: 'go-on', path, last: isLast };
  const to = expand(match ? substitute(target, match) : target, path, names);
  if (flags.has('p') || flags.has('proxy')) return answer({ kind: 'proxy', to, location });
  const redirectFlag = flags.get('r') ?? flags.get('redirect');
  if (redirectFlag !== undefined || /^[a-z][a-z0-9+.-]*:\/\//i.test(to)) {
    const status = redirectStatus(redirectFlag);
    if (status < 300 || status > 399) return answer({ kind: 'status', status, location });
    return answer({ kind: 'redirect', status, to, location });
  }
  if (/[%$]\{/.test(to)) return answer({ kind: 'unknown', reason: `${rule.node.name} rewrites to ${to}` });
  return { kind: 'go-on', path: to, last: isLast };
}

function redirectStatus(flag: string | undefined): number {
  if (flag === undefined || flag === '') return 302;
  const words: Readonly<Record<string, number>> = { permanent: 301, temp: 302, seeother: 303 };
  return words[flag.toLowerCase()] ?? (Number(flag) || 302);
}

function expand(target: string, path: string, names: readonly string[]): string {
  const [name] = names;
  return target
    .replaceAll(/%\{REQUEST_URI\}/gi, path)
    .replaceAll(/%\{(?:HTTP_HOST|SERVER_NAME)\}/gi, (whole) => name ?? whole);
}

const noFlags: ReadonlyMap<string, string> = new Map();

/** The same few flags stand behind rule after rule. */
const flagsOf = new Map<string, ReadonlyMap<string, string>>();
const mostRemembered = 500;

/** `[R=301,L,NC]` as names in lower case and values. */
function readFlags(text: string): ReadonlyMap<string, string> {
  if (text === '') return noFlags;
  const known = flagsOf.get(text);
  if (known) return known;
  const flags = new Map<string, string>();
  for (const part of text.replace(/^\[|\]$/g, '').split(',')) {
    const [name = '', value = ''] = part.trim().split('=');
    if (name !== '') flags.set(name.toLowerCase(), value);
  }
  if (flagsOf.size >= mostRemembered) flagsOf.clear();
  flagsOf.set(text, flags);
  return flags;
}

/** Conditions are joined by "and", those with `[OR]` to the next by "or". */
function allHold(conditions: readonly Statement[], path: string, facts: RequestFacts): Truth {
  let all: Truth = true;
  let group: Truth = false;
  for (const condition of conditions) {
    group = or(group, holds(condition, path, facts));
    const flags = readFlags(condition.args[2]?.value ?? '');
    if (flags.has('or') || flags.has('ornext')) continue;
    all = and(all, group);
    group = false;
  }
  return all;
}

function holds(condition: Statement, path: string, facts: RequestFacts): Truth {
  const [subject = '', patternText = '', flagText = ''] = condition.args.map(({ value }) => value);
  const flags = readFlags(flagText);
  const ignoreCase = flags.has('nc') || flags.has('nocase');
  const negated = patternText.startsWith('!');
  const pattern = negated ? patternText.slice(1) : patternText;
  const values = valuesOf(subject, path, facts);
  if (!values) return undefined;
  const results = new Set(values.map((value) => test(value, pattern, ignoreCase)));
  if (results.size !== 1 || results.has(undefined)) return undefined;
  return results.has(true) !== negated;
}

/** Every value that a test string can have, or undefined where it depends on the request. */
function valuesOf(subject: string, path: string, { https, port, names }: RequestFacts): readonly string[] | undefined {
  switch (subject.toUpperCase()) {
    case '%{HTTPS}':
      return https === undefined ? undefined : [https ? 'on' : 'off'];
    case '%{SERVER_PORT}':
      return port === undefined ? undefined : [String(port)];
    case '%{REQUEST_SCHEME}':
      return https === undefined ? undefined : [https ? 'https' : 'http'];
    case '%{REQUEST_URI}':
      return [path];
    case '%{THE_REQUEST}':
      return [`GET ${path} HTTP/1.1`];
    case '%{HTTP_HOST}':
    case '%{SERVER_NAME}':
      return names.length === 0 || names.some((name) => /[*?]/.test(name)) ? undefined : names;
    default:
      return undefined;
  }
}

function test(value: string, pattern: string, ignoreCase: boolean): Truth {
  if (/^-[a-z]/i.test(pattern) || /^[<>]/.test(pattern)) return undefined;
  const fold = (text: string) => (ignoreCase ? text.toLowerCase() : text);
  if (pattern.startsWith('=')) return fold(value) === fold(pattern.slice(1).replace(/^"(.*)"$/, '$1'));
  return toRegExp(pattern, ignoreCase)?.test(value);
}

function and(a: Truth, b: Truth): Truth {
  if (a === false || b === false) return false;
  return a === undefined || b === undefined ? undefined : true;
}

function or(a: Truth, b: Truth): Truth {
  if (a === true || b === true) return true;
  return a === undefined || b === undefined ? undefined : false;
}
