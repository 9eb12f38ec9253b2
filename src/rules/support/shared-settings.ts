import { remember } from '../../memory/remember.ts';
import type { Related } from '../../text/finding.ts';
import { PlaceMap } from '../../text/place-map.ts';
import { encloses, type Location, samePlace } from '../../text/range.ts';
import { bySite, defaultSiteOf, siteById, sitesById } from '../../tls/model/parts.ts';
import type { Endpoint, ServerModel, Site, TlsSettings } from '../../tls/model/server-model.ts';
import { originLocation, type Setting } from '../../tls/model/setting.ts';
import { fewAlike } from './few-related.ts';
import { sameValue } from './same-value.ts';
import { preparedSites } from './sites/prepared-sites.ts';
import { endpointsWithTls, relatedSites, tlsEndpoints } from './sites/sites.ts';

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
const idle = remember((_model: ServerModel) => new Map<TlsSettingName, readonly SharedSetting<unknown>[]>());
const defaults = remember((_model: ServerModel) => new Map<TlsSettingName, readonly SharedSetting<unknown>[]>());

/**
 * What the TLS endpoints are served with where somebody wrote it, grouped by where it comes from. It speaks of what is in
 * force, so that a line that the default site overrules does not appear.
 */
export function writtenSettings<Name extends TlsSettingName>(model: ServerModel, name: Name): Shared<Name> {
  const known = written(model);
  return (known.get(name) ?? added(known, name, groupWritten(model, name, endpointsWithTls(model)))) as Shared<Name>;
}

/**
 * What somebody wrote and the server reads when it starts, though no client is served with it: nothing but the start can
 * fail there.
 */
export function idleSettings<Name extends TlsSettingName>(model: ServerModel, name: Name): Shared<Name> {
  const known = idle(model);
  return (known.get(name) ?? added(known, name, groupIdle(model, name))) as Shared<Name>;
}

/** Both: whatever can stop the start. */
export function startSettings<Name extends TlsSettingName>(model: ServerModel, name: Name): Shared<Name> {
  return [...writtenSettings(model, name), ...idleSettings(model, name)];
}

/** What is in force because nobody wrote anything, one for each reason. */
function defaultSettings<Name extends TlsSettingName>(model: ServerModel, name: Name): Shared<Name> {
  const known = defaults(model);
  return (known.get(name) ?? added(known, name, groupDefaults(model, name))) as Shared<Name>;
}

/** What is in force, whether somebody wrote it or not. */
export function sharedSettings<Name extends TlsSettingName>(model: ServerModel, name: Name): Shared<Name> {
  return [...writtenSettings(model, name), ...defaultSettings(model, name)];
}

function added<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): Value {
  map.set(key, value);
  return value;
}

/** Most settings are written for one site, so that lists of all are made when somebody asks. */
class Group implements SharedSetting<unknown> {
  readonly setting: Setting<unknown>;
  /** Another group of the same place: one place means different things to each use of a macro. */
  readonly next: Group | undefined;
  private readonly model: ServerModel;
  private readonly owner: Site;
  private readonly first: Endpoint;
  /** The site of the first endpoint. */
  private readonly site: Site;
  private all: Endpoint[] | undefined;
  private others: Set<Site> | undefined;
  private served: readonly Site[] | undefined;
  /** Endpoints of one site have one server, whatever their names. */
  private isOfOneSite = true;

  constructor(
    model: ServerModel,
    setting: Setting<unknown>,
    owner: Site,
    endpoint: Endpoint,
    site: Site,
    next: Group | undefined,
  ) {
    this.setting = setting;
    this.first = endpoint;
    this.site = site;
    this.next = next;
    this.model = model;
    this.owner = owner;
  }

  get endpoints(): readonly Endpoint[] {
    this.all ??= [this.first];
    return this.all;
  }

  addEndpoint(endpoint: Endpoint): void {
    this.isOfOneSite &&= endpoint.site === this.first.site;
    // A list that grows takes room for many, and most groups are of two names.
    if (this.all) this.all.push(endpoint);
    else this.all = [this.first, endpoint];
  }

  addOwner(owner: Site): void {
    if (owner === this.owner) return;
    this.others ??= new Set();
    this.others.add(owner);
  }

  get owners(): readonly [Site, ...Site[]] {
    return [this.owner, ...(this.others ?? [])];
  }

  get location(): Location {
    return originLocation(this.setting) ?? this.owner.location;
  }

  get sites(): readonly Site[] {
    if (this.isOfOneSite) return [this.site];
    this.served ??= sitesOf(this.endpoints, this.model);
    return this.served;
  }
}

function sitesOf(endpoints: readonly Endpoint[], model: ServerModel): readonly Site[] {
  return [...new Set(endpoints.flatMap(({ site }) => siteById(model, site) ?? []))];
}

/** The group of a setting's value among those of one place. */
function among(group: Group | undefined, { value }: Setting<unknown>): Group | undefined {
  let at = group;
  while (at !== undefined && !sameValue(at.setting.value, value)) at = at.next;
  return at;
}

