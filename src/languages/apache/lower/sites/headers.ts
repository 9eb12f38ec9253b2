import { createMemo } from '../../../../memory/memo.ts';
import type { ResponseHeader } from '../../../../tls/model/server-model.ts';
import { type Setting, unknown } from '../../../../tls/model/setting.ts';
import { type Branch, locationOf, type Statement } from '../../evaluate/statement.ts';
import { substitute, toRegExp } from '../../patterns.ts';
import { addedToMany, type Draft, type Scope, settleDraft } from '../scopes/settle.ts';

/** What one `Header` directive says, its optional condition and trailing conditions taken apart. */
export interface HeaderDirective {
  readonly always: boolean;
  readonly action: string;
  readonly name: string;
  readonly value: string;
  /** Index of the value among the arguments, or -1. */
  readonly valueIndex: number;
  /** `env=…`, `expr=…` or `early`, or undefined. */
  readonly condition: string | undefined;
}

const actions = new Set(['add', 'append', 'echo', 'edit', 'edit*', 'merge', 'set', 'setifempty', 'unset', 'note']);

export function readHeader(statement: Statement): HeaderDirective | undefined {
  const words = statement.args.map(({ value }) => value);
  const first = words[0]?.toLowerCase();
  const offset = first === 'always' || first === 'onsuccess' ? 1 : 0;
  const action = words[offset]?.toLowerCase();
  const name = words[offset + 1];
  if (!action || !actions.has(action) || name === undefined) return undefined;
  const hasValue = action !== 'unset' && action !== 'echo';
  const valueIndex = hasValue && words.length > offset + 2 ? offset + 2 : -1;
  const conditionIndex = offset + (hasValue ? (action.startsWith('edit') ? 4 : 3) : 2);
  return {
    always: first === 'always',
    action,
    name: name.replace(/:$/, ''),
    value: valueIndex < 0 ? '' : (words[valueIndex] as string),
    valueIndex,
    condition: words[conditionIndex],
  };
}

/**
 * Headers of the server's own answers. mod_headers keeps two tables, one for all answers (`always`) and one for those
 * that succeed; each directive works on its own table, the main server's directives first.
 */
export function lowerHeaders(scope: Scope, because: string): Setting<readonly ResponseHeader[]> {
  if (addedToMany(scope, ['header']))
    return settleDraft<readonly ResponseHeader[]>(scope, ['header'], [], because, (before) => new HeaderList(before));
  if (scope.own.has('header')) return settleHeaders(scope, because);
  let found = inheritedBy.get(scope.inherited);
  if (!found) {
    found = settleHeaders(scope, because);
    inheritedBy.set(scope.inherited, found);
  }
  return found;
}

/** A server without headers of its own has those of the main server, worked out once for all such. */
const inheritedBy = createMemo<Scope['inherited'], Setting<readonly ResponseHeader[]>>();

function settleHeaders(scope: Scope, because: string): Setting<readonly ResponseHeader[]> {
  return settleList(inOrder(scope), [], because);
}

/** What a section's directives make of the headers that its server has. */
export function headersWith(
  own: readonly Statement[],
  before: readonly ResponseHeader[],
): Setting<readonly ResponseHeader[]> {
  return settleList({ own: new Map([['header', own]]), inherited: new Map() }, before, '');
}

/** Whatever a variable brings stays among them, where others follow too. */
function settleList(
  scope: Scope,
  initial: readonly ResponseHeader[],
  because: string,
): Setting<readonly ResponseHeader[]> {
  const setting = settleDraft(scope, ['header'], initial, because, (before) => new HeaderList(before));
  const open = [...(scope.inherited.get('header') ?? none), ...(scope.own.get('header') ?? none)].find(
    ({ uncertain }) => uncertain,
  );
  return open ? { ...setting, value: unknown(`${open.node.name} is written with a variable`) } : setting;
}

/** What a request decides: `<If>`, or a condition of the directive's own. */
const isOfRequest = ({ kind }: Branch) => kind === 'request';

/**
 * The directives as mod_headers comes to them: those of the servers, then `<Location />`, then `<If>`, of each the main
 * server's first. A condition of a directive's own leaves open what becomes of it.
 */
function inOrder(scope: Scope): Scope {
  const { own, inherited } = scope;
  const [ours, theirs] = [own.get('header') ?? none, inherited.get('header') ?? none];
  const stageOf = ({ parents, branches }: Statement) =>
    branches.some(isOfRequest) ? 2 : parents.some(({ key }) => key === 'location') ? 1 : 0;
  const all = [...theirs, ...ours];
  if (all.every((statement) => stageOf(statement) === 0 && !isOpen(readHeader(statement)))) return scope;
  const late = [1, 2].flatMap((stage) => all.filter((statement) => stageOf(statement) === stage));
  const first = (list: readonly Statement[]) => list.filter((statement) => stageOf(statement) === 0).map(withCondition);
  return {
    own: new Map([['header', [...first(ours), ...late.map(withCondition)]]]),
    inherited: new Map([['header', first(theirs)]]),
  };
}

