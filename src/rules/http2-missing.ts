import type { ServerModel, Site } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { changeSite } from './support/fixes.ts';
import { httpsSites } from './support/http-sites.ts';
import { listenersOf, relatedSites } from './support/sites.ts';

/** HTTPS over HTTP/1.1 alone: one request at a time on each connection. */
export const http2Missing: Rule = {
  id: 'http2-missing',
  title: 'HTTP/2 is not offered',
  severity: 'hint',
  effect: 'advice',
  *check({ model }) {
    if (!model.complete) return;
    const without = httpsSites(model).filter((site) => offersNoHttp2(model, site));
    const [first, ...others] = without;
    if (first === undefined) return;
    yield {
      message: `${first.label} offers HTTP/1.1 only, where a page with many parts takes many connections and handshakes. Offer HTTP/2.`,
      location: first.location,
      related: relatedSites(others, ({ label }) => `${label} too`),
      fixes: [
        { title: 'Offer HTTP/2', safe: false, changes: without.map((site) => changeSite(site, 'http2', false, true)) },
      ],
    };
  },
};

function offersNoHttp2(model: ServerModel, site: Site): boolean {
  // A name may be given HTTP/2 where the listener's default site is not.
  const protocols = knownValue(site.tls.alpn);
  if (protocols === undefined || protocols.includes('h2')) return false;
  let overTls = 0;
  for (const { tls, transport, http2 } of listenersOf(model, site)) {
    if (knownValue(tls) !== true || transport !== 'tcp') continue;
    if (knownValue(http2) !== false) return false;
    overTls++;
  }
  return overTls > 0;
}
