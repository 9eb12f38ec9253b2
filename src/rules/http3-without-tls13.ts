import type { Location } from '../text/range.ts';
import { bindingTo, listenerById, siteById } from '../tls/model/parts.ts';
import type { Listener, ServerModel, Site } from '../tls/model/server-model.ts';
import type { ProtocolVersion } from '../tls/protocols.ts';
import type { Report, Rule } from './rule.ts';
import { fewRelated } from './support/few-related.ts';
import { inErrorLog, serverFacts, supportsHttp3 } from './support/server-facts.ts';
import { handshakes } from './support/tls/handshakes.ts';

/** QUIC has no older TLS (RFC 9001 section 4.2). */
export const http3WithoutTls13: Rule = {
  id: 'http3-without-tls13',
  title: 'HTTP/3 without TLS 1.3',
  severity: 'error',
  effect: 'start',
  *check({ model }) {
    // Where the server is older than HTTP/3 the address itself is refused.
    if (!supportsHttp3(model) || !model.listeners.some(({ transport }) => transport === 'quic')) return;
    for (const [first, ...others] of byList(model)) yield report(model, first, others);
  },
};

/** An address for QUIC, and the list for it that leaves TLS 1.3 out. */
interface Lack {
  readonly listener: Listener;
  readonly site: Site;
  readonly location: Location;
  readonly offered: readonly ProtocolVersion[];
  readonly list: Location;
  readonly stops: boolean;
}

/** The addresses that one list is for together, as IPv4 and IPv6 of a site are. */
function byList(model: ServerModel): Iterable<readonly [Lack, ...Lack[]]> {
  const found = new Map<string, [Lack, ...Lack[]]>();
  const seen = new Set<Listener>();
  for (const { listener: id, site: siteId, tls, isDefault } of model.endpoints) {
    const listener = listenerById(model, id);
    const site = siteById(model, siteId);
    if (listener === undefined || site === undefined || listener.transport !== 'quic' || seen.has(listener)) continue;
    const offered = handshakes(model, tls).protocols?.offered;
    const { origin } = tls.protocols;
    // A default without TLS 1.3 is older than QUIC itself, which is then what must be reported.
    if (offered === undefined || offered.includes('TLSv1.3') || origin.kind === 'default') continue;
    seen.add(listener);
    const stops = isDefault && serverFacts(model).startMessages['quic-without-tls13'] !== undefined;
    const location = bindingTo(site, id)?.location ?? site.location;
    const list = origin.location;
    const lack: Lack = { listener, site, location, offered, list, stops };
    const key = `${stops} ${list.range.start} ${list.file}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, [lack]);
    else known.push(lack);
  }
  return found.values();
}

function report(
  model: ServerModel,
  { listener, site, location, offered, list, stops }: Lack,
  others: readonly Lack[],
): Report {
  const outcome = stops
    ? `that is not offered there: the server does not start${inErrorLog(model, 'quic-without-tls13')}`
    : `${site.label} does not offer that: nobody reaches it over HTTP/3`;
  return {
    message: `${listener.id} takes QUIC connections, which need TLS 1.3, and ${outcome}. Offer TLS 1.3.`,
    // Browsers go back to TCP.
    ...(stops ? {} : { severity: 'information', effect: 'advice' }),
    location,
    fixes: [
      {
        title: 'Offer TLS 1.3',
        safe: false,
        changes: [{ setting: 'protocols', site: site.id, from: offered, to: [...offered, 'TLSv1.3'], scope: 'origin' }],
      },
    ],
    related: [
      { location: list, message: 'Leaves TLS 1.3 out' },
      ...fewRelated(others, (other) => `Takes QUIC connections too (${other.listener.id})`),
    ],
  };
}
