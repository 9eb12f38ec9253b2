import { remember } from '../../memory/remember.ts';
import { capitalised } from '../../text/capitalised.ts';
import { PlaceMap } from '../../text/place-map.ts';
import type { Location } from '../../text/range.ts';
import { bindingTo, defaultSiteOf, sitesById } from '../../tls/model/parts.ts';
import type { Endpoint, ServerModel, Site } from '../../tls/model/server-model.ts';
import { knownValue, type Setting } from '../../tls/model/setting.ts';
import type { ModelFix, Report } from '../rule.ts';
import { fewAlike } from './few-related.ts';
import { changeShared } from './fixes.ts';
import { sameOrigin, type TlsValue, writtenSettings } from './shared-settings.ts';
import { isRefused } from './sites/refused.ts';
import { tlsEndpoints } from './sites/sites.ts';

/**
 * What the default site of an address may decide for all of its sites: handshakes and sessions begin with it, before the server
 * knows which one is asked for (measured: test/servers/nginx-overruled.test.ts).
 */
const decided = [
  'protocols',
  'groups',
  'tls13CipherSuites',
  'sessionTickets',
  'sessionCache',
  'sessionTimeout',
  'ticketKeys',
  'earlyData',
] as const;
type DecidedSetting = (typeof decided)[number];

/** What a site has, and what its clients get at a listener where the default site decides. */
export interface Overruled<T> {
  readonly own: T;
  readonly got: T;
  readonly site: Site;
  readonly endpoint: Endpoint;
}

/**
 * A report for what the default site of a listener decides against others, which may be many. What another file says is reported
 * where no site at all has it in force.
 * @param what the setting, as the title of the fix calls it
 * @param tell what is wrong, behind the name of the site; undefined where clients notice nothing
 */
export function* overruledReports<Name extends DecidedSetting>(
  model: ServerModel,
  name: Name,
  what: string,
  tell: (overruled: Overruled<TlsValue<Name>>) => string | undefined,
): Iterable<Report> {
  const endpoints = overruledEndpoints(model);
  if (endpoints.length === 0) return;
  const inForce = new PlaceMap<true>();
  for (const { location } of writtenSettings(model, name)) inForce.set(location, true);
  const found = new Map<string, [Told, ...Told[]]>();
  const seen = new Set<Site>();
  for (const { site, endpoint } of endpoints) {
    const own = site.tls[name] as Setting<TlsValue<Name>> | undefined;
    const deciding = endpoint.tls[name] as typeof own;
    if (own === undefined || deciding === undefined || own.origin.kind === 'default') continue;
    if (own === deciding || seen.has(site) || !isOfBlock(model, own, deciding) || sameOrigin(own, deciding)) continue;
    // What lies around a snippet may decide otherwise.
    if (deciding.origin.kind === 'default' && !model.complete) continue;
    const { location, kind } = own.origin;
    const isInForce = inForce.has(location);
    if (isInForce && kind === 'inherited') continue;
    const [value, got] = [knownValue(own), knownValue(deciding)];
    const message = value === undefined || got === undefined ? undefined : tell({ own: value, got, site, endpoint });
    if (message === undefined) continue;
    seen.add(site);
    const told: Told = { location, site, own, deciding, isInForce };
    const alike = found.get(message);
    if (alike === undefined) found.set(message, [told]);
    else alike.push(told);
  }
  for (const [message, told] of found) yield reportOf(message, told, name, what);
}

interface Told {
  /** Of the line. */
  readonly location: Location;
  readonly site: Site;
  readonly own: Setting<unknown>;
  readonly deciding: Setting<unknown>;
  /** At another listener, where the site is the default, or for another site that has the same line. */
  readonly isInForce: boolean;
}

function reportOf(message: string, told: readonly [Told, ...Told[]], name: DecidedSetting, what: string): Report {
  const [{ site, location, deciding }, ...others] = told;
  const { origin } = deciding;
  return {
    message: `${capitalised(site.label)} ${message}`,
    location,
    related: [
      ...(origin.kind === 'default' ? [] : [{ location: origin.location, message: 'Decides for all' }]),
      ...fewAlike(others, (other) => `The same for ${other.site.label}`),
    ],
    fixes: () => (told.some(({ isInForce }) => isInForce) ? [] : removal(told, name, what)),
  };
}

function removal(told: readonly Told[], name: DecidedSetting, what: string): readonly ModelFix[] {
  if (name === 'ticketKeys') return [];
  const places = new PlaceMap<Told>();
  for (const each of told) if (!places.has(each.location)) places.set(each.location, each);
  const changes = [...places.values()].flatMap(({ site, own }) =>
    changeShared({ setting: own, owners: [site] }, name, knownValue(own) as never, undefined),
  );
  return [{ title: `Remove ${what}`, safe: false, changes }];
}

/** Sites at the listeners whose default site surely decides something that is written for them too. */
const overruledEndpoints = remember((model: ServerModel) => {
  const found: { readonly site: Site; readonly endpoint: Endpoint }[] = [];
  const siteOf = sitesById(model);
  for (const endpoint of tlsEndpoints(model)) {
    if (endpoint.isDefault) continue;
    const site = siteOf(endpoint.site);
    if (site === undefined || !hasOverruled(model, site, endpoint) || isRefused(endpoint)) continue;
    if (model.complete || isSaidToBeDefault(model, endpoint)) found.push({ site, endpoint });
  }
  return found;
});

function hasOverruled(model: ServerModel, site: Site, { tls }: Endpoint): boolean {
  for (const name of decided) {
    const [own, deciding] = [site.tls[name], tls[name]];
    if (own !== undefined && deciding !== undefined && own !== deciding && isOfBlock(model, own, deciding)) return true;
  }
  return false;
}

/** True for what stands in the site's block or a file that is included there: what stands around it the default site would have too. */
function isOfBlock({ complete }: ServerModel, { origin }: Setting<unknown>, deciding: Setting<unknown>): boolean {
  return origin.kind === 'explicit' || (origin.kind === 'inherited' && complete && deciding.origin.kind === 'default');
}

function isSaidToBeDefault(model: ServerModel, { listener }: Endpoint): boolean {
  const site = defaultSiteOf(model, listener);
  return site !== undefined && bindingTo(site, listener)?.parameters.includes('default_server') === true;
}
