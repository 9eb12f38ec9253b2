import type { Change } from '../../../tls/model/change.ts';
import type { Route, ServerModel, Site } from '../../../tls/model/server-model.ts';
import { originLocation } from '../../../tls/model/setting.ts';
import { changeSite } from '../fixes.ts';
import { serverFacts } from '../server-facts.ts';
import { findHeader, routesWithHeaders } from './headers.ts';

interface Header {
  readonly name: string;
  readonly value: string;
}

/** Sends a header that a site does not have, from its blocks with headers of their own too, which would lose it again. */
export function sendHeader(model: ServerModel, site: Site, { name, value }: Header): readonly Change[] {
  const own = changeSite(site, 'header', undefined, { name, value });
  if (!serverFacts(model).ownHeadersReplace) return [own];
  return [
    own,
    ...losingBlocks(site, name).map((route) =>
      changeSite(site, 'header', undefined, { name, value, route: route.location }),
    ),
  ];
}

/** Those in the site's own file: another one may be included by others as well. Each place that sets headers is taken once. */
function losingBlocks(site: Site, name: string): readonly Route[] {
  const found = new Map<number, Route>();
  for (const route of routesWithHeaders(site)) {
    const { value } = route.headers;
    const place = originLocation(route.headers);
    if (value.kind === 'unknown' || place === undefined || place.file !== site.location.file) continue;
    if (route.kind === 'condition' || route.location.file !== place.file) continue;
    // A block stands before those inside it, which may have their headers from it.
    if (found.has(place.range.start)) continue;
    const lists = value.kind === 'one-of' ? value.values : [value.value];
    if (lists.every((headers) => findHeader(headers, name) === undefined)) found.set(place.range.start, route);
  }
  return [...found.values()];
}
