import type { ResponseHeader } from '../../../tls/model/server-model.ts';
import type { Setting } from '../../../tls/model/setting.ts';
import { byDefault, known } from '../../../tls/model/setting.ts';
import type { Target } from '../../../tls/target.ts';
import type { Item, Scope } from '../scope.ts';
import { findLast, locate } from '../scope.ts';
import { reaches } from '../versions.ts';
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
      value: partial(outside, 'an included file cannot be read here and may add headers'),
      origin: outside.origin,
    };
  }
  const kept = own.length === 0 || inherits === 'merge' ? valuesOf(outside) : valuesOf(outside).filter(isMore);
  const headers = [...kept, ...own.map(readAddHeader), ...more.flatMap(readMoreHeaders)].filter(
    (header) => header !== undefined,
  );
  const clear = headers.filter(({ value }) => !value.includes('$'));
  const origin = originOf(last, scope);
  const reason = lua
    ? 'Lua code may change headers'
    : scope.open
      ? 'an included file cannot be read here and may add headers'
      : 'a header depends on a variable';
  if (clear.length === headers.length && !lua && !scope.open) return { value: known(headers), origin };
  return { value: { kind: 'partial', value: clear, reason }, origin };
}

function partial(headers: Headers, reason: string): Headers['value'] {
  return { kind: 'partial', value: valuesOf(headers), reason };
}

function valuesOf(headers: Headers): readonly ResponseHeader[] {
  return headers.value.kind === 'known' || headers.value.kind === 'partial' ? headers.value.value : [];
}

const moreHeaders = new WeakSet<ResponseHeader>();

function isMore(header: ResponseHeader): boolean {
  return moreHeaders.has(header);
}

function readAddHeader(item: Item): ResponseHeader | undefined {
  const [name, value, always] = item.directive.args;
  if (!name || !value || name.templated || value.value === '') return undefined;
  const text = value.templated ? `$${value.value}` : value.value;
  return { name: name.value, value: text, always: always?.value === 'always', location: locate(item) };
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
