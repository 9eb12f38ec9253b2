import type { Located, Location } from '../../../../text/range.ts';
import type { Origin, Setting, Value } from '../../../../tls/model/setting.ts';
import { factOf } from '../../directives/facts.ts';
import { moduleName } from '../../evaluate/modules.ts';
import { type Branch, locationOf, type Statement } from '../../evaluate/statement.ts';

/** More branches than this are no longer told apart. */
const mostAlternatives = 8;
/** Longer lists of directives under conditions are not followed. */
const mostConditional = 100;
/** Nor longer lists of the main server's that a virtual host goes on with: thousands may, each with all of them. */
export const mostInherited = 300;

/** The directives of one server, by key: its own, and those of the main server that it inherits. */
export interface Scope {
  readonly own: ReadonlyMap<string, readonly Statement[]>;
  readonly inherited: ReadonlyMap<string, readonly Statement[]>;
}

interface Alternative<T> {
  readonly value: T;
  readonly branches: readonly Branch[];
}

/**
 * What a setting is after all directives of its names, the main server's first, each with the power to replace or extend
 * what was before. A directive under an undecided condition leaves the older value possible.
 */
export function settle<T>(
  scope: Scope,
  keys: readonly string[],
  initial: T,
  because: string,
  take: (statement: Statement, before: T) => T | undefined,
  begin?: (before: T) => Draft<T>,
): Setting<T> {
  const added = addedToMany(scope, keys);
  if (added) {
    const reason = `${added.node.name} stands in the main server more often than is followed`;
    return { value: { kind: 'unknown', reason }, origin: originOf(added, false) };
  }
  const statements = statementsOf(scope, keys);
  if (statements.every(isPlain)) {
    const end = statements.length === 0 ? undefined : follow(statements, initial, take, begin);
    const origin: Origin = end ? originOf(end.last.statement, end.last.inherited) : { kind: 'default', because };
    return { value: { kind: 'known', value: end ? end.value : initial }, origin };
  }
  const latest = begin && tooConditional(statements);
  if (latest) {
    const reason = `${latest.statement.node.name} stands under too many conditions`;
    return { value: { kind: 'unknown', reason }, origin: originOf(latest.statement, latest.inherited) };
  }
  let alternatives: readonly Alternative<T>[] = [{ value: initial, branches: [] }];
  let origin: Origin = { kind: 'default', because };
  let uncertain: string | undefined;
  for (const run of begin ? runsOf(statements) : statements.map((each) => [each] as const)) {
    const [{ statement, inherited }] = run;
    if (statement.uncertain) {
      uncertain = `${statement.node.name} is written with a variable`;
      origin = originOf(statement, inherited);
      continue;
    }
    const branches = openBranches(statement);
    const next: Alternative<T>[] = [];
    let last: Sourced | undefined;
    for (const { value } of alternatives) {
      const end = follow(run, value, take, begin);
      if (end === undefined) continue;
      last = end.last;
      if (!next.some((other) => same(other.value, end.value))) next.push({ value: end.value, branches });
    }
    if (!last) continue;
    origin = originOf(last.statement, last.inherited);
    if (branches.length === 0) {
      alternatives = next;
      // What a list holds besides is not known any better.
      if (!begin) uncertain = undefined;
    } else {
      const older = alternatives.filter((alternative) => excluded(alternative, branches, alternatives));
      alternatives = [...older, ...next].slice(-mostAlternatives);
    }
  }
  return { value: settled(alternatives, uncertain), origin };
}

/** The last directive of a virtual host that goes on where more than is followed stands in the main server. */
export function addedToMany({ own, inherited }: Scope, keys: readonly string[]): Statement | undefined {
  let count = 0;
  let last: Statement | undefined;
  for (const key of keys) {
    count += inherited.get(key)?.length ?? 0;
    last = own.get(key)?.at(-1) ?? last;
  }
  return count > mostInherited ? last : undefined;
}

type Run = readonly [Sourced, ...Sourced[]];

/** What some directives make of a value, and the last of them that says anything; undefined where none does. */
function follow<T>(
  run: readonly Sourced[],
  before: T,
  take: (statement: Statement, before: T) => T | undefined,
  begin: ((before: T) => Draft<T>) | undefined,
): { readonly value: T; readonly last: Sourced } | undefined {
  let last: Sourced | undefined;
  if (begin) {
    const draft = begin(before);
    for (const each of run) if (draft.take(each.statement)) last = each;
    return last && { value: draft.finish(), last };
  }
  let value = before;
  for (const each of run) {
    const result = take(each.statement, value);
    if (result === undefined) continue;
    value = result;
    last = each;
  }
  return last && { value, last };
}

/** Neighbours that depend on nothing together, all others alone. */
function runsOf(statements: readonly Sourced[]): readonly Run[] {
  const runs: [Sourced, ...Sourced[]][] = [];
  let open: Sourced[] | undefined;
  for (const each of statements) {
    const plain = isPlain(each);
    if (plain && open) open.push(each);
    else {
      const run: [Sourced, ...Sourced[]] = [each];
      runs.push(run);
      open = plain ? run : undefined;
    }
  }
  return runs;
}

