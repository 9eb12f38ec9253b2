import { capitalised } from '../text/capitalised.ts';
import { forAdmitted } from '../tls/model/admitted.ts';
import { listenerById } from '../tls/model/parts.ts';
import type { ServerModel, Site, TlsSettings } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Report, Rule } from './rule.ts';
import { changeSite } from './support/fixes.ts';
import { supportsHttp2 } from './support/server-facts.ts';
import { isGrpc } from './support/sites/grpc.ts';
import { httpsSites } from './support/sites/http-sites.ts';
import { relatedSites, tlsEndpoints } from './support/sites/sites.ts';

/** HTTPS over HTTP/1.1 alone: one request at a time on each connection, and none of gRPC. */
export const http2Missing: Rule = {
  id: 'http2-missing',
  title: 'HTTP/2 is not offered',
  severity: 'warning',
  effect: 'connect',
  *check({ model }) {
    if (!model.complete || !supportsHttp2(model)) return;
    const lacking = new Set(sitesWithout(model));
    for (const site of model.sites) {
      if (!isGrpc(forAdmitted(site.rootAnswer)) || !isWithoutEverywhere(model, site)) continue;
      lacking.delete(site.id);
      yield withoutGrpc(site);
    }
    const without = lacking.size === 0 ? [] : httpsSites(model).filter(({ id }) => lacking.has(id));
    const [first, ...others] = without;
    if (first === undefined) return;
    yield {
      message: `${capitalised(first.label)} offers only HTTP/1.1, with which a page of many parts needs several connections and handshakes. Offer HTTP/2.`,
      location: first.location,
      severity: 'hint',
      effect: 'advice',
      related: relatedSites(others, ({ label }) => `${label} too`),
      fixes: [
        { title: 'Offer HTTP/2', safe: false, changes: without.map((site) => changeSite(site, 'http2', false, true)) },
      ],
    };
  },
};

/** Its clients speak HTTP/2 from the first byte, and offer nothing else in the handshake. */
function withoutGrpc(site: Site): Report {
  return {
    message: `${capitalised(site.label)} hands requests to a gRPC backend and offers only HTTP/1.1: no client of gRPC but those of gRPC-Web can connect, as they speak HTTP/2 (over TLS: alert "no application protocol"). Offer HTTP/2.`,
    location: site.location,
    fixes: [{ title: 'Offer HTTP/2', safe: false, changes: [changeSite(site, 'http2', false, true)] }],
  };
}

/** At each of its addresses, of which there are some, with TLS or without. */
function isWithoutEverywhere(model: ServerModel, { id }: Site): boolean {
  const own = model.endpoints.filter(({ site }) => site === id);
  return (
    own.length > 0 &&
    own.every(({ listener, tls }) => {
      const { transport, http2 } = listenerById(model, listener) ?? {};
      if (transport !== 'tcp') return transport === 'quic';
      const speaksTls = knownValue(tls.enabled);
      return speaksTls === true
        ? lacksHttp2(tls)
        : speaksTls === false && http2 !== undefined && knownValue(http2) === false;
    })
  );
}

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
