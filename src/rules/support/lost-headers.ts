import type { Location } from '../../text/range.ts';
import type { ChangeableSettings } from '../../tls/model/change.ts';
import type { ResponseHeader, Route, ServerModel, Site } from '../../tls/model/server-model.ts';
import { knownValue, originLocation } from '../../tls/model/setting.ts';
import { findHeader, routesWithHeaders } from './headers.ts';
import { serverFacts } from './server-facts.ts';
import { joinWords } from './words.ts';

/** A route with headers of its own, and those of some names that it has not. */
export interface LosingRoute {
  readonly route: Route;
  /** The directive that sets the route's own headers. */
  readonly location: Location;
  readonly lost: readonly string[];
}

/** Routes whose own headers hide those of the site, once for each block that sets them. */
export function losingRoutes(site: Site, names: readonly string[]): readonly LosingRoute[] {
  const own = routesWithHeaders(site);
  if (own.length === 0) return none;
  const siteHeaders = originLocation(site.headers);
  const found = new Map<string, LosingRoute>();
  for (const route of own) {
    const headers = knownValue(route.headers);
    const location = originLocation(route.headers);
    if (headers === undefined || headers.length === 0 || location === undefined) continue;
    const lost = names.filter((name) => findHeader(headers, name) === undefined);
    const isSites = siteHeaders?.file === location.file && siteHeaders.range.start === location.range.start;
    if (!isSites && lost.length > 0) {
      found.set(`${location.file}\0${location.range.start}`, { route, location, lost });
    }
  }
  return [...found.values()];
}

const none: readonly never[] = [];

/** How a route loses headers, and what to do about it. */
export function lossOf(model: ServerModel, { pattern }: Route, names: readonly string[]): string {
  const words = joinWords(names);
  const them = names.length === 1 ? 'it' : 'them';
  return serverFacts(model).ownHeadersReplace
    ? `"${pattern}" sets headers of its own, and with them none of the site's: its answers go out without ${words}. Repeat ${them} there.`
    : `"${pattern}" takes ${words} out of its answers. Leave ${them} in.`;
}

/** The header as a route of its own sends it. */
export function inRoute({ name, value, written }: ResponseHeader, route: Route): ChangeableSettings['header'] {
  return { name, value: written ?? value, route: route.location };
}
