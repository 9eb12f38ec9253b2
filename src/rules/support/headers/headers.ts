import { remember } from '../../../memory/remember.ts';
import type { ResponseHeader, Route, Site } from '../../../tls/model/server-model.ts';
import type { Setting } from '../../../tls/model/setting.ts';

/** The header of a name, or undefined; where a server sends several, clients heed the first (RFC 6797 section 8.1). */
export function findHeader(headers: readonly ResponseHeader[], name: string): ResponseHeader | undefined {
  for (const header of headers) if (isNamed(header, name)) return header;
  return undefined;
}

/** Those of the same name that are sent behind it. */
export function headersBehind(headers: readonly ResponseHeader[], first: ResponseHeader): readonly ResponseHeader[] {
  let found: ResponseHeader[] | undefined;
  for (const header of headers) {
    if (header === first || !isNamed(header, first.name)) continue;
    found ??= [];
    found.push(header);
  }
  return found ?? noHeaders;
}

/** Compares lengths first: large configurations have thousands of headers. */
function isNamed(header: ResponseHeader, name: string): boolean {
  if (header.name.length !== name.length) return false;
  return header.name === name || header.name.toLowerCase() === name.toLowerCase();
}

const noHeaders: readonly ResponseHeader[] = [];
const none: readonly Route[] = [];

/** Routes with other headers than the site, of which most have none. */
export function routesWithHeaders(site: Site): readonly Route[] {
  return site.routesShareHeaders === true ? none : ownRoutes(site);
}

/** A site may have thousands, and each rule about headers asks for them. */
const ownRoutes = remember(({ headers, routes }: Site): readonly Route[] =>
  routes.filter((route) => route.headers.value !== headers.value),
);

/** The lists of headers that answers of a site are sent with, the site's own first. */
export function headerLists(site: Site): readonly Setting<readonly ResponseHeader[]>[] {
  // Most have no routes of that kind.
  return site.routesShareHeaders === true ? [site.headers] : allLists(site);
}

const allLists = remember((site: Site): readonly Setting<readonly ResponseHeader[]>[] =>
  [site.headers].concat(routesWithHeaders(site).map(({ headers }) => headers)),
);

/** The headers that stand in a list, whatever else may come. */
export function listedHeaders({ value }: Setting<readonly ResponseHeader[]>): readonly ResponseHeader[] {
  return value.kind === 'known' || value.kind === 'partial' ? value.value : noHeaders;
}

/** The headers that are sent for certain, whichever branch of a condition holds; undefined where that cannot be said. */
export function certainHeaders({ value }: Setting<readonly ResponseHeader[]>): readonly ResponseHeader[] | undefined {
  if (value.kind === 'known') return value.value;
  if (value.kind !== 'one-of') return undefined;
  const [first = [], ...others] = value.values;
  return first.filter((header) => others.every((list) => list.includes(header)));
}
