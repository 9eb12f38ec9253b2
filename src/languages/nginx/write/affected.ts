import { samePlace } from '../../../text/range.ts';
import type { AffectedEndpoint, Change } from '../../../tls/model/change.ts';
import { siteById } from '../../../tls/model/parts.ts';
import type { ServerModel, Site, TlsSettings } from '../../../tls/model/server-model.ts';
import { originLocation, type Setting } from '../../../tls/model/setting.ts';
import { protocolsPerServer } from '../facts/defaults.ts';
import { http3Listeners } from './http3.ts';
import { headerOf, listedHeaders, settingOf } from './settings-of.ts';

/** Endpoints whose clients notice one of the changes, each once. */
export function affectedEndpoints(model: ServerModel, changes: readonly Change[]): readonly AffectedEndpoint[] {
  const affected = new Map<string, AffectedEndpoint>();
  for (const change of changes) {
    const site = siteById(model, change.site);
    for (const endpoint of site ? affectedBy(model, site, change) : []) {
      affected.set(`${endpoint.listener} ${endpoint.site} ${endpoint.name}`, endpoint);
    }
  }
  return [...affected.values()];
}

/** What the default server of an address decides for all. */
const handshake: ReadonlySet<string> = new Set([
  'groups',
  'sessionCache',
  'sessionTimeout',
  'sessionTickets',
  'ticketKeys',
  'earlyData',
]);
/** The same where the version says so. */
const early: ReadonlySet<string> = new Set(['protocols', 'tls13CipherSuites']);

/** What clients notice: those of every site that shares the directive, and of every backend of a default one. */
function affectedBy(model: ServerModel, site: Site, change: Change): readonly AffectedEndpoint[] {
  if (change.setting === 'listener' && change.to) {
    const { address, port } = change.to;
    const listener = `${address === '*' ? '0.0.0.0' : address}:${port}`;
    const names = site.names.length > 0 ? site.names.map(({ text }) => text) : [site.label, '*'];
    const others = model.endpoints.filter((endpoint) => endpoint.listener === listener);
    return [...names.map((name) => ({ listener, site: site.id, name })), ...others];
  }
  if (change.setting === 'http3') {
    const names = site.names.length > 0 ? site.names.map(({ text }) => text) : [site.label, '*'];
    return http3Listeners(site, model).flatMap((listener) => [
      ...names.map((name) => ({ listener, site: site.id, name })),
      ...model.endpoints.filter((endpoint) => endpoint.listener === listener),
    ]);
  }
  const sites = new Set([site.id, ...sharing(model, site, change)]);
  const inHandshake = handshake.has(change.setting) || (early.has(change.setting) && !protocolsPerServer(model.target));
  const shared = inHandshake || change.setting === 'tls' || change.setting === 'http2';
  const listeners = new Set(
    model.listeners
      .filter(({ id, defaultSite }) =>
        change.setting === 'tls' || change.setting === 'http2'
          ? site.bindings.some(({ listener }) => listener === id)
          : sites.has(defaultSite),
      )
      .map(({ id }) => id),
  );
  return model.endpoints
    .filter((endpoint) => sites.has(endpoint.site) || (shared && listeners.has(endpoint.listener)))
    .map(({ listener, site: id, name }) => ({ listener, site: id, name }));
}

function sharing(model: ServerModel, site: Site, change: Change): readonly string[] {
  if (change.setting === 'upstreamProtocols') return sharingUpstreams(model, change);
  if (change.setting === 'header') return sharingHeader(model, site, change);
  if (change.scope !== 'origin' || !(change.setting in site.tls)) return [];
  const location = originLocation(settingOf(model, site, change));
  if (!location) return [];
  return model.sites
    .filter((other) => {
      const setting = other.tls[change.setting as keyof TlsSettings] as Setting<unknown> | undefined;
      const from = setting && originLocation(setting);
      return from !== undefined && samePlace(from, location);
    })
    .map(({ id }) => id);
}

/** Sites that send a header which is set in one place for all of them. */
function sharingHeader(model: ServerModel, site: Site, change: Change & { readonly setting: 'header' }) {
  const location = change.scope === 'origin' ? headerOf(site, change)?.location : undefined;
  if (!location) return [];
  return model.sites
    .filter(({ headers, routes }) =>
      [headers, ...routes.map((route) => route.headers)]
        .flatMap(listedHeaders)
        .some((header) => samePlace(header.location, location)),
    )
    .map(({ id }) => id);
}

/** Sites whose connections get their protocols from the same directive. */
function sharingUpstreams(model: ServerModel, change: Change & { readonly setting: 'upstreamProtocols' }) {
  const wish = change.to ?? change.from;
  const changed = wish && model.upstreams.find(({ location }) => samePlace(location, wish.location));
  const origin = changed && change.scope === 'origin' ? originLocation(changed.protocols) : undefined;
  return model.upstreams
    .filter(({ protocols }) => {
      const from = originLocation(protocols);
      return from !== undefined && origin !== undefined && samePlace(from, origin);
    })
    .map(({ site }) => site);
}