/** The last of more directives under conditions than are followed. */
function tooConditional(statements: readonly Sourced[]): Sourced | undefined {
  const conditional = statements.filter(({ statement }) => !statement.uncertain && openBranches(statement).length > 0);
  return conditional.length > mostConditional ? conditional.at(-1) : undefined;
}

/** A list that grows in place, where thousands of directives would copy it again and again. */
export interface Draft<T> {
  /** False where the directive says nothing of the setting. */
  take(statement: Statement): boolean;
  finish(): T;
}

/** A setting to which each directive adds one item. */
export function settleList<T>(
  scope: Scope,
  keys: readonly string[],
  because: string,
  read: (statement: Statement) => T | undefined,
): Setting<readonly T[]> {
  return settleDraft<readonly T[]>(scope, keys, [], because, (before) => {
    const items = [...before];
    return {
      take(statement) {
        const item = read(statement);
        if (item !== undefined) items.push(item);
        return item !== undefined;
      },
      finish: () => items,
    };
  });
}

/** A setting whose value grows in place. */
export function settleDraft<T>(
  scope: Scope,
  keys: readonly string[],
  initial: T,
  because: string,
  begin: (before: T) => Draft<T>,
): Setting<T> {
  return settle(scope, keys, initial, because, () => undefined, begin);
}

/** Nothing in it depends on a variable, or on a condition that matters: the usual case. */
function isPlain({ statement }: Sourced): boolean {
  return !statement.uncertain && openBranches(statement).length === 0;
}

/** A directive, and whether it is the main server's, seen from a virtual host. */
interface Sourced {
  readonly statement: Statement;
  readonly inherited: boolean;
}

/** All directives of some names in the order in which they take effect. */
function statementsOf(scope: Scope, keys: readonly string[]): readonly Sourced[] {
  const before = sourced(scope.inherited, keys, true);
  const after = sourced(scope.own, keys, false);
  return before.length === 0 ? after : after.length === 0 ? before : [...before, ...after];
}

function sourced(source: Scope['own'], keys: readonly string[], inherited: boolean): readonly Sourced[] {
  let result: Sourced[] | undefined;
  let kinds = 0;
  for (const key of keys) {
    const statements = source.get(key);
    if (statements === undefined) continue;
    kinds++;
    const found = statements.map((statement) => ({ statement, inherited }));
    if (result === undefined) result = found;
    else for (const each of found) result.push(each);
  }
  if (result === undefined) return nothing;
  return kinds === 1 || isOrdered(result) ? result : result.sort((a, b) => a.statement.order - b.statement.order);
}

function isOrdered(statements: readonly Sourced[]): boolean {
  return statements.every(
    ({ statement }, index) => index === 0 || statement.order > (statements[index - 1] as Sourced).statement.order,
  );
}

const nothing: readonly never[] = [];

export function originOf(statement: Statement, inherited: boolean): Origin {
  return new StatementOrigin(inherited ? 'inherited' : 'explicit', statement);
}

/** An origin whose places are made when somebody asks: of thousands of settings findings show few. */
class StatementOrigin {
  readonly kind: 'explicit' | 'inherited';
  readonly #statement: Statement;
  #location: Location | undefined;
  #words: readonly Located<string>[] | undefined;

  constructor(kind: 'explicit' | 'inherited', statement: Statement) {
    this.kind = kind;
    this.#statement = statement;
  }

  get location(): Location {
    this.#location ??= locationOf(this.#statement);
    return this.#location;
  }

  get words(): readonly Located<string>[] {
    const { args, file } = this.#statement;
    this.#words ??= args.map(({ value, range }) => ({ value, location: { file, range } }));
    return this.#words;
  }
}

/**
 * Conditions of a directive that leave open what is set. Not `<IfModule M>` with M its own module: without it the setting
 * would not exist at all.
 */
export function openBranches(statement: Statement): readonly Branch[] {
  if (statement.branches.length === 0) return statement.branches;
  const own = factOf(statement.key)?.modules.map(moduleName) ?? [];
  return statement.branches.filter(
    ({ kind, subject, holds }) => !(kind === 'module' && holds && own.includes(subject)),
  );
}

/** An alternative stays, unless the new branch and another alternative together leave nothing of it. */
function excluded<T>(
  alternative: Alternative<T>,
  branches: readonly Branch[],
  all: readonly Alternative<T>[],
): boolean {
  const [branch] = branches;
  if (branches.length !== 1 || branch === undefined || alternative.branches.length > 0) return true;
  return !all.some(({ branches: [other, ...more] }) => other && more.length === 0 && isComplement(other, branch));
}

function isComplement(a: Branch, b: Branch): boolean {
  return a.kind === b.kind && a.subject === b.subject && a.holds !== b.holds;
}

function settled<T>(alternatives: readonly Alternative<T>[], uncertain: string | undefined): Value<T> {
  if (uncertain !== undefined) return { kind: 'unknown', reason: uncertain };
  if (alternatives.length === 1) return { kind: 'known', value: (alternatives[0] as Alternative<T>).value };
  const distinct: T[] = [];
  for (const { value } of alternatives) if (!distinct.some((other) => same(other, value))) distinct.push(value);
  const [first] = distinct;
  return distinct.length === 1 ? { kind: 'known', value: first as T } : { kind: 'one-of', values: distinct };
}

function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a === b || (a.length === b.length && a.every((item, index) => same(item, b[index])));
  }
  return a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));
}
