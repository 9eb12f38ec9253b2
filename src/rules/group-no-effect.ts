import { capitalised } from '../text/capitalised.ts';
import { evaluateGroups } from '../tls/groups.ts';
import { sitesById } from '../tls/model/parts.ts';
import type { Site } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import { programNames } from '../tls/target.ts';
import type { Rule } from './rule.ts';
import { changeSite } from './support/fixes.ts';
import { isRefused } from './support/sites/refused.ts';
import { tlsEndpoints } from './support/sites/sites.ts';
import { idleGroupLists } from './support/tls/group-lists.ts';

/** A list of groups of a site that the listener's default site overrules: handshakes keep those that they began with. */
export const groupNoEffect: Rule = {
  id: 'group-no-effect',
  title: 'The list of groups of this site has no effect',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    const lists = idleGroupLists(model);
    if (lists.length === 0) return;
    const idle = new Map(lists.map((list) => [list.shared.setting, list]));
    const seen = new Set<Site>();
    const siteOf = sitesById(model);
    for (const endpoint of tlsEndpoints(model)) {
      const site = siteOf(endpoint.site);
      const list = site && idle.get(site.tls.groups);
      if (site === undefined || list === undefined || seen.has(site) || isRefused(endpoint)) continue;
      const { origin } = site.tls.groups;
      const deciding = endpoint.tls.groups;
      const got = knownValue(deciding);
      if (origin.kind !== 'explicit' || got === undefined || !isAccepted(list.result)) continue;
      const offered = evaluateGroups(got, model.target);
      if (!isAccepted(offered) || sameGroups(list.result, offered)) continue;
      seen.add(site);
      yield {
        message: `${capitalised(site.label)} lists groups, but its clients get those of the default site of ${endpoint.listener}: ${programNames[model.server]} begins every handshake with them, before it knows which site is asked for. Set the list there.`,
        location: origin.location,
        related:
          deciding.origin.kind === 'default'
            ? []
            : [{ location: deciding.origin.location, message: 'Decides for all' }],
        fixes: [{ title: 'Remove the list', safe: false, changes: [changeSite(site, 'groups', list.text, undefined)] }],
      };
    }
  },
};

type Groups = ReturnType<typeof evaluateGroups>;

/** False where the server does not start. */
function isAccepted({ error, unknown }: Groups): boolean {
  return error === undefined && !unknown.some(({ fatal }) => fatal);
}

function sameGroups({ groups: some }: Groups, { groups: others }: Groups): boolean {
  return some.length === others.length && some.every(({ name }, index) => name === others[index]?.name);
}
