import { capitalised } from '../text/capitalised.ts';
import { PlaceMap } from '../text/place-map.ts';
import type { Location } from '../text/range.ts';
import type { Site } from '../tls/model/server-model.ts';
import { knownValue, possibleValues } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { findHeader, headerLists, headersBehind } from './support/headers/headers.ts';
import { hstsHeader, readHsts } from './support/headers/hsts.ts';
import { removeHeader } from './support/headers/obsolete-header.ts';
import { httpsSites, isOnHttpsPort, plainHttpSites } from './support/sites/http-sites.ts';
import { listenersOf } from './support/sites/sites.ts';

/** HSTS over plain HTTP, where browsers must ignore it (RFC 6797 section 8.1). */
export const hstsOnHttp: Rule = {
  id: 'hsts-on-http',
  title: 'HSTS is sent over plain HTTP',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    const seen = new PlaceMap<true>();
    let secure: ((location: Location) => boolean) | undefined;
    const speaksTls = model.listeners.some(({ tls }) => knownValue(tls) !== false);
    for (const site of plainHttpSites(model)) {
      const headers = knownValue(site.headers) ?? [];
      const first = findHeader(headers, hstsHeader);
      // A site on both ports sends one set of headers, and an inherited one is for the other sites.
      if (first === undefined || site.headers.origin.kind !== 'explicit' || isOnHttpsPort(model, site)) continue;
      // Lines that a site with TLS may include.
      if (listenersOf(model, site).every(({ assumed }) => assumed)) continue;
      // Where nothing speaks TLS, something in front of it does, and passes the header on.
      if ((site.plainAnswer ?? site.rootAnswer).kind !== 'redirect' && !speaksTls) continue;
      secure ??= servesTls(httpsSites(model));
      for (const header of [first, ...headersBehind(headers, first)]) {
        // A variable may leave it out here, and a condition does.
        if (readHsts(header.value) === undefined || header.overTls === true) continue;
        if (secure(header.location) || seen.get(header.location)) continue;
        seen.set(header.location, true);
        yield {
          message: `${capitalised(site.label)} speaks plain HTTP, where browsers ignore ${header.name}. Send it from the HTTPS site, and redirect to that from here.`,
          location: header.location,
          fixes: [removeHeader('Remove the header', true, site, header)],
        };
      }
    }
  },
};

/** Whether a line may set HSTS for sites with TLS too, as those of a level around them do. */
function servesTls(sites: readonly Site[]): (location: Location) => boolean {
  const places = new PlaceMap<true>();
  for (const list of sites.flatMap(headerLists)) {
    const values = possibleValues(list);
    if (values === undefined) return () => true;
    for (const header of values.map((headers) => findHeader(headers, hstsHeader))) {
      if (header !== undefined) places.set(header.location, true);
    }
  }
  return (location) => places.get(location) === true;
}
