import { remember } from '../../../memory/remember.ts';
import { entryOf } from '../../../text/entry-of.ts';
import type { PathAnswer } from '../../../tls/model/server-model.ts';
import { isConditional, locationOf, type Statement } from '../evaluate/statement.ts';
import { substitute, toRegExp } from '../patterns.ts';
import { isUncertain } from '../uncertain.ts';
import { allHold, groupsOf, type RewriteRequest, withoutPort } from './rewrite-conditions.ts';
import { hasFlag, readFlags } from './rewrite-flags.ts';
import { rulesFor } from './rules-by-beginning.ts';

/** Where rules leave a request: answered, or going on with a path, or a file, that they may have changed. */
export type RewriteResult =
  | { readonly kind: 'answer'; readonly answer: PathAnswer }
  /**
   * `isFinal`: no rule of a folder comes behind (`[END]`). `isMapped`: rules have changed it, and none passes it on to what
   * maps paths else (`[PT]`).
   */
  | { readonly kind: 'go-on'; readonly to: string; readonly isFinal: boolean; readonly isMapped: boolean };

/** Whose rules they are. */
interface Place {
  /** Without a slash at its end; undefined: those of a server. Patterns see what is left of a file behind it. */
  readonly folder: string | undefined;
  /** `RewriteBase`: the path under which clients see the folder. */
  readonly base: string | undefined;
}

/** In order, each rule with the `RewriteCond`s before it; stops at the first whose conditions nobody can know. */
export function applyRules(
  statements: readonly Statement[],
  from: string,
  request: RewriteRequest,
  place: Place = ofServer,
): RewriteResult {
  let to = from;
  let isPassedOn = false;
  /** A rule may lead to the same path again, which then counts as changed. */
  let isRewritten = false;
  /** Without `[L]` the rules behind a redirect see its address, and may make another path of it. */
  let redirect: PathAnswer | undefined;
  const end = (isFinal: boolean): RewriteResult =>
    redirect
      ? { kind: 'answer', answer: isPassedOn ? { kind: 'unknown', reason: passedAddress } : redirect }
      : { kind: 'go-on', to, isFinal, isMapped: isRewritten && !isPassedOn };
  const rules = rulesOf(statements);
  let text = insideOf(place.folder, to);
  let next = rulesFor(rules, text);
  for (let index = -1; ; ) {
    index = next(index + 1);
    const rule = rules[index];
    if (rule === undefined) return end(false);
    // What a rule made of it is nothing that anybody has seen on the disk.
    const asked = to === from ? request : { ...request, file: undefined };
    const result = applyRule(rule, to, text, asked, place);
    if (result === 'no match') {
      // What it is chained with is left out too.
      while (hasFlag(rules[index]?.flags ?? noFlags, 'c', 'chain')) index++;
      continue;
    }
    if (result.kind === 'answer') return result;
    if (result.redirect) ({ redirect } = result);
    else if (redirect && result.to !== to) redirect = { kind: 'unknown', reason: withoutAddress };
    if (result.to !== to) {
      ({ to } = result);
      text = insideOf(place.folder, to);
      next = rulesFor(rules, text);
    }
    isRewritten ||= result.isRewritten;
    isPassedOn = result.isPassedOn;
    if (result.isLast || isPassedOn) return end(result.isFinal);
    index += skippedBy(rule.flags);
  }
}

/** The status stays, for whatever answers the path. */
const withoutAddress = 'a rule after a redirect removes its address';
const passedAddress = 'a rule passes an address on as if it were a path';

/** A rule with the conditions before it. */
export interface ConditionalRule {
  readonly rule: Statement;
  readonly conditions: readonly Statement[];
  readonly flags: ReadonlyMap<string, string>;
  /** Undefined where it cannot be evaluated here. */
  readonly pattern: { readonly expression: RegExp; readonly negated: boolean } | undefined;
}

const noFlags: ConditionalRule['flags'] = new Map();

