import type { ResponseHeader } from '../tls/model/server-model.ts';
import type { Rule } from './rule.ts';
import { routesWithHeaders } from './support/headers/headers.ts';
import { hstsHeader, readHsts } from './support/headers/hsts.ts';
import { inRoute, losingRoutes, lossOf } from './support/headers/lost-headers.ts';
import { httpTlsSites, isOnHttpsPort } from './support/sites/http-sites.ts';

/** A block with headers of its own, which replace the site's, HSTS among them. */
export const hstsLost: Rule = {
  id: 'hsts-lost',
  title: 'A block loses the HSTS header',
  severity: 'warning',
  effect: 'security',
  *check({ model }) {
    for (const site of httpTlsSites(model)) {
      if (routesWithHeaders(site).length === 0) continue;
      for (const { route, location, lost } of losingRoutes(site, binds)) {
        const [header] = lost;
        if (header === undefined) continue;
        const isMinor = route.kind === 'condition' || !isOnHttpsPort(model, site);
        yield {
          ...(isMinor ? { severity: 'information', effect: 'advice' } : {}),
          message: lossOf(model, route, [header.name]),
          location,
          related: [{ location: header.location, message: 'The header that is lost' }],
          fixes: [
            {
              title: `Send ${header.name} from "${route.pattern}" too`,
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

/** HSTS that browsers keep. */
function binds({ name, value }: ResponseHeader): boolean {
  return name.toLowerCase() === hstsHeader.toLowerCase() && (readHsts(value)?.maxAge ?? 0) > 0;
}
