import type { ResponseHeader } from '../../../tls/model/server-model.ts';
import type { Setting } from '../../../tls/model/setting.ts';
import { locationOf, type Statement } from '../evaluate/statement.ts';
import { type Scope, settle } from './settle.ts';

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
  return settle<readonly ResponseHeader[]>(scope, ['header'], [], because, applyHeader);
}

export function applyHeader(
  statement: Statement,
  before: readonly ResponseHeader[],
): readonly ResponseHeader[] | undefined {
  const header = readHeader(statement);
  if (!header) return undefined;
  const { always, action, name, value, condition } = header;
  if (condition !== undefined && !/^(?:env=https|expr=.*%\{https\}.*)$/i.test(condition)) return undefined;
  const isSame = (other: ResponseHeader) => other.always === always && other.name.toLowerCase() === name.toLowerCase();
  const others = before.filter((other) => !isSame(other));
  const written: ResponseHeader = { name, value, always, location: locationOf(statement) };
  switch (action) {
    case 'set':
      return [...others, written];
    case 'unset':
      return others;
    case 'add':
      return [...before, written];
    case 'setifempty':
      return before.some(isSame) ? before : [...before, written];
    case 'append':
    case 'merge': {
      const old = before.find(isSame);
      return old ? [...others, { ...written, value: `${old.value}, ${value}` }] : [...before, written];
    }
    default:
      return undefined;
  }
}
