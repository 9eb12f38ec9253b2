import { remember } from '../../../memory/remember.ts';
import { PlaceMap } from '../../../text/place-map.ts';
import type { Location } from '../../../text/range.ts';
import type { Change } from '../../../tls/model/change.ts';
import { firstEndpointOf } from '../../../tls/model/parts.ts';
import type { ResponseHeader, Route, ServerModel, Site, TlsSettings } from '../../../tls/model/server-model.ts';
import { knownValue, type Setting } from '../../../tls/model/setting.ts';

/** The header of a site, or of one of its locations, that a change speaks of. */
export function headerOf(site: Site, { from }: Change & { readonly setting: 'header' }): ResponseHeader | undefined {
  if (!from) return undefined;
  if (from.setAt === undefined) return headersByText(site).get(textOf(from));
  return headersByPlace(site)
    .get(from.setAt)
    ?.find(({ name, value }) => name === from.name && value === from.value);
}

/** The location of a site, or the condition in one, that stands at a place. */
export function routeAt(site: Site, location: Location): Route | undefined {
  return routesOf(site).get(location);
}

/** The headers of a site and of its locations: a site may have thousands of them, and a fix for each. */
function headersOf(site: Site): readonly ResponseHeader[] {
  return [site.headers, ...site.routes.map(({ headers }) => headers)].flatMap(listedHeaders);
}

const headersByText = remember((site: Site): ReadonlyMap<string, ResponseHeader> => {
  const found = new Map<string, ResponseHeader>();
  for (const header of headersOf(site)) if (!found.has(textOf(header))) found.set(textOf(header), header);
  return found;
});

const headersByPlace = remember((site: Site): PlaceMap<ResponseHeader[]> => {
  const found = new PlaceMap<ResponseHeader[]>();
  for (const header of headersOf(site)) {
    const { location } = header;
    const same = found.get(location);
    if (!same) found.set(location, [header]);
    else if (same.at(-1) !== header) same.push(header);
  }
  return found;
});

const routesOf = remember((site: Site) => {
  const routes = new PlaceMap<Route>();
  for (const route of site.routes) if (!routes.has(route.location)) routes.set(route.location, route);
  return routes;
});

function textOf({ name, value }: Pick<ResponseHeader, 'name' | 'value'>): string {
  return `${name}: ${value}`;
}

export function listedHeaders({ value }: Setting<readonly ResponseHeader[]>): readonly ResponseHeader[] {
  switch (value.kind) {
    case 'unknown':
      return [];
    case 'one-of':
      return value.values.flat();
    default:
      return value.value;
  }
}

/** The setting that clients of a site get, which may be another server's, or the site's own that the change is from. */
export function settingOf(model: ServerModel, site: Site, change: Change): Setting<unknown> {
  const name = change.setting as keyof TlsSettings;
  const own = site.tls[name] as Setting<unknown>;
  const inForce = (firstEndpointOf(model, site)?.tls[name] ?? own) as Setting<unknown>;
  return isFrom(own, change) && !isFrom(inForce, change) ? own : inForce;
}

function isFrom(setting: Setting<unknown>, { from }: Change): boolean {
  const value = knownValue(setting);
  return value === from || JSON.stringify(value) === JSON.stringify(from);
}
