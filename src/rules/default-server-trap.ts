import { remember } from '../memory/remember.ts';
import { defaultSiteOf } from '../tls/model/parts.ts';
import type { Listener, ServerModel, Site } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { serverFacts } from './support/server-facts.ts';
import { joinSome } from './support/words.ts';

/** Listener whose default site is whichever happens to come first. */
export const defaultServerTrap: Rule = {
  id: 'default-server-trap',
  title: 'Unknown names get whichever site comes first',
  severity: 'hint',
  effect: 'advice',
  *check({ model }) {
    if (!model.complete || !serverFacts(model).explicitDefaultSite) return;
    for (const [site, listeners] of accidentalDefaults(model)) {
      const ids = listeners.map(({ id }) => id);
      const sites = new Set(ids.flatMap((id) => useOf(model, id).sites));
      yield {
        message: `No site on ${joinSome(ids)} is marked as the default, so the first of the ${sites.size}, ${site.label}, answers for unknown names, with its certificate. Mark one as the default, ideally one that refuses the handshake.`,
        location: site.location,
      };
    }
  },
};

/** Sites that are the default only because they come first, with the TLS listeners where others could be it. */
function accidentalDefaults(model: ServerModel): ReadonlyMap<Site, readonly Listener[]> {
  const found = new Map<Site, Listener[]>();
  for (const listener of model.listeners) {
    if (!isAddressKnown(listener)) continue;
    const site = defaultSiteOf(model, listener.id);
    if (site === undefined || site.application !== 'http' || knownValue(listener.tls) !== true) continue;
    const { sites, chosen } = useOf(model, listener.id);
    if (sites.length < 2 || chosen || site.refusesAll) continue;
    const listeners = found.get(site);
    if (listeners === undefined) found.set(site, [listener]);
    else listeners.push(listener);
  }
  return found;
}

/** A template that writes the address may write any number of sites, too. */
function isAddressKnown({ port, family }: Listener): boolean {
  return port !== 0 || family === 'unix';
}

interface Use {
  /** Those that are bound to a listener. */
  readonly sites: Site[];
  /** One of them is marked as the default. */
  chosen: boolean;
}

function useOf(model: ServerModel, listener: string): Use {
  return uses(model).get(listener) ?? { sites: [], chosen: false };
}

const uses = remember((model: ServerModel): ReadonlyMap<string, Use> => {
  const found = new Map<string, Use>();
  for (const site of model.sites) {
    for (const { listener, parameters } of site.bindings) {
      const use = found.get(listener) ?? { sites: [], chosen: false };
      if (use.sites.at(-1) !== site) use.sites.push(site);
      use.chosen ||= parameters.includes('default_server') || parameters.includes('default');
      found.set(listener, use);
    }
  }
  return found;
});
