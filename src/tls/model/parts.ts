import { remember } from '../../memory/remember.ts';
import type { Endpoint, Listener, ServerModel, Site } from './server-model.ts';

/** The model's parts by id, made once per model however many ask. */
interface Index {
  readonly sites: ReadonlyMap<string, Site>;
  readonly listeners: ReadonlyMap<string, Listener>;
  /** Of each site the first one, by the site's id. */
  readonly endpoints: ReadonlyMap<string, Endpoint>;
}

const indexOf = remember(
  (model: ServerModel): Index => ({
    sites: firstBy(model.sites, ({ id }) => id),
    listeners: firstBy(model.listeners, ({ id }) => id),
    endpoints: firstBy(model.endpoints, ({ site }) => site),
  }),
);

function firstBy<Part>(parts: readonly Part[], keyOf: (part: Part) => string): ReadonlyMap<string, Part> {
  const found = new Map<string, Part>();
  for (const part of parts) {
    const key = keyOf(part);
    if (!found.has(key)) found.set(key, part);
  }
  return found;
}

export function siteById(model: ServerModel, id: string): Site | undefined {
  return indexOf(model).sites.get(id);
}

export function listenerById(model: ServerModel, id: string): Listener | undefined {
  return indexOf(model).listeners.get(id);
}

/** What clients get of a site, on the first listener that offers it. */
export function firstEndpointOf(model: ServerModel, { id }: Site): Endpoint | undefined {
  return indexOf(model).endpoints.get(id);
}