function withCondition(statement: Statement): Statement {
  if (!isOpen(readHeader(statement))) return statement;
  const branch: Branch = { kind: 'request', subject: `header ${statement.order}`, holds: true };
  return { ...statement, branches: [...statement.branches, branch] };
}

/** Whether it depends on the request that the directive does anything. */
function isOpen(header: HeaderDirective | undefined): boolean {
  const condition = header?.condition;
  return condition !== undefined && !/^early$/i.test(condition) && !isOverTls(condition);
}

/** Conditions for answers over TLS, as HSTS has them. */
function isOverTls(condition: string): boolean {
  return /^(?:env=https|expr=.*%\{https\}.*)$/i.test(condition);
}

const none: readonly Statement[] = [];

/** Headers as one directive after the other leaves them; each works on those of its table and name alone. */
class HeaderList implements Draft<readonly ResponseHeader[]> {
  readonly #all = new Set<ResponseHeader>();
  readonly #alike = new Map<string, Set<ResponseHeader>>();

  constructor(headers: readonly ResponseHeader[] = []) {
    for (const header of headers) this.#add(header);
  }

  take(statement: Statement): boolean {
    const header = readHeader(statement);
    if (!header) return false;
    const { always, action, name, value, valueIndex, condition } = header;
    const location = locationOf(statement);
    const overTls = condition !== undefined && isOverTls(condition) ? { overTls: true as const } : undefined;
    const written: ResponseHeader = value.startsWith('expr=')
      ? { name, value: '%{expr}', written: value, always, ...overTls, location }
      : { name, value, always, ...overTls, location };
    const [old] = this.#alike.get(keyOf(written)) ?? [];
    switch (action) {
      case 'set':
        this.#remove(written);
        this.#add(written);
        return true;
      case 'unset':
        this.#remove(written);
        return true;
      case 'add':
        this.#add(written);
        return true;
      case 'setifempty':
        if (!old) this.#add(written);
        return true;
      case 'edit':
      case 'edit*':
        this.#edit(written, value, statement.args[valueIndex + 1]?.value ?? '', action === 'edit*');
        return true;
      case 'append':
      case 'merge':
        if (action === 'merge' && old?.value.split(/\s*,\s*/).includes(value)) return true;
        if (old) this.#replace(old, { ...written, value: `${old.value}, ${value}` });
        else this.#add(written);
        return true;
      default:
        return false;
    }
  }

  /** Answers have those of `always` first, and browsers take the first of a name. */
  finish(): readonly ResponseHeader[] {
    const all = [...this.#all];
    return [...all.filter(({ always }) => always), ...all.filter(({ always }) => !always)];
  }

  #edit(like: ResponseHeader, pattern: string, replacement: string, everywhere: boolean): void {
    const expression = toRegExp(pattern);
    for (const header of [...(this.#alike.get(keyOf(like)) ?? [])]) {
      this.#drop(header);
      // What nobody can follow here is as open as a variable.
      const value = expression ? edited(header.value, expression, replacement, everywhere) : '%{edited}';
      this.#add({ ...header, value });
    }
  }

  /** The others of its name stay behind it (`apr_table_mergen`). */
  #replace(first: ResponseHeader, header: ResponseHeader): void {
    const [, ...others] = this.#alike.get(keyOf(first)) ?? [];
    this.#remove(first);
    for (const each of [header, ...others]) this.#add(each);
  }

  #drop(header: ResponseHeader): void {
    this.#all.delete(header);
    this.#alike.get(keyOf(header))?.delete(header);
  }

  #add(header: ResponseHeader): void {
    this.#all.add(header);
    const key = keyOf(header);
    const alike = this.#alike.get(key);
    if (alike) alike.add(header);
    else this.#alike.set(key, new Set([header]));
  }

  /** Takes out all of the same table and name. */
  #remove(header: ResponseHeader): void {
    const key = keyOf(header);
    for (const each of this.#alike.get(key) ?? []) this.#all.delete(each);
    this.#alike.delete(key);
  }
}

function edited(value: string, expression: RegExp, replacement: string, everywhere: boolean): string {
  const pattern = everywhere ? new RegExp(expression, `${expression.flags}g`) : expression;
  return value.replace(pattern, (...found) => {
    // Behind the groups comes where they were found.
    const groups = found.findIndex((part) => typeof part === 'number');
    return substitute(replacement, found.slice(0, groups));
  });
}

function keyOf({ always, name }: ResponseHeader): string {
  return `${always} ${name.toLowerCase()}`;
}
