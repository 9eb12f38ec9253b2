import type { PathAnswer } from '../../../tls/model/server-model.ts';
import { isUncertain, locationOf, type Statement } from '../evaluate/statement.ts';
import { substitute, toRegExp } from './path.ts';
import { allHold, type RewriteRequest } from './rewrite-conditions.ts';
import { hasFlag, readFlags } from './rewrite-flags.ts';

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
  let conditions: Statement[] = [];
  const end = (isFinal: boolean): RewriteResult => ({
    kind: 'go-on',
    to,
    isFinal,
    isMapped: to !== from && !isPassedOn,
  });
  for (const statement of statements) {
    if (statement.key === 'rewritecond') conditions.push(statement);
    if (statement.key !== 'rewriterule') continue;
    const result = applyRule(statement, conditions, to, request, place);
    conditions = [];
    if (result.kind === 'answer') return result;
    ({ to } = result);
    isPassedOn = result.isPassedOn;
    if (result.isLast || isPassedOn) return end(result.isFinal);
  }
  return end(false);
}

const ofServer: Place = { folder: undefined, base: undefined };

type RuleResult =
  | { readonly kind: 'answer'; readonly answer: PathAnswer }
  | {
      readonly kind: 'go-on';
      readonly to: string;
      readonly isLast: boolean;
      readonly isFinal: boolean;
      readonly isPassedOn: boolean;
    };

function applyRule(
  rule: Statement,
  conditions: readonly Statement[],
  current: string,
  request: RewriteRequest,
  place: Place,
): RuleResult {
  const goOn: RuleResult = { kind: 'go-on', to: current, isLast: false, isFinal: false, isPassedOn: false };
  const [patternText = '', target = '', flagText = ''] = rule.args.map(({ value }) => value);
  const flags = readFlags(flagText);
  const negated = patternText.startsWith('!');
  const pattern = toRegExp(negated ? patternText.slice(1) : patternText, hasFlag(flags, 'nc', 'nocase'));
  const unknown = (reason: string): RuleResult => ({ kind: 'answer', answer: { kind: 'unknown', reason } });
  if (!pattern || isUncertain(patternText)) return unknown(`the expression ${patternText} cannot be evaluated here`);
  const match = pattern.exec(insideOf(place.folder, current));
  if ((match === null) !== negated) return goOn;
  const truth = isConditional(rule) || conditions.some(isConditional) ? undefined : allHold(conditions, request);
  if (truth === false) return goOn;
  const answers = hasFlag(flags, 'f', 'forbidden', 'g', 'gone', 'r', 'redirect', 'p', 'proxy');
  const jumps = hasFlag(flags, 's', 'skip', 'c', 'chain', 'n', 'next');
  const isFinal = flags.has('end');
  const isLast = isFinal || hasFlag(flags, 'l', 'last');
  const changesNothing = target === '-' && !answers;
  if (truth === undefined) {
    if (changesNothing && !isLast && !jumps) return goOn;
    return unknown(`a condition of ${rule.node.name} ${patternText} depends on the request`);
  }
  if (jumps) return unknown(`${rule.node.name} with a chain or a skip is not followed`);
  if (changesNothing) return { ...goOn, isLast, isFinal };
  const outcome = outcomeOf(rule, expand(match ? substitute(target, match) : target, request), flags, place);
  return typeof outcome === 'string'
    ? { kind: 'go-on', to: outcome, isLast, isFinal, isPassedOn: hasFlag(flags, 'pt', 'passthrough') }
    : { kind: 'answer', answer: outcome };
}

/** Under `<IfModule mod_rewrite.c>` a rule is there whenever it matters. */
function isConditional({ branches }: Statement): boolean {
  return branches.some(({ kind }) => kind !== 'module');
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
    if (status < 300 || status > 399) return { kind: 'status', status, location };
    if (folder === undefined || isAddress || to.startsWith('/')) return { kind: 'redirect', status, to, location };
    if (base !== undefined) return { kind: 'redirect', status, to: `${base}${to}`, location };
    return { kind: 'unknown', reason: `${rule.node.name} redirects to ${to} without a RewriteBase` };
  }
  if (/[%$]\{/.test(to)) return { kind: 'unknown', reason: `${rule.node.name} rewrites to ${to}` };
  const path = to.replace(/\?.*$/s, '');
  return folder === undefined || path.startsWith('/') ? path : `${folder}/${path}`;
}

function redirectStatus(flag: string | undefined): number {
  if (flag === undefined || flag === '') return 302;
  const words: Readonly<Record<string, number>> = { permanent: 301, temp: 302, seeother: 303 };
  return words[flag.toLowerCase()] ?? (Number(flag) || 302);
}

function expand(target: string, { path, names: [name] }: RewriteRequest): string {
  return target
    .replaceAll(/%\{REQUEST_URI\}/gi, path)
    .replaceAll(/%\{(?:HTTP_HOST|SERVER_NAME)\}/gi, (whole) => name ?? whole);
}
