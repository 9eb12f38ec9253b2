import type { Scope } from '../scope.ts';

/** What sets a header for a backend; a block with one of its own has none of those around it. */
export const setter = 'proxy_set_header';

/** The block whose headers hold in another; undefined where there are none, `open` where an unread include may bring some. */
export function headersAt(scope: Scope | undefined): Scope | 'open' | undefined {
  for (let at = scope; at; at = at.owner?.outer) {
    if (at.open) return 'open';
    if (at.findFirst(setter)) return at;
  }
  return undefined;
}
