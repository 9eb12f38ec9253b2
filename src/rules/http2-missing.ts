import { capitalised } from '../text/capitalised.ts';
import { groupBy } from '../text/group-by.ts';
import { forAdmitted } from '../tls/model/admitted.ts';
import { defaultSiteOf, listenerById } from '../tls/model/parts.ts';
import type { Endpoint, Listener, ServerModel, Site, TlsSettings } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Report, Rule } from './rule.ts';
import { fewAlike } from './support/few-related.ts';
import { changeSite } from './support/fixes.ts';
import { supportsHttp2 } from './support/server-facts.ts';
import { isGrpc } from './support/sites/grpc.ts';
import { httpsSites } from './support/sites/http-sites.ts';
import { tlsEndpoints } from './support/sites/sites.ts';

/** HTTPS over HTTP/1.1 alone: one request at a time on each connection, and none of gRPC. */
export const http2Missing: Rule = {
  id: 'http2-missing',
  title: 'HTTP/2 is not offered',
  severity: 'warning',
  effect: 'connect',
  *check({ model }) {
    if (!model.complete || !supportsHttp2(model)) return;
    const lacking = new Set(sitesWithout(model));
    const offering = sitesWith(model);
    const ofGrpc = model.sites.filter((site) => !offering.has(site.id) && isGrpc(forAdmitted(site.rootAnswer)));
    const endpoints = ofGrpc.length === 0 ? undefined : groupBy(model.endpoints, ({ site }) => site);
    for (const site of ofGrpc) {
      const own = endpoints?.get(site.id);
      if (own === undefined) continue;
      lacking.delete(site.id);
      yield withoutGrpc(model, site, own);
    }
    const without = lacking.size === 0 ? [] : httpsSites(model).filter(({ id }) => lacking.has(id));
    const [first, ...others] = without;
    if (first === undefined) return;
    yield {
      message: `${capitalised(first.label)} offers only HTTP/1.1, with which a page of many parts needs several connections and handshakes. Offer HTTP/2.`,
      location: first.location,
      severity: 'hint',
      effect: 'advice',
      related: fewAlike(others, ({ label }) => `${label} too`),
      fixes: [
        { title: 'Offer HTTP/2', safe: false, changes: without.map((site) => changeSite(site, 'http2', false, true)) },
      ],
    };
  },
};

/** Its clients speak HTTP/2 from the first byte, and offer nothing else in the handshake. */
function withoutGrpc(model: ServerModel, site: Site, own: readonly Endpoint[]): Report {
  // Where no name comes with a handshake the default site decides, and the site itself answers 421 without.
  const other = own.flatMap((endpoint) => deciding(model, endpoint) ?? []).find(({ id }) => id !== site.id);
  return {
    message: `${capitalised(site.label)} hands requests to a gRPC backend and offers only HTTP/1.1: no client of gRPC but those of gRPC-Web can connect, as they speak HTTP/2 (over TLS: alert "no application protocol"). Offer HTTP/2${other ? ` there and with ${other.label}: without TLS the default site of an address decides` : ''}.`,
    location: site.location,
    related: other ? [{ location: other.location, message: 'The default site' }] : [],
    fixes: [
      {
        title: 'Offer HTTP/2',
        safe: false,
        changes: (other ? [site, other] : [site]).map((each) => changeSite(each, 'http2', false, true)),
      },
    ],
  };
}

/** The site whose word about HTTP/2 is missing before a name is known, at an address without TLS. */
function deciding(model: ServerModel, { listener, tls }: Endpoint): Site | undefined {
  if (knownValue(tls.enabled) !== false) return undefined;
  const http2 = listenerById(model, listener)?.http2;
  return http2 !== undefined && knownValue(http2) === false ? defaultSiteOf(model, listener) : undefined;
}

/** Ids of those that may offer it somewhere: of the others it is worth to know what answers there. */
function sitesWith(model: ServerModel): ReadonlySet<string> {
  const offering = new Set<string>();
  const transports = new Map(model.listeners.map(({ id, transport }) => [id, transport]));
  for (const endpoint of model.endpoints)
    if (!isWithout(model, endpoint, transports.get(endpoint.listener))) offering.add(endpoint.site);
  return offering;
}

/** Surely, with TLS or without. */
function isWithout(model: ServerModel, endpoint: Endpoint, transport: Listener['transport'] | undefined): boolean {
  const { tls } = endpoint;
  if (transport !== 'tcp') return transport === 'quic';
  return (lacksHttp2(tls) && knownValue(tls.enabled) !== undefined) || deciding(model, endpoint) !== undefined;
}

/** Ids of those that surely lack it at every address over TCP: each name may be given HTTP/2 where the default site is not. */
function sitesWithout(model: ServerModel): ReadonlySet<string> {
  const isOverTcp = ({ listener }: Endpoint) => listenerById(model, listener)?.transport === 'tcp';
  const without = new Set<string>();
  const endpoints = tlsEndpoints(model);
  for (const endpoint of endpoints) if (lacksHttp2(endpoint.tls) && isOverTcp(endpoint)) without.add(endpoint.site);
  if (without.size === 0) return without;
  for (const endpoint of endpoints) if (!lacksHttp2(endpoint.tls) && isOverTcp(endpoint)) without.delete(endpoint.site);
  return without;
}

function lacksHttp2({ alpn }: TlsSettings): boolean {
  return knownValue(alpn)?.includes('h2') === false;
}
