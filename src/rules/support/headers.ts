import type { ResponseHeader, Site } from '../../tls/model/server-model.ts';
import type { Setting } from '../../tls/model/setting.ts';

/** The header of a name, or undefined; where a server sends several, clients heed the first (RFC 6797 section 8.1). */
export function findHeader(headers: readonly ResponseHeader[], name: string): ResponseHeader | undefined {
  for (const header of headers) if (isNamed(header, name)) return header;
  return undefined;
}

/** Compares lengths first: large configurations have thousands of headers. */
function isNamed(header: ResponseHeader, name: string): boolean {
  if (header.name.length !== name.length) return false;
  return header.name === name || header.name.toLowerCase() === name.toLowerCase();
}

/**
 * The lists of headers that answers of a site are sent with, the site's own first. Routes without headers of their own have
 * the same list as the site, which is there once.
 */
export function headerLists({ headers, routes }: Site): readonly Setting<readonly ResponseHeader[]>[] {
  const lists = [headers];
  for (const route of routes) if (route.headers.value !== headers.value) lists.push(route.headers);
  return lists;
}
