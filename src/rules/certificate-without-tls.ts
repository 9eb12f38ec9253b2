import { remember } from '../memory/remember.ts';
import { capitalised } from '../text/capitalised.ts';
import { groupBy } from '../text/group-by.ts';
import { PlaceMap } from '../text/place-map.ts';
import { type Location, samePlace } from '../text/range.ts';
import { siteById } from '../tls/model/parts.ts';
import type { Listener, ServerModel, Site } from '../tls/model/server-model.ts';
import { knownValue, originLocation } from '../tls/model/setting.ts';
import type { Report, Rule } from './rule.ts';
import { changeSite } from './support/fixes.ts';
import { listenersBySite, listenersOf, takesPlainPort } from './support/sites/sites.ts';

/** A certificate in a site that speaks plain HTTP on every port. */
export const certificateWithoutTls: Rule = {
  id: 'certificate-without-tls',
  title: 'A site has a certificate but does not speak TLS',
  severity: 'error',
  effect: 'connect',
  *check({ model }) {
    const listenersOf = listenersBySite(model);
    for (const site of model.sites) {
      const { certificates, enabled, protocols } = site.tls;
      if (site.bindings.length > 1) yield* plainBeside(model, site);
      const decided = knownValue(enabled) === true ? overruled(model, site, listenersOf(site)) : undefined;
      if (decided !== undefined) yield decided;
      if (knownValue(enabled) !== false) continue;
      if (certificates.origin.kind === 'default' || (knownValue(certificates)?.length ?? 0) === 0) continue;
      // What a level around other sites names is meant for them.
      if (isForOthers(model, site)) continue;
      const listeners = listenersOf(site);
      if (!listeners.every(({ tls }) => knownValue(tls) === false)) continue;
      // What a TCP proxy passes on may be TLS that another server ends.
      const onHttpsPort = site.application === 'http' && listeners.some(({ port }) => port === 443);
      // One that such a level names may be meant for sites to come, or for some in a file of that level that nobody sees.
      if (certificates.origin.kind === 'inherited' && (!onHttpsPort || knownValue(protocols) === undefined)) continue;
      // A file that nobody sees may bring the address with TLS.
      if (!onHttpsPort && !isSeenWhole(site)) continue;
      if (listeners.length > 0) yield report(model, site, onHttpsPort);
    }
  },
};

/** What an include that cannot be read may set is unknown. */
function isSeenWhole({ tls }: Site): boolean {
  return Object.values(tls).every(
    // What is appended to a list of suites is a bare string.
    (setting) => setting === undefined || typeof setting === 'string' || knownValue(setting) !== undefined,
  );
}

function isForOthers(model: ServerModel, site: Site): boolean {
  const place = certificatePlace(site);
  return place !== undefined && placesInUse(model).has(place);
}

/** Where the certificates stand that sites have which may speak TLS. */
const placesInUse = remember(({ sites }: ServerModel) => {
  const places = new PlaceMap<true>();
  for (const site of sites) {
    const place = knownValue(site.tls.enabled) === false ? undefined : certificatePlace(site);
    if (place !== undefined) places.set(place, true);
  }
  return places;
});

function certificatePlace({ tls }: Site): Location | undefined {
  return knownValue(tls.certificates)?.[0]?.file.location;
}

/** The default site of a listener decides whether TLS is spoken there, and speaks none. */
function overruled(model: ServerModel, site: Site, listeners: readonly Listener[]): Report | undefined {
  const listener = listeners.find(isPlainElsewhere);
  const first = listener && siteById(model, listener.defaultSite);
  if (!listener || !first || first === site || !model.complete) return undefined;
  const { origin } = site.tls.enabled;
  // Where an address switches TLS on itself, it is on there whoever comes first, and others of the site are plain on purpose.
  if (origin.kind === 'default' || site.bindings.some(({ location }) => samePlace(location, origin.location))) {
    return undefined;
  }
  if (first.condition !== undefined && first.condition !== site.condition) return undefined;
  const { location } = origin.kind === 'explicit' ? origin : site;
  return {
    message: `${capitalised(site.label)} never speaks TLS at ${listener.id}: ${first.label} comes first there and speaks plain HTTP, and the first decides for all. Switch TLS on there too, or move it after this one.`,
    location,
    related: [{ location: first.location, message: 'Decides for all, and speaks plain HTTP' }],
  };
}