/** Thousands of virtual hosts may have the same. */
export const rulesOf = remember((statements: readonly Statement[]): readonly ConditionalRule[] => {
  const rules: ConditionalRule[] = [];
  let conditions: Statement[] = [];
  for (const statement of statements) {
    if (statement.key === 'rewritecond') conditions.push(statement);
    if (statement.key !== 'rewriterule') continue;
    rules.push(new RuleOf(statement, conditions));
    conditions = [];
  }
  return rules;
});

/** Thousands of paths may ask each, or none. */
class RuleOf implements ConditionalRule {
  readonly rule: Statement;
  readonly conditions: readonly Statement[];
  readonly flags: ConditionalRule['flags'];
  private known: { readonly pattern: ConditionalRule['pattern'] } | undefined;

  constructor(rule: Statement, conditions: readonly Statement[]) {
    this.rule = rule;
    this.conditions = conditions;
    this.flags = readFlags(rule.args[2]?.value ?? '');
  }

  get pattern(): ConditionalRule['pattern'] {
    this.known ??= { pattern: this.read() };
    return this.known.pattern;
  }

  private read(): ConditionalRule['pattern'] {
    const text = this.rule.args[0]?.value ?? '';
    const negated = text.startsWith('!');
    const expression = toRegExp(negated ? text.slice(1) : text, hasFlag(this.flags, 'nc', 'nocase'));
    return expression && !isUncertain(text) ? { expression, negated } : undefined;
  }
}

/** How many of the next rules one that matches leaves out. */
function skippedBy(flags: ConditionalRule['flags']): number {
  return Math.max(0, Number.parseInt(flags.get('s') ?? flags.get('skip') ?? '0', 10) || 0);
}

const goingOn = { kind: 'go-on', isLast: false, isFinal: false, isPassedOn: false, isRewritten: false } as const;
const emptyWord = { value: '' };
const ofServer: Place = { folder: undefined, base: undefined };

type RuleResult =
  | { readonly kind: 'answer'; readonly answer: PathAnswer }
  | {
      readonly kind: 'go-on';
      readonly to: string;
      /** With `to` as its address, in full. */
      readonly redirect?: PathAnswer & { readonly kind: 'redirect' };
      readonly isLast: boolean;
      readonly isFinal: boolean;
      readonly isPassedOn: boolean;
      readonly isRewritten: boolean;
    };

function unknown(reason: string): RuleResult {
  return { kind: 'answer', answer: { kind: 'unknown', reason } };
}

/** @param text what its pattern sees of the path */
function applyRule(
  { rule, conditions, flags, pattern }: ConditionalRule,
  current: string,
  text: string,
  request: RewriteRequest,
  place: Place,
): RuleResult | 'no match' {
  const [{ value: patternText } = emptyWord, { value: target } = emptyWord] = rule.args;
  if (!pattern) return unknown(`the expression ${patternText} cannot be evaluated here`);
  const match = pattern.expression.exec(text);
  if ((match === null) !== pattern.negated) return 'no match';
  const goOn = { ...goingOn, to: current };
  const truth = isConditional(rule) || conditions.some(isConditional) ? undefined : allHold(conditions, request);
  if (truth === false) return 'no match';
  const refuses = hasFlag(flags, 'f', 'forbidden', 'g', 'gone');
  const redirects = flags.get('r') ?? flags.get('redirect');
  // Without a target nothing is redirected, but any other status is given.
  const answers = refuses || (redirects !== undefined && !isRedirectStatus(redirectStatus(redirects)));
  const jumps = hasFlag(flags, 's', 'skip', 'c', 'chain', 'n', 'next');
  const isFinal = flags.has('end');
  const isLast = isFinal || hasFlag(flags, 'l', 'last', 'p', 'proxy');
  const isPassedOn = hasFlag(flags, 'pt', 'passthrough');
  const changesNothing = target === '-' && !answers;
  if (truth === undefined) {
    if (changesNothing && !isLast && !jumps) return goOn;
    return unknown(`a condition of ${rule.node.name} ${patternText} depends on the request`);
  }
  if (hasFlag(flags, 'n', 'next')) return unknown(`${rule.node.name} begins anew, which is not followed`);
  if (changesNothing) {
    return redirects === undefined
      ? { ...goOn, isLast, isFinal, isPassedOn }
      : unknown(`${rule.node.name} redirects to nothing`);
  }
  const groups = /%\d/.test(target) ? groupsOf(conditions, request) : [];
  if (groups === undefined) return unknown(`${rule.node.name} goes on with what a condition takes from the request`);
  const filled = match ? substitute(target, match) : target.replace(/\$\d/g, '');
  const outcome = outcomeOf(rule, expand(filled, groups, request), flags, place);
  if (typeof outcome === 'string')
    return { kind: 'go-on', to: outcome, isLast, isFinal, isPassedOn, isRewritten: true };
  if (outcome.kind !== 'redirect') return { kind: 'answer', answer: outcome };
  if (isPassedOn) return unknown(passedAddress);
  const to = outcome.to.startsWith('/') ? `http://${request.names[0] ?? 'localhost'}${outcome.to}` : outcome.to;
  return { kind: 'go-on', to, redirect: outcome, isLast, isFinal, isPassedOn, isRewritten: true };
}

