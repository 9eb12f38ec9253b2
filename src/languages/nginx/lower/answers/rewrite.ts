import { remember } from '../../../../memory/remember.ts';
import type { PathAnswer } from '../../../../tls/model/server-model.ts';
import { byCondition, isConditional } from '../../conditions.ts';
import { marksOf } from '../../parse/tree.ts';
import type { Item, Scope } from '../../scope.ts';
import { locate } from '../../scope.ts';
import { whyOpen } from '../../unread.ts';
import { fillIn, fillWhatIsKnown, type RequestFacts, variableValue } from '../variables.ts';
import { decidesContent } from './content.ts';
import { compileExpression } from './pattern.ts';
import type { Request } from './request.ts';

/**
 * What the rewriting phase of one block leads to: an answer at a path (`body`: with a text of its own, which no error page replaces), or
 * a path to go on with (`again`: look for its location; `inPlace`: stay, though the path is another one); either by the settings of the last
 * `if` that held.
 */
export type RewriteResult = Answered | WentOn;

interface Answered {
  readonly kind: 'answer';
  readonly answer: PathAnswer;
  readonly path: string;
  readonly body?: boolean;
  readonly within?: Scope | undefined;
}

interface WentOn {
  readonly kind: 'go-on';
  readonly path: string;
  readonly again: boolean;
  readonly inPlace: boolean;
  readonly within?: Scope | undefined;
  /** Each `if` that somebody else may answer in, and of which nobody can say here whether it holds. */
  readonly undecided?: readonly Scope[];
}

/** Where a request is in its rewriting phase. */
interface Progress {
  path: string;
  /** The path is another one, whose location is still to be looked for (`uri_changed`). */
  changed: boolean;
  inPlace: boolean;
  /** A `break`, or the flag of a `rewrite`, has ended the phase. */
  ended: boolean;
  within: Scope | undefined;
  undecided: readonly Scope[];
}

/** Runs `return`, `rewrite` and `if` of one block in their order (ngx_http_rewrite_module). */
export function runRewrites(scope: Scope, request: Request): RewriteResult {
  const { path } = request;
  if ((scope.marks & rewritingMarks) === 0) return { kind: 'go-on', path, again: false, inPlace: false };
  const progress: Progress = { path, changed: false, inPlace: false, ended: false, within: undefined, undecided: [] };
  const answered = runStatements(scope, request, progress);
  return answered && progress.within ? { ...answered, within: progress.within } : (answered ?? wentOn(progress));
}

function wentOn({ path, changed, inPlace, within, undecided }: Progress): WentOn {
  return { kind: 'go-on', path, again: changed, inPlace, within, undecided };
}

/** An answer, or undefined where `progress` tells how the request goes on. */
function runStatements(scope: Scope, request: Request, progress: Progress): Answered | undefined {
  /** How it would go on if an `if` that nobody can decide had ended the phase. */
  let otherwise: Progress | undefined;
  const isOther = (answer: Answered | undefined) =>
    otherwise !== undefined &&
    (answer !== undefined || progress.path !== otherwise.path || progress.changed !== otherwise.changed);
  for (const item of statementsOf(scope)) {
    if (scope.open && decides(item) && isConditional(item)) return unknownAnswer(byCondition);
    let answer: Answered | undefined;
    if (item.name === 'if' && item.inner) {
      const inside = runIf(item, item.inner, scope, request, progress);
      if (inside === 'may end') otherwise ??= { ...progress };
      else answer = inside;
    } else answer = runStatement(item, scope, request, progress);
    if (answer || progress.ended) return isOther(answer) ? unknownAnswer(byRequest) : answer;
  }
  return isOther(undefined) ? unknownAnswer(byRequest) : undefined;
}

export const byRequest = 'an "if" depends on the request';

function runStatement(item: Item, scope: Scope, request: Request, progress: Progress): Answered | undefined {
  const { path } = progress;
  switch (item.name) {
    case 'return':
      return {
        kind: 'answer',
        answer: returned(item, { ...request, path }, scope),
        path,
        body: item.args.length > 1,
      };
    case 'rewrite': {
      const result = rewrite(item, { ...request, path }, scope);
      if (result === 'unknown') return unknownAnswer('a "rewrite" cannot be evaluated here');
      if (result === undefined) return undefined;
      if ('answer' in result) return { kind: 'answer', answer: result.answer, path };
      progress.path = result.path;
      progress.changed = true;
      if (result.flag === 'break') stay(progress);
      progress.ended = result.flag === 'break' || result.flag === 'last';
      return undefined;
    }
    case 'break':
      stay(progress);
      progress.ended = true;
      return undefined;
    case 'set':
      assign(item, { ...request, path }, scope);
      return undefined;
    default:
      return undefined;
  }
}

