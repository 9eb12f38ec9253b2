import { listenerById, siteById } from '../tls/model/parts.ts';
import type { Listener } from '../tls/model/server-model.ts';
import type { Rule } from './rule.ts';
import { inErrorLog, serverFacts } from './support/server-facts.ts';
import { handshakes } from './support/tls/handshakes.ts';

/** QUIC has no older TLS (RFC 9001 section 4.2). */
export const http3WithoutTls13: Rule = {
  id: 'http3-without-tls13',
  title: 'HTTP/3 without TLS 1.3',
  severity: 'error',
  effect: 'start',
  *check({ model }) {
    if (!model.listeners.some(({ transport }) => transport === 'quic')) return;
    const seen = new Set<Listener>();
    for (const endpoint of model.endpoints) {
      const listener = listenerById(model, endpoint.listener);
      const site = siteById(model, endpoint.site);
      if (listener === undefined || site === undefined || listener.transport !== 'quic' || seen.has(listener)) continue;
      const offered = handshakes(model, endpoint.tls).protocols?.offered;
      if (offered === undefined || offered.includes('TLSv1.3')) continue;
      seen.add(listener);
      const { origin } = endpoint.tls.protocols;
      // A default without TLS 1.3 is older than QUIC itself, which is then what must be reported.
      if (origin.kind === 'default') continue;
      const stops = endpoint.isDefault && serverFacts(model).startMessages['quic-without-tls13'] !== undefined;
      const outcome = stops
        ? `the server does not start${inErrorLog(model, 'quic-without-tls13')}`
        : 'no client can connect over HTTP/3';
      yield {
        message: `${listener.id} takes QUIC connections, which need TLS 1.3, and that is not offered there: ${outcome}. Offer TLS 1.3.`,
        effect: stops ? 'start' : 'connect',
        location: site.bindings.find((binding) => binding.listener === listener.id)?.location ?? site.location,
        fixes: [
          {
            title: 'Offer TLS 1.3',
            safe: false,
            changes: [
              {
                setting: 'protocols',
                site: site.id,
                from: offered,
                to: [...offered, 'TLSv1.3'],
                scope: 'origin',
              },
            ],
          },
        ],
        related: [{ location: origin.location, message: 'Leaves TLS 1.3 out' }],
      };
    }
  },
};
