import type { Location } from '../text/range.ts';
import type { ResponseHeader, Route, Site } from '../tls/model/server-model.ts';
import { knownValue, originLocation } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { findHeader } from './support/headers.ts';
import { hstsHeader, readHsts } from './support/hsts.ts';
import { httpsSites } from './support/http-sites.ts';

/** A block with headers of its own, which replace the site's, HSTS among them. */
export const hstsLost: Rule = {
  id: 'hsts-lost',
  title: 'A block loses the HSTS header',
  severity: 'warning',
  effect: 'security',
  *check({ model }) {
    for (const site of httpsSites(model)) {
      const header = findHeader(knownValue(site.headers) ?? [], hstsHeader);
      if (header === undefined || readHsts(header.value)?.maxAge === 0) continue;
      for (const { route, location } of losingRoutes(site)) {
        yield {
          message: `${route.pattern} sets headers of its own, and with them none of the site's: its answers go out without ${header.name}. Repeat the header there.`,
          location,
          related: [{ location: header.location, message: 'The header that is lost' }],
          fixes: [
            {
              title: `Send ${header.name} from ${route.pattern} too`,
              safe: false,
              changes: [
                { setting: 'header', site: site.id, from: undefined, to: inRoute(header, route), scope: 'site' },
              ],
            },
          ],
        };
      }
    }
  },
};

/** Routes whose own headers hide those of the site, once for each block that sets them. */
function losingRoutes(site: Site): readonly { readonly route: Route; readonly location: Location }[] {
  const siteHeaders = originLocation(site.headers);
  const found = new Map<string, { readonly route: Route; readonly location: Location }>();
  for (const route of site.routes) {
    const headers = knownValue(route.headers);
    const location = originLocation(route.headers);
    if (headers === undefined || location === undefined || findHeader(headers, hstsHeader) !== undefined) continue;
    const isSites = siteHeaders?.file === location.file && siteHeaders.range.start === location.range.start;
    if (!isSites && headers.length > 0) found.set(`${location.file}\0${location.range.start}`, { route, location });
  }
  return [...found.values()];
}

function inRoute({ name, value }: ResponseHeader, route: Route) {
  return { name, value, route: route.location };
}
