import { remember } from '../memory/remember.ts';
import { capitalised } from '../text/capitalised.ts';
import { listenerById } from '../tls/model/parts.ts';
import type { ServerModel, Site } from '../tls/model/server-model.ts';
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
    const without = httpsSites(model).filter((site) => offersNoHttp2(model, site));
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

/** Surely, at every address where clients of TCP meet it: each name may be given HTTP/2 where the default site is not. */
function offersNoHttp2(model: ServerModel, site: Site): boolean {
  const { lacking, others } = sitesByOffer(model);
  return lacking.has(site.id) && !others.has(site.id);
}

/** Ids of the sites that surely lack it at one of their addresses over TCP, and of those that may offer it at one. */
const sitesByOffer = remember((model: ServerModel) => {
  const [lacking, others] = [new Set<string>(), new Set<string>()];
  for (const { listener, site, tls } of tlsEndpoints(model)) {
    if (listenerById(model, listener)?.transport !== 'tcp') continue;
    (knownValue(tls.alpn)?.includes('h2') === false ? lacking : others).add(site);
  }
  return { lacking, others };
});
