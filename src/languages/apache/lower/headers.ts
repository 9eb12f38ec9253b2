import { createMemo } from '../../../memory/memo.ts';
import type { ResponseHeader } from '../../../tls/model/server-model.ts';
import type { Setting } from '../../../tls/model/setting.ts';
import { locationOf, type Statement } from '../evaluate/statement.ts';
import { type Draft, type Scope, settleDraft } from './settle.ts';

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
  return settleDraft<readonly ResponseHeader[]>(scope, ['header'], [], because, (before) => new HeaderList(before));
}

/** Headers as one directive after the other leaves them; each works on those of its table and name alone. */
export class HeaderList implements Draft<readonly ResponseHeader[]> {
  readonly #all = new Set<ResponseHeader>();
  readonly #alike = new Map<string, Set<ResponseHeader>>();

  constructor(headers: readonly ResponseHeader[] = []) {
    for (const header of headers) this.#add(header);
  }

  take(statement: Statement): boolean {
    const header = readHeader(statement);
    if (!header) return false;
    const { always, action, name, value, condition } = header;
    const isOpen = condition !== undefined && !/^(?:env=https|expr=.*%\{https\}.*)$/i.test(condition);
    if (isOpen && (condition === 'early' || action === 'unset')) return false;
    const written: ResponseHeader = { name, value, always, location: locationOf(statement) };
    const [old] = this.#alike.get(keyOf(written)) ?? [];
    // One that only some answers have is nothing that is missing.
    switch (isOpen && action === 'set' ? 'setifempty' : action) {
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
      case 'append':
      case 'merge':
        if (old) this.#remove(written);
        this.#add(old ? { ...written, value: `${old.value}, ${value}` } : written);
        return true;
      default:
        return false;
    }
  }

  finish(): readonly ResponseHeader[] {
    return [...this.#all];
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

function keyOf({ always, name }: ResponseHeader): string {
  return `${always} ${name.toLowerCase()}`;
}