/** No other location is looked for. */
function stay(progress: Progress): void {
  progress.inPlace ||= progress.changed;
  progress.changed = false;
}

/** What stands in an `if` is run as if it stood behind it. */
function runIf(
  item: Item,
  inner: Scope,
  scope: Scope,
  request: Request,
  progress: Progress,
): Answered | 'may end' | undefined {
  const holds = conditionHolds(item, { ...request, path: progress.path }, scope);
  if (holds === false) return undefined;
  if (inner.open) return unknownAnswer(whyOpen(inner, 'answer'));
  if (holds) {
    progress.within = inner;
    progress.undecided = [];
    return runStatements(inner, request, progress);
  }
  const inside = { ...progress };
  const before = valuesBefore(inner, request.assigned);
  const answer = runStatements(inner, request, inside);
  forgetChanges(request.assigned, before);
  if (answer || inside.path !== progress.path || inside.changed !== progress.changed) return unknownAnswer(byRequest);
  if (decidesContent(inner)) progress.undecided = [...progress.undecided, inner];
  return inside.ended ? 'may end' : undefined;
}

/** True for a line that may end the phase, or lead to another path. */
function decides({ name, inner }: Item): boolean {
  if (name === 'if') return inner !== undefined && (inner.marks & rewritingMarks) !== 0;
  return name === 'return' || name === 'rewrite' || name === 'break';
}

/** Most blocks have none of these. */
const statements: ReadonlySet<string> = new Set(['return', 'rewrite', 'break', 'if', 'set']);
const rewritingMarks = marksOf(statements);

/** The statements of a block's rewriting phase: every request passes them, and a block may be full of other directives. */
const statementsOf = remember((scope: Scope) => scope.items.filter(({ name }) => statements.has(name)));

/** How many statements of the rewriting phase a block has, with those inside of each `if`. */
export function countStatements(scope: Scope): number {
  if ((scope.marks & rewritingMarks) === 0) return 0;
  return statementsOf(scope).reduce(
    (count, { name, inner }) => count + 1 + (name === 'if' && inner ? countStatements(inner) : 0),
    0,
  );
}

/** What `set` has put into variables, by their names. */
type Assigned = Pick<Request['assigned'], 'has' | 'get' | 'set'>;

type AssigningFacts = RequestFacts & { readonly assigned: Assigned };

function assign(item: Item, facts: AssigningFacts, scope: Scope): void {
  const [name, value] = item.args;
  if (!name || !value) return;
  const text = value.templated || isConditional(item) ? undefined : fillIn(value.value, facts, scope);
  facts.assigned.set(assignedBy(item), text);
}

/** The variable of a `set`, as it is asked for. */
export function assignedBy({ args }: Item): string {
  return args[0]?.value.slice(1).toLowerCase() ?? '';
}

/** What `set` has put into variables when a request has come through these blocks, outermost last, to the content. */
export function assignedWithin(scopes: readonly Scope[]): Assigned {
  const setting = scopes.filter((scope) => scope.findFirst('set') ?? scope.findFirst('if'));
  const outermost = setting.pop();
  // Many locations may stand in a server that has much else.
  const around = outermost ? assignedIn(outermost) : new Map();
  return setting.length === 0 ? around : assignedBetween(setting, new Inner(around));
}

/** What blocks inside of another one set, before what that sets: nothing is copied for each of thousands of them. */
class Inner implements Assigned {
  private readonly own: Request['assigned'] = new Map();
  private readonly around: Assigned;

  constructor(around: Assigned) {
    this.around = around;
  }

  has(name: string): boolean {
    return this.own.has(name) || this.around.has(name);
  }

  get(name: string): string | undefined {
    return this.own.has(name) ? this.own.get(name) : this.around.get(name);
  }

  set(name: string, value: string | undefined): Request['assigned'] {
    return this.own.set(name, value);
  }
}

const assignedIn = remember((scope: Scope) => assignedBetween([scope], new Map()));

