import { remember } from '../../../../memory/remember.ts';
import type { Item, Scope } from '../../scope.ts';
import { findLast } from '../../scope.ts';

/** What `error_page` shows for an error. */
export interface ErrorPage {
  readonly item: Item;
  /** A path, `@name` or an address, which may have variables; undefined where a template decides. */
  readonly target: string | undefined;
  /** The status that is sent: empty, that of the page itself (`=`); undefined, the error's own. */
  readonly response: string | undefined;
}

/** The first line of the nearest block with any that names the status (ngx_http_special_response_handler). */
export function errorPageOf(scopes: readonly Scope[], status: number): ErrorPage | undefined {
  const scope = scopes.find((one) => one.findFirst('error_page'));
  const item = scope && firstLines(scope).get(String(status));
  const last = item?.args.at(-1);
  if (!item || !last) return undefined;
  const response = item.args.slice(0, -1).find(({ value }) => value.startsWith('='))?.value;
  return { item, target: last.templated ? undefined : last.value, response: response?.slice(1) };
}

/** The first line of a block for each status. */
const firstLines = remember((scope: Scope): ReadonlyMap<string, Item> => {
  const lines = new Map<string, Item>();
  for (const item of scope.find('error_page')) {
    for (const { value } of item.args.slice(0, -1)) if (!lines.has(value)) lines.set(value, item);
  }
  return lines;
});

/** Whether errors of an error page have pages again: `recursive_error_pages on`. */
export function hasRecursivePages(scopes: readonly Scope[]): boolean {
  const setting = scopes.map((scope) => findLast(scope, 'recursive_error_pages')).find((item) => item !== undefined);
  return setting?.args[0]?.value.toLowerCase() === 'on';
}
