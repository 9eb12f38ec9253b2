import type { Binding, ServerModel, Site } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import { describeServer, isAssumed, programNames } from '../tls/target.ts';
import type { Rule } from './rule.ts';
import { changeSite } from './support/fixes.ts';
import { hasHttp2Directive, serverFacts } from './support/server-facts.ts';
import { listenersOf, relatedSites } from './support/sites/sites.ts';

const hasHttp2 = ({ parameters, isForSomeVersions }: Binding) =>
  parameters.includes('http2') && isForSomeVersions !== true;

/** HTTP/2 switched on for an address, where it belongs to a site by now. */
export const http2DeprecatedParameter: Rule = {
  id: 'http2-deprecated-parameter',
  title: 'HTTP/2 is switched on in a deprecated way',
  severity: 'hint',
  effect: 'advice',
  *check({ model }) {
    if (!hasHttp2Directive(model)) return;
    const { server, target } = model;
    // An older one does not start with the directive.
    const isSure = !isAssumed(server, target);
    const which = isSure
      ? ''
      : `, unless ${programNames[server]} before ${serverFacts(model).http2DirectiveSince} runs there`;
    let others: Map<string, Site[]> | undefined;
    for (const site of model.sites) {
      if (!site.bindings.some(hasHttp2)) continue;
      const [first, ...more] = site.bindings.filter(hasHttp2).map((binding) => binding.locationOf('http2'));
      if (first === undefined) continue;
      others ??= sitesWithout(model);
      const neighbours = takeNeighbours(site, others);
      const everyAddress = neighbours.every((other) =>
        listenersOf(model, other).every(({ tls, http2 }) => knownValue(tls) !== true || knownValue(http2) === true),
      );
      yield {
        message: `The parameter "http2" of an address is deprecated in ${describeServer(server, target)}, which warns at every start: it applies to all sites on that address. Switch HTTP/2 on for ${neighbours.length > 0 ? 'each site' : 'the site'}${which}.`,
        location: first,
        related: [
          ...more.map((location) => ({ location, message: 'Here too' })),
          ...relatedSites(neighbours, ({ label }) => `${label} has HTTP/2 by this alone`),
        ],
        fixes: [
          {
            title:
              neighbours.length > 0 ? 'Switch HTTP/2 on for each site of the address' : 'Switch HTTP/2 on for the site',
            safe: everyAddress && isSure,
            changes: [site, ...neighbours].map((each) => changeSite(each, 'http2', true, true)),
          },
        ],
      };
    }
  },
};

/** Sites by listener that serve HTTP over TLS there and do not ask for HTTP/2 in any of their addresses. */
function sitesWithout(model: ServerModel): Map<string, Site[]> {
  const found = new Map<string, Site[]>();
  for (const site of model.sites) {
    if (site.application !== 'http' || site.refusesAll || site.bindings.some(hasHttp2)) continue;
    for (const { listener } of site.bindings) {
      const known = found.get(listener);
      if (known === undefined) found.set(listener, [site]);
      else known.push(site);
    }
  }
  return found;
}

/** Those that share an address with the parameter, each told of once: whoever names it next finds them provided for. */
function takeNeighbours({ bindings }: Site, others: Map<string, Site[]>): readonly Site[] {
  const taken = new Set<Site>();
  for (const binding of bindings) {
    if (!hasHttp2(binding)) continue;
    for (const other of others.get(binding.listener) ?? []) taken.add(other);
    others.delete(binding.listener);
  }
  return [...taken];
}
