import { remember } from '../../../memory/remember.ts';
import { networkName } from '../../../text/host-place.ts';
import { bySite } from '../../../tls/model/parts.ts';
import type { ServerModel, Site, SiteName } from '../../../tls/model/server-model.ts';
import { knownValue } from '../../../tls/model/setting.ts';
import { flawOf } from './host-name.ts';
import { listenersBySite, tlsEndpoints } from './sites.ts';

/** Names that a browser on another machine could ask for: no catch-all, pattern, address, name of the machine itself, or what is no name. */
export const publicNames = remember((site: Site): readonly string[] =>
  site.names.filter(isPublic).map(({ text }) => text.toLowerCase()),
);

/** True for one such name. */
export function isPublic({ kind, text }: SiteName): boolean {
  if ((kind !== 'exact' && kind !== 'wildcard') || !text.includes('.') || flawOf(text) !== undefined) return false;
  return !/^[\d.]+$/.test(text) && !ofNobodyElse.test(text);
}

const ofNobodyElse = networkName('localhost|test|invalid|onion');

/** True for names below which no public one can be, a wildcard's too. */
export function isOfNetwork({ kind, text }: SiteName): boolean {
  return (kind === 'exact' || kind === 'wildcard') && ofNobodyElse.test(text);
}

/** Sites that serve HTTP over TLS, on whatever port: what stands before them may be reached on another. */
export const httpTlsSites = remember((model: ServerModel): readonly Site[] => {
  const speaksTls = bySite(model, tlsEndpoints(model), () => true);
  return model.sites.filter((site) => speaksTls(site.id) && site.application === 'http' && !site.refusesAll);
});

/** Those on the port that a URL without a port means. */
export const httpsSites = remember((model: ServerModel): readonly Site[] => httpTlsSitesOn(model, 443));

/** Those on another one. */
export function httpTlsSitesOn(model: ServerModel, port: number): readonly Site[] {
  const listenersOf = listenersBySite(model);
  return httpTlsSites(model).filter((site) =>
    listenersOf(site).some((listener) => listener.port === port && knownValue(listener.tls) === true),
  );
}

/** True for one of them. */
export function isOnHttpsPort(model: ServerModel, site: Site): boolean {
  return httpsSiteSet(model).has(site);
}

const httpsSiteSet = remember((model: ServerModel): ReadonlySet<Site> => new Set(httpsSites(model)));

/** Sites that answer plain HTTP on the port that a URL without a port means. */
export const plainHttpSites = remember((model: ServerModel): readonly Site[] => {
  const listenersOf = listenersBySite(model);
  return model.sites.filter(
    (site) =>
      site.application === 'http' &&
      listenersOf(site).some(
        ({ address, port, tls }) => port === 80 && knownValue(tls) === false && !loopback.test(address),
      ),
  );
});

/** Addresses that only the machine itself reaches. */
export const loopback = /^(?:127\.|\[::1\])/;
