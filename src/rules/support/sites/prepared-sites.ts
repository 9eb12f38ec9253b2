import { remember } from '../../../memory/remember.ts';
import { PlaceMap } from '../../../text/place-map.ts';
import type { Location } from '../../../text/range.ts';
import { siteById } from '../../../tls/model/parts.ts';
import type { Endpoint, ServerModel, Site, TlsSettings } from '../../../tls/model/server-model.ts';
import { knownValue, originLocation } from '../../../tls/model/setting.ts';
import { serverFacts } from '../server-facts.ts';
import { isKnownFalse } from '../values.ts';
import { tlsEndpoints } from './sites.ts';

/**
 * Sites whose own settings the server takes to OpenSSL when it starts, whether a client ever meets them or not: no address
 * needs to speak TLS (in nginx), and another site may overrule them (ngx_http_ssl_merge_srv_conf, ssl_init_server_ctx;
 * measured with nginx 1.26.3 and Apache 2.4.71).
 */
export const preparedSites = remember((model: ServerModel): readonly Endpoint[] => {
  const { preparesIdleTls } = serverFacts(model);
  const found: Endpoint[] = [];
  for (const site of model.sites) {
    if (preparesIdleTls ? !isPrepared(site) : knownValue(site.tls.enabled) !== true) continue;
    found.push(new PreparedSite(site, site.tls));
    // Commands for OpenSSL come last: what they overrule has been read before.
    if (site.tlsBeforeCommands) found.push(new PreparedSite(site, site.tlsBeforeCommands));
  }
  return found;
});

/** The prepared sites that have one of their settings from a place, for a look at thousands of places. */
export function preparedByPlace(
  model: ServerModel,
  name: 'clientCertificates' | 'clientVerification',
): (place: Location) => readonly Endpoint[] {
  const found = new PlaceMap<Endpoint[]>();
  for (const endpoint of preparedSites(model)) {
    const place = originLocation(endpoint.tls[name]);
    if (place === undefined) continue;
    const there = found.get(place);
    if (there === undefined) found.set(place, [endpoint]);
    else there.push(endpoint);
  }
  return (place) => found.get(place) ?? [];
}

/** What a site is called, and where it listens, is found when somebody asks: a large configuration has thousands. */
class PreparedSite implements Endpoint {
  readonly tls: TlsSettings;
  readonly #of: Site;

  constructor(site: Site, tls: TlsSettings) {
    this.#of = site;
    this.tls = tls;
  }

  get site(): string {
    return this.#of.id;
  }

  get name(): string {
    return this.#of.label;
  }

  get listener(): string {
    return this.#of.bindings[0]?.listener ?? '';
  }

  get isDefault(): boolean {
    return false;
  }

  get headers(): Endpoint['headers'] {
    return this.#of.headers;
  }
}

/** With a certificate, whichever; or where handshakes are refused, which needs none. Mail looks at its addresses first. */
function isPrepared({ application, tls: { certificates, rejectHandshake } }: Site): boolean {
  if (application === 'mail') return false;
  if (rejectHandshake !== undefined && knownValue(rejectHandshake) === true) return true;
  return certificates.origin.kind !== 'default' && knownValue(certificates)?.length !== 0;
}

const startedSites = remember((model: ServerModel): ReadonlySet<string> => {
  const started = new Set<string>();
  for (const endpoints of [tlsEndpoints(model), preparedSites(model)]) {
    for (const { site } of endpoints)
      if (!started.has(site) && !isBare(model, siteById(model, site))) started.add(site);
  }
  return started;
});

/** Surely without anything to speak TLS with: where the default site's is borrowed, nothing that the block says is read. */
function isBare(model: ServerModel, site: Site | undefined): boolean {
  if (site === undefined || site.application === 'mail' || !serverFacts(model).borrowsDefaultCertificate) return false;
  const { certificates, managed, rejectHandshake } = site.tls;
  return (
    knownValue(certificates)?.length === 0 &&
    (managed === undefined || knownValue(managed)?.length === 0) &&
    (rejectHandshake === undefined || isKnownFalse(rejectHandshake))
  );
}

/** True where the TLS of a site is set up when the server starts; of null, where that of any site is. */
export function isSetUpAtStart(model: ServerModel, site: string | null): boolean {
  const sites = startedSites(model);
  return site === null ? sites.size > 0 : sites.has(site);
}
