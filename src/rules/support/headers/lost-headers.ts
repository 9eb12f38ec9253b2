import { rememberHere } from '../../../memory/remember.ts';
import { capitalised } from '../../../text/capitalised.ts';
import { PlaceMap } from '../../../text/place-map.ts';
import type { Location } from '../../../text/range.ts';
import type { ChangeableSettings } from '../../../tls/model/change.ts';
import type { ResponseHeader, Route, ServerModel, Site } from '../../../tls/model/server-model.ts';
import { knownValue, originLocation } from '../../../tls/model/setting.ts';
import { serverFacts } from '../server-facts.ts';
import { joinWords } from '../words.ts';
import { findHeader, listedHeaders, routesWithHeaders } from './headers.ts';

/** A route with headers of its own, and those of the site, or of the block around it, that it has not. */
export interface LosingRoute {
  readonly route: Route;
  /** The directive that sets the route's own headers, or takes the first one out. */
  readonly location: Location;
  readonly lost: readonly ResponseHeader[];
}

/**
 * Routes whose own headers hide others that are wanted, once for each block that sets them.
 * @param isWanted asked of the headers that the route would have without its own
 */
export function losingRoutes(site: Site, isWanted: (header: ResponseHeader) => boolean): readonly LosingRoute[] {
  const own = routesWithHeaders(site);
  if (own.length === 0) return none;
  const wanted = rememberHere((headers: readonly ResponseHeader[]) => headers.filter(isWanted));
  const ofSite = wanted(listedHeaders(site.headers));
  const found = new PlaceMap<LosingRoute>();
  for (const route of own) {
    const headers = knownValue(route.headers);
    const location = originLocation(route.headers);
    if (headers === undefined || location === undefined) continue;
    const around = route.outside ? withOthers(wanted(knownValue(route.outside) ?? none), ofSite) : ofSite;
    const lost = around.filter(({ name }) => findHeader(headers, name) === undefined);
    // A block stands before those inside it, which may have their headers from it.
    const [first] = lost;
    if (first !== undefined && !found.has(location)) {
      const removal = route.removed?.findLast(({ name }) => name.toLowerCase() === first.name.toLowerCase());
      found.set(location, { route, location: removal?.location ?? location, lost });
    }
  }
  return [...found.values()];
}

/** Where the block around has lost one of the site's itself, the condition has done so, too. */
function withOthers(headers: readonly ResponseHeader[], others: readonly ResponseHeader[]): readonly ResponseHeader[] {
  return [...headers, ...others.filter(({ name }) => findHeader(headers, name) === undefined)];
}

/** Those of the block around a site that its own headers take the place of; none where that is not known, or where it has none. */
export function lostFromAround(
  { headers, headersAround }: Site,
  isWanted: (header: ResponseHeader) => boolean,
): readonly ResponseHeader[] {
  if (headersAround === undefined || originLocation(headers) === undefined) return none;
  const own = knownValue(headers);
  const around = own && knownValue(headersAround);
  if (around === undefined || around.length === 0) return none;
  return around.filter((header) => isWanted(header) && findHeader(own ?? none, header.name) === undefined);
}

/** Sites that lose the same headers by the same directive, which a file that they include may hold. */
export interface LosingSites {
  readonly sites: readonly [Site, ...Site[]];
  readonly location: Location;
  readonly lost: readonly [ResponseHeader, ...ResponseHeader[]];
}

export function losingSites(
  sites: readonly Site[],
  isWanted: (header: ResponseHeader) => boolean,
): readonly LosingSites[] {
  const found = new Map<string, LosingSites & { sites: [Site, ...Site[]] }>();
  for (const site of sites) {
    const all = lostFromAround(site, isWanted);
    const location = all.length === 0 ? undefined : originLocation(site.headers);
    if (location === undefined) continue;
    const lost = all as LosingSites['lost'];
    const key = [location.file, location.range.start, ...lost.map(({ name }) => name)].join('\0');
    const known = found.get(key);
    if (known) known.sites.push(site);
    else found.set(key, { sites: [site], location, lost });
  }
  return [...found.values()];
}

/** How sites lose headers of the block around them, and what to do about it. */
export function lossOfSites({ sites: [site] }: LosingSites, names: readonly string[]): string {
  const them = names.length === 1 ? 'it' : 'them';
  return `${capitalised(site.label)} sets headers of its own, and so inherits none of those around it: its responses lack ${joinWords(names)}. Repeat ${them} there.`;
}

const none: readonly never[] = [];

/** How a route loses headers, and what to do about it. */
export function lossOf(model: ServerModel, { pattern, outside }: Route, names: readonly string[]): string {
  const words = joinWords(names);
  const others = outside ? 'those around it' : "the site's";
  const them = names.length === 1 ? 'it' : 'them';
  return serverFacts(model).ownHeadersReplace
    ? `"${pattern}" sets headers of its own, and so inherits none of ${others}: its responses lack ${words}. Repeat ${them} there.`
    : `"${pattern}" removes ${words} from its responses. Keep ${them}.`;
}

/** The header as a route of its own sends it. */
export function inRoute({ name, value, written }: ResponseHeader, route: Route): ChangeableSettings['header'] {
  return { name, value: written ?? value, route: route.location };
}
