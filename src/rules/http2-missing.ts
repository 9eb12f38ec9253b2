import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { changeSite } from './support/fixes.ts';
import { httpsSites } from './support/http-sites.ts';
import { listenersOf } from './support/sites.ts';

/** HTTPS over HTTP/1.1 alone: one request at a time on each connection. */
export const http2Missing: Rule = {
  id: 'http2-missing',
  title: 'HTTP/2 is not offered',
  severity: 'hint',
  effect: 'advice',
  *check({ model }) {
    if (!model.complete) return;
    for (const site of httpsSites(model)) {
      const listeners = listenersOf(model, site).filter(
        ({ tls, transport }) => knownValue(tls) === true && transport === 'tcp',
      );
      if (listeners.length === 0 || !listeners.every(({ http2 }) => knownValue(http2) === false)) continue;
      yield {
        message: `${site.label} offers HTTP/1.1 only, where a page with many parts takes many connections and handshakes. Offer HTTP/2.`,
        location: site.location,
        fixes: [{ title: 'Offer HTTP/2', safe: false, changes: [changeSite(site, 'http2', false, true)] }],
      };
    }
  },
};
