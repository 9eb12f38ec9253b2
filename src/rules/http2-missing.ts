import { capitalised } from '../text/capitalised.ts';
import { listenerById } from '../tls/model/parts.ts';
import type { ServerModel, TlsSettings } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { changeSite } from './support/fixes.ts';
import { supportsHttp2 } from './support/server-facts.ts';
import { httpsSites } from './support/sites/http-sites.ts';
import { relatedSites, tlsEndpoints } from './support/sites/sites.ts';

/** HTTPS over HTTP/1.1 alone: one request at a time on each connection. */
export const http2Missing: Rule = {
  id: 'http2-missing',
  title: 'HTTP/2 is not offered',
  severity: 'hint',
  effect: 'advice',
  *check({ model }) {
    if (!model.complete || !supportsHttp2(model)) return;
    const lacking = sitesWithout(model);
    const without = lacking.size === 0 ? [] : httpsSites(model).filter(({ id }) => lacking.has(id));
    const [first, ...others] = without;
    if (first === undefined) return;
    yield {
      message: `${capitalised(first.label)} offers only HTTP/1.1, with which a page of many parts needs several connections and handshakes. Offer HTTP/2.`,
      location: first.location,
      related: relatedSites(others, ({ label }) => `${label} too`),
      fixes: [
        { title: 'Offer HTTP/2', safe: false, changes: without.map((site) => changeSite(site, 'http2', false, true)) },
      ],
    };
  },
};

/** Ids of those that surely lack it at every address over TCP: each name may be given HTTP/2 where the default site is not. */
function sitesWithout(model: ServerModel): ReadonlySet<string> {
  const overTcp = tlsEndpoints(model).filter(({ listener }) => listenerById(model, listener)?.transport === 'tcp');
  const without = new Set<string>();
  for (const { site, tls } of overTcp) if (lacksHttp2(tls)) without.add(site);
  if (without.size > 0) for (const { site, tls } of overTcp) if (!lacksHttp2(tls)) without.delete(site);
  return without;
}

function lacksHttp2({ alpn }: TlsSettings): boolean {
  return knownValue(alpn)?.includes('h2') === false;
}
