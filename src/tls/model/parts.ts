import { remember } from '../../memory/remember.ts';
import type { Binding, Endpoint, Listener, ServerModel, Site } from './server-model.ts';

/**
 * Sites by their ids. A large configuration has thousands, and most are asked for in the order of the text, where one of the next
 * two is the one.
 */
class Sites {
  readonly #sites: readonly Site[];
  #places: ReadonlyMap<string, number> | undefined;
  /** Where the last one stood. */
  #at = 0;

  constructor(sites: readonly Site[]) {
    this.#sites = sites;
  }

  get(id: string): Site | undefined {
    return this.#sites[this.place(id)];
  }

  /** One behind all for what is not there. */
  place(id: string): number {
    this.#at = this.#near(this.#at, id) ?? this.#near(0, id) ?? this.#lookUp(id);
    return this.#at;
  }

  /** Looks at a place and the two behind it. */
  #near(from: number, id: string): number | undefined {
    const end = Math.min(from + 3, this.#sites.length);
    for (let at = from; at < end; at++) if (this.#sites[at]?.id === id) return at;
    return undefined;
  }

  #lookUp(id: string): number {
    this.#places ??= new Map(this.#sites.map((site, index) => [site.id, index]));
    return this.#places.get(id) ?? this.#sites.length;
  }
}

const sitesOf = remember(({ sites }: ServerModel) => new Sites(sites));
const listenersOf = remember(({ listeners }: ServerModel) => firstBy(listeners, ({ id }) => id));
const bindingsOf = remember(({ bindings }: Site) => firstBy(bindings, ({ listener }) => listener));
/** Of each site the first one, by the site's id. */
const endpointsOf = remember(({ endpoints }: ServerModel) => firstBy(endpoints, ({ site }) => site));

/** Of each listener the site that answers a client whose name no site has. */
const defaultSites = remember((model: ServerModel): ReadonlyMap<string, Site> => {
  const found = new Map<string, Site>();
  for (const { id, defaultSite } of model.listeners) {
    const site = siteById(model, defaultSite);
    if (site !== undefined && !found.has(id)) found.set(id, site);
  }
  return found;
});

function firstBy<Part>(parts: readonly Part[], keyOf: (part: Part) => string): ReadonlyMap<string, Part> {
  const found = new Map<string, Part>();
  for (const part of parts) {
    const key = keyOf(part);
    if (!found.has(key)) found.set(key, part);
  }
  return found;
}

export function siteById(model: ServerModel, id: string): Site | undefined {
  return sitesOf(model).get(id);
}

/** The same for who asks of one after the other. */
export function sitesById(model: ServerModel): (id: string) => Site | undefined {
  const sites = sitesOf(model);
  return (id) => sites.get(id);
}

/** What something says of each site, by the place where the site stands among all; `undefined` where it says nothing. */
export function bySite<Part extends { readonly site: string }, Said>(
  model: ServerModel,
  parts: readonly Part[],
  said: (part: Part) => Said,
): (site: string) => Said | undefined {
  const sites = sitesOf(model);
  const found: (Said | undefined)[] = new Array(model.sites.length).fill(undefined);
  for (const part of parts) {
    const place = sites.place(part.site);
    if (place < found.length) found[place] = said(part);
  }
  return (site) => found[sites.place(site)];
}

export function listenerById(model: ServerModel, id: string): Listener | undefined {
  return listenersOf(model).get(id);
}

/** What clients get of a site, on the first listener that offers it. */
export function firstEndpointOf(model: ServerModel, { id }: Site): Endpoint | undefined {
  return endpointsOf(model).get(id);
}

/** The site that answers clients at a listener who ask for no name that is there. */
export function defaultSiteOf(model: ServerModel, listener: string): Site | undefined {
  return defaultSites(model).get(listener);
}

/** The address of a site that is a listener, by the listener's id. One site may have thousands. */
export function bindingTo(site: Site, listener: string): Binding | undefined {
  return bindingsOf(site).get(listener);
}
