import type { Related } from '../../text/finding.ts';
import { encloses, type Location } from '../../text/range.ts';
import type { Endpoint, ServerModel, Site, TlsSettings } from '../../tls/model/server-model.ts';
import { originWord, type Setting } from '../../tls/model/setting.ts';
import { listenerById, relatedSites, siteById, tlsEndpoints } from './sites.ts';

/** One place that a setting comes from, with everybody who gets it from there: one cause, one finding. */
export interface SharedSetting<T> {
  readonly setting: Setting<T>;
  /** The directive, or the word that opens the owner's block where nothing is set. */
  readonly location: Location;
  /** Site whose block decides: its own, or that of the listener's default site. */
  readonly owner: Site;
  /** Every site that is served with it. */
  readonly sites: readonly Site[];
  readonly endpoints: readonly Endpoint[];
}

/** The fields of `TlsSettings` that know where they come from. */
export type TlsSettingName = {
  [Name in keyof TlsSettings]-?: NonNullable<TlsSettings[Name]> extends Setting<unknown> ? Name : never;
}[keyof TlsSettings];

/** The type of a TLS setting's value. */
export type TlsValue<Name extends TlsSettingName> = NonNullable<TlsSettings[Name]> extends Setting<infer T> ? T : never;

type Shared<Name extends TlsSettingName> = readonly SharedSetting<TlsValue<Name>>[];

const caches = new WeakMap<ServerModel, Map<TlsSettingName, readonly SharedSetting<unknown>[]>>();

/**
 * What the TLS endpoints are served with, grouped by where it comes from. It speaks of what is in force, so that a line
 * that the default site overrules does not appear.
 */
export function sharedSettings<Name extends TlsSettingName>(model: ServerModel, name: Name): Shared<Name> {
  let cache = caches.get(model);
  if (cache === undefined) {
    cache = new Map();
    caches.set(model, cache);
  }
  let shared = cache.get(name);
  if (shared === undefined) {
    shared = group(model, name);
    cache.set(name, shared);
  }
  return shared as Shared<Name>;
}

function group(model: ServerModel, name: TlsSettingName): readonly SharedSetting<unknown>[] {
  const groups = new Map<string, { setting: Setting<unknown>; owner: Site; sites: Set<Site>; endpoints: Endpoint[] }>();
  for (const endpoint of tlsEndpoints(model)) {
    const setting: Setting<unknown> | undefined = endpoint.tls[name];
    const site = siteById(model, endpoint.site);
    if (setting === undefined || site === undefined) continue;
    const owner = ownerOf(model, endpoint, site, name, setting);
    const key = originKey(setting) ?? owner.id;
    const found = groups.get(key);
    if (found === undefined) groups.set(key, { setting, owner, sites: new Set([site]), endpoints: [endpoint] });
    else {
      found.sites.add(site);
      found.endpoints.push(endpoint);
    }
  }
  return [...groups.values()].map(({ setting, owner, sites, endpoints }) => ({
    setting,
    location: setting.origin.kind === 'default' ? owner.location : setting.origin.location,
    owner,
    sites: [...sites],
    endpoints,
  }));
}

function ownerOf(
  model: ServerModel,
  endpoint: Endpoint,
  site: Site,
  name: TlsSettingName,
  setting: Setting<unknown>,
): Site {
  const own: Setting<unknown> | undefined = site.tls[name];
  if (own !== undefined && sameOrigin(own, setting)) return site;
  return siteById(model, listenerById(model, endpoint.listener)?.defaultSite ?? '') ?? site;
}

/** True where both settings come from one directive, or neither is set. */
export function sameOrigin(a: Setting<unknown>, b: Setting<unknown>): boolean {
  return originKey(a) === originKey(b);
}

function originKey({ origin }: Setting<unknown>): string | undefined {
  return origin.kind === 'default' ? undefined : `${origin.location.file}\0${origin.location.range.start}`;
}

export function isDefault({ origin }: Setting<unknown>): boolean {
  return origin.kind === 'default';
}

/** The sites that a shared setting reaches beyond the block it stands in. */
export function inheritors(shared: SharedSetting<unknown>): readonly Related[] {
  const { file, range } = shared.location;
  const isElsewhere = ({ block }: Site) => !(block.file === file && encloses(block.range, range));
  const elsewhere = shared.sites.length === 1 ? [] : shared.sites.filter(isElsewhere);
  return relatedSites(elsewhere, (site) => `Also in force for ${site.label}`);
}

/** The first of the words that is written out, else the whole directive. */
export function wordLocation(shared: SharedSetting<unknown>, words: readonly string[]): Location {
  for (const word of words) {
    const location = originWord(shared.setting, word);
    if (location !== undefined) return location;
  }
  return shared.location;
}
