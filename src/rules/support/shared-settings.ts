import type { Related } from '../../text/finding.ts';
import { encloses, type Location } from '../../text/range.ts';
import type { Endpoint, ServerModel, Site, TlsSettings } from '../../tls/model/server-model.ts';
import { originWord, type Setting } from '../../tls/model/setting.ts';
import { remember } from './remember.ts';
import { sameValue } from './same-value.ts';
import { endpointsWithTls, listenerById, relatedSites, siteById, tlsEndpoints } from './sites.ts';

/** One place that a setting comes from, with everybody who gets the same from there: one cause, one finding. */
export interface SharedSetting<T> {
  readonly setting: Setting<T>;
  /** The directive, or the word that opens the owner's block where nothing is set. */
  readonly location: Location;
  /**
   * Sites whose blocks decide: the site's own, or that of the listener's default site. One where somebody wrote it, all that
   * could have where nobody did.
   */
  readonly owners: readonly [Site, ...Site[]];
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

const written = remember((_model: ServerModel) => new Map<TlsSettingName, readonly SharedSetting<unknown>[]>());
const defaults = remember((_model: ServerModel) => new Map<TlsSettingName, readonly SharedSetting<unknown>[]>());

/**
 * What the TLS endpoints are served with where somebody wrote it, grouped by where it comes from. It speaks of what is in
 * force, so that a line that the default site overrules does not appear.
 */
export function writtenSettings<Name extends TlsSettingName>(model: ServerModel, name: Name): Shared<Name> {
  return lookUp(written(model), model, name, false) as Shared<Name>;
}

/** What is in force because nobody wrote anything, one for each reason. */
export function defaultSettings<Name extends TlsSettingName>(model: ServerModel, name: Name): Shared<Name> {
  return lookUp(defaults(model), model, name, true) as Shared<Name>;
}

/** Both. */
export function sharedSettings<Name extends TlsSettingName>(model: ServerModel, name: Name): Shared<Name> {
  return [...writtenSettings(model, name), ...defaultSettings(model, name)];
}

function lookUp(
  known: Map<TlsSettingName, readonly SharedSetting<unknown>[]>,
  model: ServerModel,
  name: TlsSettingName,
  byDefault: boolean,
): readonly SharedSetting<unknown>[] {
  let shared = known.get(name);
  if (shared === undefined) {
    shared = group(model, name, byDefault);
    known.set(name, shared);
  }
  return shared;
}

interface Group {
  readonly setting: Setting<unknown>;
  readonly owner: Site;
  readonly owners: Set<Site>;
  readonly sites: Set<Site>;
  readonly endpoints: Endpoint[];
}

function group(model: ServerModel, name: TlsSettingName, byDefault: boolean): readonly SharedSetting<unknown>[] {
  // Those who get it from one place mostly share one object; only where they do not must the places be compared.
  const bySetting = new Map<unknown, Group>();
  const byPlace = new Map<string, Group[]>();
  const groups: Group[] = [];
  for (const endpoint of byDefault ? tlsEndpoints(model) : endpointsWithTls(model)) {
    const setting: Setting<unknown> | undefined = endpoint.tls[name];
    if (setting === undefined || isDefault(setting) !== byDefault) continue;
    const site = siteById(model, endpoint.site);
    if (site === undefined) continue;
    const owner = ownerOf(model, endpoint, site, name, setting);
    let found = bySetting.get(setting);
    if (found === undefined) {
      const place = placeOf(setting);
      const there = byPlace.get(place) ?? [];
      // One place means different things to each use of a macro.
      found = there.find((group) => sameValue(group.setting.value, setting.value));
      if (found === undefined) {
        found = { setting, owner, owners: new Set(), sites: new Set(), endpoints: [] };
        byPlace.set(place, [...there, found]);
        groups.push(found);
      }
      bySetting.set(setting, found);
    }
    if (byDefault) found.owners.add(owner);
    found.sites.add(site);
    found.endpoints.push(endpoint);
  }
  return groups.map(({ setting, owner, owners, sites, endpoints }) => {
    const location = setting.origin.kind === 'default' ? owner.location : setting.origin.location;
    owners.delete(owner);
    return { setting, location, owners: [owner, ...owners], sites: [...sites], endpoints };
  });
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
  return a === b || placeOf(a) === placeOf(b);
}

/** The directive; of a default the reason and the value. */
function placeOf({ origin, value }: Setting<unknown>): string {
  if (origin.kind !== 'default') return `${origin.location.range.start} ${origin.location.file}`;
  return `${origin.because} ${JSON.stringify(value)}`;
}

export function isDefault({ origin }: Setting<unknown>): boolean {
  return origin.kind === 'default';
}

/** The sites that a shared setting reaches beyond the block it stands in, or where it is not set either. */
export function inheritors(shared: SharedSetting<unknown>): readonly Related[] {
  if (isDefault(shared.setting))
    return relatedSites(shared.owners.slice(1), ({ label }) => `Not set for ${label} either`);
  const { file, range } = shared.location;
  const isElsewhere = ({ block }: Site) => !(block.file === file && encloses(block.range, range));
  const elsewhere = shared.sites.length === 1 ? [] : shared.sites.filter(isElsewhere);
  return relatedSites(elsewhere, ({ label }) => `Also in force for ${label}`);
}

/** The first of the words that is written out, else the whole directive. */
export function wordLocation(shared: SharedSetting<unknown>, words: readonly string[]): Location {
  for (const word of words) {
    const location = originWord(shared.setting, word);
    if (location !== undefined) return location;
  }
  return shared.location;
}
