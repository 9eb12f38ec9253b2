import type { Listener, ServerModel, Site } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { serverFacts } from './support/server-facts.ts';
import { siteById } from './support/sites.ts';
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
      const ids = new Set(listeners.map(({ id }) => id));
      const sites = model.sites.filter(({ bindings }) => bindings.some(({ listener }) => ids.has(listener)));
      yield {
        message: `Nobody says which site answers on ${joinSome([...ids])} for a name that none of the ${sites.length} has, so it is the first in the text: ${site.label}, with its certificate. Mark one as the default, best one that refuses the handshake.`,
        location: site.location,
      };
    }
  },
};

/** Sites that are the default only because they come first, with the TLS listeners where others could be it. */
function accidentalDefaults(model: ServerModel): ReadonlyMap<Site, readonly Listener[]> {
  const found = new Map<Site, Listener[]>();
  for (const listener of model.listeners) {
    const site = siteById(model, listener.defaultSite);
    if (site === undefined || site.application !== 'http' || knownValue(listener.tls) !== true) continue;
    if (isChosen(site, listener) || !isShared(model, listener) || site.refusesAll) continue;
    const listeners = found.get(site);
    if (listeners === undefined) found.set(site, [listener]);
    else listeners.push(listener);
  }
  return found;
}

/** Who is marked is the default. */
function isChosen({ bindings }: Site, { id }: Listener): boolean {
  return bindings.some(
    ({ listener, parameters }) =>
      listener === id && parameters.some(({ value }) => value === 'default_server' || value === 'default'),
  );
}

/** True where several sites are bound to a listener. */
function isShared({ sites }: ServerModel, { id }: Listener): boolean {
  let count = 0;
  for (const { bindings } of sites) if (bindings.some(({ listener }) => listener === id) && ++count > 1) return true;
  return false;
}