/** On a port where nobody expects plain HTTP. */
function isPlainElsewhere({ tls, port }: Listener): boolean {
  return port !== 80 && knownValue(tls) === false;
}

/**
 * Of the two addresses of everything, that of IPv4 and that of IPv6, one speaks TLS on a port and the other one does not, or
 * only once it is asked to (STARTTLS): nobody means that, and clients cannot choose.
 */
function* plainBeside(model: ServerModel, site: Site): Iterable<Report> {
  const listeners = listenersOf(model, site).filter(
    ({ address, transport }) => address in families && transport === 'tcp',
  );
  if (listeners.length < 2) return;
  const bindings = new Map(site.bindings.map((binding) => [binding.listener, binding]));
  const bindingOf = ({ id }: Listener) => bindings.get(id);
  const byPort = groupBy(listeners, ({ port }) => port);
  const isUpgraded = (listener: Listener) =>
    site.application === 'mail' &&
    knownValue(listener.tls) === true &&
    bindingOf(listener)?.parameters.includes('ssl') === false &&
    model.notes.every(({ kind }) => kind !== 'ssl-on');
  for (const plain of listeners) {
    const upgraded = isUpgraded(plain);
    if (plain.port === 80 || (knownValue(plain.tls) !== false && !upgraded)) continue;
    const beside = byPort.get(plain.port)?.find((other) => knownValue(other.tls) === true && !isUpgraded(other));
    const binding = beside && bindingOf(plain);
    if (!binding) continue;
    const told = originLocation(beside.tls);
    yield {
      message: `${capitalised(site.label)} speaks TLS at ${beside.id} and ${upgraded ? 'begins in the clear (STARTTLS)' : inTheClear(site)} at ${plain.id}: clients with ${families[plain.address]} cannot connect there. ${upgraded ? 'Let TLS begin at once at both, or at neither' : 'Switch TLS on for both'}.`,
      location: binding.location,
      // What includes a lone file may switch TLS on.
      ...(model.complete ? {} : ({ severity: 'information', effect: 'advice' } as const)),
      related: told === undefined ? [] : [{ location: told, message: 'TLS is spoken here' }],
      // The change is one for all ports of the site.
      fixes:
        upgraded || listeners.some(({ port, tls }) => port !== 80 && port !== plain.port && knownValue(tls) !== true)
          ? []
          : [{ title: `Speak TLS at ${plain.id} too`, safe: true, changes: [changeSite(site, 'tls', false, true)] }],
    };
  }
}

function inTheClear({ application }: Site): string {
  return application === 'http' ? 'plain HTTP' : 'none';
}

const families: Readonly<Record<string, string>> = { '0.0.0.0': 'IPv4', '[::]': 'IPv6' };

/** On the port of HTTPS no browser gets an answer; on another one the certificate is merely idle. */
function report(model: ServerModel, site: Site, onHttpsPort: boolean): Report {
  const { certificates } = site.tls;
  // What includes a lone file may switch TLS on.
  const severity = onHttpsPort && model.complete ? 'error' : 'information';
  const isApart = takesPlainPort(model, site);
  return {
    message: onHttpsPort
      ? `${capitalised(site.label)} has a certificate but answers port 443 in plain HTTP: browsers cannot connect. ${isApart ? 'Give that port a site of its own, and switch TLS on there' : 'Switch TLS on'}.`
      : `${capitalised(site.label)} has a certificate but does not speak TLS on any port, so nobody sees it. Switch TLS on, or remove the certificate.`,
    location:
      (certificates.origin.kind === 'explicit' && knownValue(certificates)?.[0]?.file.location) || site.location,
    severity,
    effect: severity === 'error' ? 'connect' : 'advice',
    related: site.bindings.map(({ location }) => ({
      location,
      message: site.application === 'http' ? 'Plain HTTP' : 'No TLS',
    })),
    fixes:
      onHttpsPort && !isApart
        ? [{ title: 'Switch TLS on', safe: true, changes: [changeSite(site, 'tls', false, true)] }]
        : [],
  };
}
