import { capitalised } from '../text/capitalised.ts';
import { PlaceMap } from '../text/place-map.ts';
import { defaultSiteOf, sitesById } from '../tls/model/parts.ts';
import type { Endpoint, ServerModel, Site, TlsSettings } from '../tls/model/server-model.ts';
import { knownValue, originLocation } from '../tls/model/setting.ts';
import type { Report, Rule } from './rule.ts';
import { relatedSites, tlsEndpoints } from './support/sites/sites.ts';
import { isKnownTrue } from './support/values.ts';

/**
 * A site demands certificates of clients who meet it with the default site's TLS, which asks for none: it has no TLS of its
 * own that could ask (ngx_http_ssl_servername, ngx_http_process_request).
 */
export const clientCertificateUnasked: Rule = {
  id: 'client-certificate-unasked',
  title: 'A client certificate is demanded that no client is asked for',
  severity: 'error',
  effect: 'connect',
  *check({ model }) {
    if (!model.complete) return;
    yield* demandsInVain(model);
    const seen = new PlaceMap<Site[]>();
    const first: [Site, Endpoint][] = [];
    const siteOf = sitesById(model);
    for (const endpoint of tlsEndpoints(model)) {
      const site = siteOf(endpoint.site);
      if (site === undefined || !asksInVain(site, endpoint)) continue;
      const location = originLocation(site.tls.clientVerification) ?? site.location;
      const others = seen.get(location);
      if (others !== undefined) others.push(site);
      else {
        seen.set(location, []);
        first.push([site, endpoint]);
      }
    }
    for (const [site, { listener }] of first) {
      const location = originLocation(site.tls.clientVerification) ?? site.location;
      const answering = defaultSiteOf(model, listener)?.label ?? 'the default site';
      const demanded = knownValue(site.tls.clientVerification) === 'required';
      const others = new Set(seen.get(location));
      others.delete(site);
      yield {
        message: `${capitalised(site.label)} has no certificate of its own, so at ${listener} clients get the TLS settings of ${answering}, which asks nobody for a certificate: ${demanded ? 'every client is refused' : 'none is ever presented or verified'}. Give ${site.label} its own certificate and key.`,
        location,
        ...(demanded ? {} : ({ severity: 'information', effect: 'advice' } as const)),
        related: relatedSites([...others], ({ label }) => `${label} too`),
      };
    }
  },
};

/** Conditions that no client can meet, since none is asked: who was asked by one site may send requests to another. */
function* demandsInVain(model: ServerModel): Iterable<Report> {
  const { clientDemands = [] } = model;
  if (clientDemands.length === 0) return;
  const endpoints = tlsEndpoints(model);
  const isAsked = ({ clientVerification }: TlsSettings) => knownValue(clientVerification) !== 'off';
  if (endpoints.some(({ tls }) => isAsked(tls)) || model.sites.some(({ tls }) => isAsked(tls))) return;
  const speaking = new Set<string | null>(endpoints.map(({ site }) => site));
  if (speaking.size > 0) speaking.add(null);
  const siteOf = sitesById(model);
  for (const { site, ofAll, location } of clientDemands) {
    if (!speaking.has(site)) continue;
    const askers = site === null ? 'no site asks any' : `${siteOf(site)?.label} asks none`;
    yield {
      message: `This refuses clients without a verified certificate, and ${askers} for one: everybody is refused${ofAll ? '' : ' here'}. Ask clients for a certificate, with the CA that signs theirs; "optional" leaves it to this condition who gets in.`,
      location,
      ...(ofAll ? {} : { severity: 'warning' }),
    };
  }
}

function asksInVain({ tls: { clientVerification } }: Site, { tls: met }: Endpoint): boolean {
  const own = knownValue(clientVerification);
  if (own === undefined || own === 'off' || isKnownTrue(met.rejectHandshake)) return false;
  return knownValue(met.clientVerification) === 'off';
}
