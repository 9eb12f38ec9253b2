import { remember } from '../../../memory/remember.ts';
import type { Related } from '../../../text/finding.ts';
import { listenerById } from '../../../tls/model/parts.ts';
import type { Endpoint, Listener, ServerModel, Site } from '../../../tls/model/server-model.ts';
import { knownValue } from '../../../tls/model/setting.ts';
import { fewRelated } from '../few-related.ts';
import { serverFacts } from '../server-facts.ts';

/**
 * Endpoints that speak TLS, one for each site on each listener, however many names it has. A file of TLS settings alone
 * does not say whether TLS is on; what it sets matters only where it is.
 */
export const endpointsWithTls = remember((model: ServerModel): readonly Endpoint[] =>
  model.endpoints.filter((endpoint, index) => {
    const previous = model.endpoints[index - 1];
    const isAnotherName =
      previous?.tls === endpoint.tls && previous.site === endpoint.site && previous.listener === endpoint.listener;
    return !isAnotherName && speaksTls(endpoint) !== false;
  }),
);

/** Those of them that surely do. */
export const tlsEndpoints = remember((model: ServerModel): readonly Endpoint[] =>
  endpointsWithTls(model).filter((endpoint) => speaksTls(endpoint) === true),
);

/** Undefined where it is not known. */
function speaksTls({ tls }: Endpoint): boolean | undefined {
  return knownValue(tls.enabled);
}

const listenersAlone = remember(
  (model: ServerModel): ReadonlyMap<string, readonly Listener[]> =>
    new Map(model.listeners.map((listener) => [listener.id, [listener]])),
);

/** Listeners that a site is bound to. */
export function listenersOf(model: ServerModel, site: Site): readonly Listener[] {
  return listenersBySite(model)(site);
}

/** The same for who asks of one site after the other. */
export function listenersBySite(model: ServerModel): (site: Site) => readonly Listener[] {
  const alone = listenersAlone(model);
  return ({ bindings }) => {
    const [first] = bindings;
    // Most sites are bound to one.
    if (first !== undefined && bindings.length === 1) return alone.get(first.listener) ?? [];
    return bindings.flatMap(({ listener }) => listenerById(model, listener) ?? []);
  };
}

export function hasPort(model: ServerModel, site: Site, port: number): boolean {
  return listenersOf(model, site).some((listener) => listener.port === port);
}

/** Switching TLS on for the site would switch it on at port 80 too, where it decides. */
export function takesPlainPort(model: ServerModel, site: Site): boolean {
  const decides = ({ port, defaultSite }: Listener) => port === 80 && defaultSite === site.id;
  return serverFacts(model).tlsPerSite && listenersOf(model, site).some(decides);
}

/** The sites that a finding also speaks of, as places to look at. */
export function relatedSites(sites: readonly Site[], message: (site: Site) => string): readonly Related[] {
  return fewRelated(sites, message);
}
