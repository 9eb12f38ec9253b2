import type { Listener, ServerModel } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { serverFacts } from './support/server-facts.ts';
import { siteById } from './support/sites.ts';

/** Listener whose default site is whichever happens to come first. */
export const defaultServerTrap: Rule = {
  id: 'default-server-trap',
  title: 'Unknown names get whichever site comes first',
  severity: 'hint',
  effect: 'advice',
  *check({ model }) {
    if (!model.complete || !serverFacts(model).explicitDefaultSite) return;
    for (const listener of model.listeners) {
      const site = siteById(model, listener.defaultSite);
      if (site === undefined || site.application !== 'http' || knownValue(listener.tls) !== true) continue;
      const sites = model.sites.filter(({ bindings }) => bindings.some((binding) => binding.listener === listener.id));
      if (sites.length < 2 || site.refusesAll || isChosen(model, listener)) continue;
      yield {
        message: `Nobody says which site answers on ${listener.id} for a name that none of the ${sites.length} has, so it is the first in the text: ${site.label}, with its certificate. Mark one as the default, best one that refuses the handshake.`,
        location: site.location,
      };
    }
  },
};

function isChosen(model: ServerModel, listener: Listener): boolean {
  return model.sites.some(({ bindings }) =>
    bindings.some(
      (binding) =>
        binding.listener === listener.id &&
        binding.parameters.some(({ value }) => value === 'default_server' || value === 'default'),
    ),
  );
}