function groupIdle(model: ServerModel, name: TlsSettingName): readonly SharedSetting<unknown>[] {
  // What is in force for a site itself needs no comparison.
  const served = tlsOfPrepared(model);
  const prepared = preparedSites(model).filter(({ tls }, index) => served[index]?.[name] !== tls[name]);
  if (prepared.length === 0) return [];
  const inForce = new PlaceMap<SharedSetting<unknown>[]>();
  for (const shared of writtenSettings(model, name)) {
    const there = inForce.get(shared.location);
    if (there === undefined) inForce.set(shared.location, [shared]);
    else there.push(shared);
  }
  return groupWritten(model, name, prepared).filter(
    ({ location, setting: { value } }) =>
      !inForce.get(location)?.some(({ setting }) => sameValue(setting.value, value)),
  );
}

/** Of what is read when the server starts, one by one, the TLS of its site's last endpoint, if it has one. */
const tlsOfPrepared = remember((model: ServerModel) => {
  const inForce = bySite(model, endpointsWithTls(model), ({ tls }) => tls);
  return preparedSites(model).map(({ site }) => inForce(site));
});

function groupWritten(
  model: ServerModel,
  name: TlsSettingName,
  endpoints: readonly Endpoint[],
): readonly SharedSetting<unknown>[] {
  const groups: Group[] = [];
  const byPlace = new PlaceMap<Group>();
  const siteOf = sitesById(model);
  let last: Group | undefined;
  for (const endpoint of endpoints) {
    const setting: Setting<unknown> | undefined = endpoint.tls[name];
    if (setting === undefined || setting.origin.kind === 'default') continue;
    // Those who get it from one place mostly share one object; only where they do not must the places be compared.
    if (last?.setting !== setting) {
      const { location } = setting.origin;
      const there = byPlace.get(location);
      last = among(there, setting);
      if (last === undefined) {
        const site = siteOf(endpoint.site);
        if (site === undefined) continue;
        last = new Group(model, setting, ownerOf(model, endpoint, site, name, setting), endpoint, site, there);
        byPlace.set(location, last);
        groups.push(last);
        continue;
      }
    }
    last.addEndpoint(endpoint);
  }
  return groups;
}

function groupDefaults(model: ServerModel, name: TlsSettingName): readonly SharedSetting<unknown>[] {
  const groups: Group[] = [];
  const bySetting = new Map<Setting<unknown>, Group>();
  const byReason = new Map<string, Group>();
  const siteOf = sitesById(model);
  for (const endpoint of tlsEndpoints(model)) {
    const setting: Setting<unknown> | undefined = endpoint.tls[name];
    if (setting === undefined || setting.origin.kind !== 'default') continue;
    const site = siteOf(endpoint.site);
    if (site === undefined) continue;
    const owner = ownerOf(model, endpoint, site, name, setting);
    const reason = bySetting.has(setting) ? undefined : `${setting.origin.because} ${JSON.stringify(setting.value)}`;
    let group = reason === undefined ? bySetting.get(setting) : byReason.get(reason);
    if (group !== undefined) group.addEndpoint(endpoint);
    else {
      group = new Group(model, setting, owner, endpoint, site, undefined);
      groups.push(group);
    }
    bySetting.set(setting, group);
    if (reason !== undefined) byReason.set(reason, group);
    group.addOwner(owner);
  }
  return groups;
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
  return defaultSiteOf(model, endpoint.listener) ?? site;
}

/** True where both settings come from one directive, or neither is set, for the same reason and to the same value. */
export function sameOrigin(a: Setting<unknown>, b: Setting<unknown>): boolean {
  if (a === b) return true;
  const [mine, other] = [a.origin, b.origin];
  if (mine.kind === 'default' || other.kind === 'default') {
    return (
      mine.kind === 'default' &&
      other.kind === 'default' &&
      mine.because === other.because &&
      sameValue(a.value, b.value)
    );
  }
  return samePlace(mine.location, other.location);
}

export function isDefault({ origin }: Setting<unknown>): boolean {
  return origin.kind === 'default';
}

/** The sites that a shared setting reaches beyond the block it stands in, or where it is not set either. */
export function inheritors(shared: SharedSetting<unknown>): readonly Related[] {
  if (isDefault(shared.setting)) return fewAlike(shared.owners.slice(1), ({ label }) => `Not set for ${label} either`);
  const { file, range } = shared.location;
  const isElsewhere = ({ block }: Site) => !(block.file === file && encloses(block.range, range));
  const elsewhere = shared.sites.length === 1 ? [] : shared.sites.filter(isElsewhere);
  return relatedSites(elsewhere, ({ label }) => `Also in force for ${label}`);
}

/** The first of the words that is written out, with those side by side with it, else the whole directive. */
export function wordLocation({ setting, location }: SharedSetting<unknown>, words: readonly string[]): Location {
  const written = setting.origin.kind === 'default' ? [] : setting.origin.words;
  const wanted = new Set(words.map((word) => word.toLowerCase()));
  const isOther = ({ value }: { readonly value: string }) => !wanted.has(value.toLowerCase());
  const from = written.findIndex((word) => !isOther(word));
  const behind = written.findIndex((word, index) => index > from && isOther(word));
  const first = written[from];
  const last = behind < 0 ? written.at(-1) : written[behind - 1];
  if (!first || last?.location.file !== first.location.file) return first?.location ?? location;
  return { file: first.location.file, range: { start: first.location.range.start, end: last.location.range.end } };
}
