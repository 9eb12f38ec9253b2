import type { Item, Scope } from '../scope.ts';
import { findLast } from '../scope.ts';

/** What `error_page` shows for an error. */
export interface ErrorPage {
  readonly item: Item;
  /** A path, `@name` or an address; undefined where a variable or a template decides. */
  readonly target: string | undefined;
  /** The status that is sent: empty, that of the page itself (`=`); undefined, the error's own. */
  readonly response: string | undefined;
}

/** The first line of the nearest block with any that names the status (ngx_http_special_response_handler). */
export function errorPageOf(scopes: readonly Scope[], status: number): ErrorPage | undefined {
  const lines = scopes.find((scope) => scope.findFirst('error_page'))?.find('error_page') ?? [];
  for (const item of lines) {
    const { args } = item;
    const last = args.at(-1);
    const codes = args.slice(0, -1).map(({ value }) => value);
    if (!last || !codes.includes(String(status))) continue;
    const response = codes.find((word) => word.startsWith('='))?.slice(1);
    const isPlace = /^[/@]/.test(last.value);
    const target = last.templated || (isPlace && last.value.includes('$')) ? undefined : last.value;
    return { item, target, response };
  }
  return undefined;
}

/** Whether errors of an error page have pages again: `recursive_error_pages on`. */
export function hasRecursivePages(scopes: readonly Scope[]): boolean {
  const setting = scopes.map((scope) => findLast(scope, 'recursive_error_pages')).find((item) => item !== undefined);
  return setting?.args[0]?.value.toLowerCase() === 'on';
}
