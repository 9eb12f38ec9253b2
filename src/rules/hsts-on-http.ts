import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { findHeader } from './support/headers.ts';
import { hstsHeader, readHsts } from './support/hsts.ts';
import { changeHeader } from './support/hsts-sites.ts';
import { httpsSites, plainHttpSites } from './support/http-sites.ts';
import { listenersOf } from './support/sites.ts';

/** HSTS over plain HTTP, where browsers must ignore it (RFC 6797 section 8.1). */
export const hstsOnHttp: Rule = {
  id: 'hsts-on-http',
  title: 'HSTS is sent over plain HTTP',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    const https = new Set(httpsSites(model));
    const seen = new Set<number>();
    const speaksTls = model.listeners.some(({ tls }) => knownValue(tls) !== false);
    for (const site of plainHttpSites(model)) {
      const header = findHeader(knownValue(site.headers) ?? [], hstsHeader);
      // A site on both ports sends one set of headers, and an inherited one is for the other sites.
      if (header === undefined || https.has(site) || site.headers.origin.kind !== 'explicit') continue;
      // A variable may leave it out here.
      if (readHsts(header.value) === undefined) continue;
      // Lines that a site with TLS may include.
      if (listenersOf(model, site).every(({ assumed }) => assumed)) continue;
      // Where nothing speaks TLS, something in front of it does, and passes the header on.
      if ((site.plainAnswer ?? site.rootAnswer).kind !== 'redirect' && !speaksTls) continue;
      if (seen.has(header.location.range.start)) continue;
      seen.add(header.location.range.start);
      yield {
        message: `${site.label} speaks plain HTTP, where browsers ignore ${header.name}. Send it from the HTTPS site, and redirect to that from here.`,
        location: header.location,
        fixes: [changeHeader('Take the header out', true, [site], header, undefined)],
      };
    }
  },
};