/** A rule that sets a variable, a header or a type and neither answers nor changes the path, whatever its conditions say. */
export function leavesPath({ key, args: [, target, flags] }: Statement): boolean {
  if (key !== 'rewriterule') return true;
  return (
    target?.value === '-' && !hasFlag(readFlags(flags?.value ?? ''), 'f', 'forbidden', 'g', 'gone', 'r', 'redirect')
  );
}

/** What a pattern sees of a file, or of a path that a rule before made of it. */
function insideOf(folder: string | undefined, current: string): string {
  return folder !== undefined && current.startsWith(`${folder}/`) ? current.slice(folder.length + 1) : current;
}

/** The answer, or what the request goes on with. */
function outcomeOf(
  rule: Statement,
  to: string,
  flags: ReadonlyMap<string, string>,
  { folder, base }: Place,
): PathAnswer | string {
  const location = locationOf(rule);
  if (hasFlag(flags, 'f', 'forbidden')) return { kind: 'status', status: 403, location };
  if (hasFlag(flags, 'g', 'gone')) return { kind: 'status', status: 410, location };
  if (hasFlag(flags, 'p', 'proxy')) return { kind: 'proxy', to, location };
  const redirects = flags.get('r') ?? flags.get('redirect');
  const isAddress = /^[a-z][a-z0-9+.-]*:\/\//i.test(to);
  if (redirects !== undefined || isAddress) {
    const status = redirectStatus(redirects);
    if (!isRedirectStatus(status)) return { kind: 'status', status, location };
    if (folder === undefined || isAddress || to.startsWith('/')) return { kind: 'redirect', status, to, location };
    if (base !== undefined) return { kind: 'redirect', status, to: `${base}${to}`, location };
    return { kind: 'unknown', reason: `${rule.node.name} redirects to ${to} without a RewriteBase` };
  }
  if (/[%$]\{/.test(to)) return { kind: 'unknown', reason: `${rule.node.name} rewrites to ${to}` };
  const path = to.replace(/\?.*$/s, '');
  return path.startsWith('/') ? path : `${folder ?? ''}/${path}`;
}

function isRedirectStatus(status: number): boolean {
  return status >= 300 && status <= 399;
}

function redirectStatus(flag: string | undefined): number {
  if (flag === undefined || flag === '') return 302;
  const words: Readonly<Record<string, number>> = { permanent: 301, temp: 302, seeother: 303 };
  return entryOf(words, flag.toLowerCase()) ?? (Number(flag) || 302);
}

function expand(target: string, groups: readonly string[], { path, names: [name] }: RewriteRequest): string {
  return target
    .replaceAll(/%(\d)/g, (_, digit: string) => groups[Number(digit)] ?? '')
    .replaceAll(/%\{REQUEST_URI\}/gi, path)
    .replaceAll(/%\{HTTP_HOST\}/gi, (whole) => name ?? whole)
    .replaceAll(/%\{SERVER_NAME\}/gi, (whole) => (name === undefined ? whole : withoutPort(name)));
}
