import type { Location } from '../../../text/range.ts';
import type { ResponseHeader } from '../../../tls/model/server-model.ts';
import type { Setting } from '../../../tls/model/setting.ts';
import { byDefault, known } from '../../../tls/model/setting.ts';
import type { Target } from '../../../tls/target.ts';
import { reaches } from '../facts/versions.ts';
import type { Item, Scope } from '../scope.ts';
import { findLast, locate } from '../scope.ts';
import { inherited, originOf } from './setting.ts';

type Headers = Setting<readonly ResponseHeader[]>;

export function noHeaders(target: Target): Headers {
  return byDefault([], `nginx ${target.nginx}`);
}

/**
 * Response headers of one block. A block with an `add_header` of its own inherits none, unless `add_header_inherit merge`
 * (1.29.3) says so; `more_set_headers` of the headers-more module always adds up.
 */
export function headersIn(scope: Scope, outside: Headers, target: Target): Headers {
  if (!scope.open && !hasHeaders(scope)) return inherited(outside);
  const own = scope.find('add_header');
  const more = scope.find('more_set_headers');
  const inherits = reaches(target.nginx, '1.29.3')
    ? findLast(scope, 'add_header_inherit')?.directive.args[0]?.value
    : undefined;
  const lua = findLast(scope, 'header_filter_by_lua_block') ?? findLast(scope, 'header_filter_by_lua_file');
  const last = own.at(-1) ?? more.at(-1) ?? lua;
  if (!last) {
    if (inherits === 'off') return byDefault([], 'add_header_inherit off');
    if (!scope.open) return inherited(outside);
    return {
      value: partial(outside, 'what an include or a template puts here cannot be read and may add headers'),
      origin: outside.origin,
    };
  }
  const kept = own.length === 0 || inherits === 'merge' ? valuesOf(outside) : valuesOf(outside).filter(isMore);
  const headers = [...kept];
  for (const item of own) {
    const header = readAddHeader(item);
    if (header) headers.push(header);
  }
  for (const item of more) headers.push(...readMoreHeaders(item));
  const clear = headers.every(isClear) ? headers : headers.filter(isClear);
  const origin = originOf(last, scope);
  const reason = lua
    ? 'Lua code may change headers'
    : scope.open
      ? 'what an include or a template puts here cannot be read and may add headers'
      : 'a header depends on a variable';
  if (clear.length === headers.length && !lua && !scope.open) return { value: known(headers), origin };
  return { value: { kind: 'partial', value: clear, reason }, origin };
}

/** True where a directive of the block itself changes headers: most say nothing about them. */
function hasHeaders({ items }: Scope): boolean {
  for (const { name } of items) {
    if (name.startsWith('add_header') || name === 'more_set_headers' || name.startsWith('header_filter')) return true;
  }
  return false;
}

function partial(headers: Headers, reason: string): Headers['value'] {
  return { kind: 'partial', value: valuesOf(headers), reason };
}

function valuesOf(headers: Headers): readonly ResponseHeader[] {
  return headers.value.kind === 'known' || headers.value.kind === 'partial' ? headers.value.value : [];
}

function isClear({ value }: ResponseHeader): boolean {
  return !value.includes('$');
}

const moreHeaders = new WeakSet<ResponseHeader>();

function isMore(header: ResponseHeader): boolean {
  return moreHeaders.has(header);
}

function readAddHeader(item: Item): ResponseHeader | undefined {
  const [name, value, always] = item.directive.args;
  if (!name || !value || name.templated || value.value === '') return undefined;
  const text = value.templated ? `$${value.value}` : value.value;
  return new AddedHeader(item, name.value, text, always?.value === 'always');
}

/** A header whose place is made when somebody asks. */
class AddedHeader implements ResponseHeader {
  readonly name: string;
  readonly value: string;
  readonly always: boolean;
  readonly #item: Item;

  constructor(item: Item, name: string, value: string, always: boolean) {
    this.name = name;
    this.value = value;
    this.always = always;
    this.#item = item;
  }

  get location(): Location {
    return locate(this.#item);
  }
}

/** `more_set_headers [-t type] [-s status] 'Name: value' …`: those bound to a type or a status are left out. */
function readMoreHeaders(item: Item): readonly ResponseHeader[] {
  const words = item.directive.args.map(({ value }) => value);
  if (words.some((word) => word === '-s' || word === '-t')) return [];
  return words.flatMap((word) => {
    const match = /^([^:\s]+):\s*(.+)$/.exec(word);
    if (!match) return [];
    const header = { name: match[1] ?? '', value: match[2] ?? '', always: true, location: locate(item) };
    moreHeaders.add(header);
    return [header];
  });
}