function assignedBetween(scopes: readonly Scope[], assigned: Assigned): Assigned {
  for (const scope of scopes.toReversed()) {
    for (let item = scope.first; item; item = item.next) {
      if (item.name === 'set') assign(item, { assigned }, scope);
      // Whether nginx comes by there depends on the request.
      for (const inside of item.name === 'if' ? (item.inner?.find('set') ?? []) : []) {
        assigned.set(assignedBy(inside), undefined);
      }
    }
  }
  return assigned;
}

/** What the variables that a block sets hold before it is run. */
function valuesBefore(scope: Scope, assigned: Request['assigned']): Request['assigned'] {
  return new Map(scope.find('set').map((item) => [assignedBy(item), assigned.get(assignedBy(item))]));
}

/** Variables that were set where nobody knows whether nginx came by are unknown from there on. */
function forgetChanges(assigned: Request['assigned'], before: Request['assigned']): void {
  for (const [name, value] of before)
    if (value === undefined || assigned.get(name) !== value) assigned.set(name, undefined);
}

function unknownAnswer(reason: string): Answered {
  return { kind: 'answer', answer: { kind: 'unknown', reason }, path: '' };
}

/** `return 301 https://…`, `return 404`, `return https://…` (which is a 302). */
function returned(item: Item, request: Request, scope: Scope): PathAnswer {
  const [first = '', second] = item.args.map(({ value }) => value);
  if (item.args.some(({ templated }) => templated)) {
    return { kind: 'unknown', reason: 'a template fills in what "return" answers' };
  }
  const status = /^\d+$/.test(first) ? Number(first) : 302;
  const target = /^\d+$/.test(first) ? second : first;
  const redirects = [301, 302, 303, 307, 308].includes(status);
  if (!redirects || target === undefined) return { kind: 'status', status, location: locate(item) };
  return { kind: 'redirect', status, to: fillWhatIsKnown(target, request, scope), location: locate(item) };
}

type Rewritten = { readonly path: string; readonly flag: string } | { readonly answer: PathAnswer };

function rewrite(item: Item, request: Request, scope: Scope): Rewritten | 'unknown' | undefined {
  const [pattern, replacement, flag] = item.args;
  if (!pattern || !replacement) return undefined;
  if (pattern.templated || replacement.templated) return 'unknown';
  const expression = compileExpression(pattern.value, false);
  if (!expression) return 'unknown';
  const { path } = request;
  const match = expression.exec(path);
  if (!match) return undefined;
  const caught = replacement.value.replace(/\$(\d)/g, (_, digit: string) => match[Number(digit)] ?? '');
  const filled = fillWhatIsKnown(caught, request, scope);
  const isRedirect = /^(?:https?:\/\/|\$scheme)/.test(replacement.value);
  if (isRedirect || flag?.value === 'redirect' || flag?.value === 'permanent') {
    const status = flag?.value === 'permanent' ? 301 : 302;
    return { answer: { kind: 'redirect', status, to: filled.replace(/\?$/, ''), location: locate(item) } };
  }
  const target = filled.split('?')[0] ?? filled;
  if (target.includes('$')) return 'unknown';
  // "the rewritten URI has a zero length"
  if (target === '') return { answer: { kind: 'status', status: 500, location: locate(item) } };
  return { path: target, flag: flag?.value ?? '' };
}

/** Whether an `if` holds; undefined where it depends on what nobody can know here. */
export function conditionHolds(item: Item, request: RequestFacts, scope: Scope): boolean | undefined {
  const text = item.args
    .map(({ value }) => value)
    .join(' ')
    .replace(/^\(\s*|\s*\)$/g, '');
  const match = /^\$(\w+)(?:\s+(=|!=|~\*?|!~\*?)(?:\s+(.*))?)?$/s.exec(text);
  if (!match) return undefined;
  const value = variableValue((match[1] ?? '').toLowerCase(), request, scope);
  if (value === undefined) return undefined;
  const [, , operator, operand = ''] = match;
  switch (operator) {
    case undefined:
      return value !== '' && value !== '0';
    case '=':
    case '!=': {
      const other = fillIn(operand, request, scope);
      return other === undefined ? undefined : (value === other) === (operator === '=');
    }
    default: {
      const expression = compileExpression(operand, operator.endsWith('*'));
      if (!expression) return undefined;
      return expression.test(value) !== operator.startsWith('!');
    }
  }
}
