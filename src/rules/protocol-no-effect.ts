import { capitalised } from '../text/capitalised.ts';
import { sitesById } from '../tls/model/parts.ts';
import type { Site } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import { describeServer } from '../tls/target.ts';
import type { Rule } from './rule.ts';
import { changeSite } from './support/fixes.ts';
import { sameOrigin } from './support/shared-settings.ts';
import { isRefused } from './support/sites/refused.ts';
import { tlsEndpoints } from './support/sites/sites.ts';
import { handshakesOf } from './support/tls/handshakes.ts';
import { protocolNames } from './support/words.ts';

/** A protocol list of a site that the listener's default site overrules. */
export const protocolNoEffect: Rule = {
  id: 'protocol-no-effect',
  title: 'The protocol list of this site has no effect',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    const seen = new Set<Site>();
    const handshakes = handshakesOf(model);
    const siteOf = sitesById(model);
    for (const endpoint of tlsEndpoints(model)) {
      if (isRefused(endpoint)) continue;
      const site = siteOf(endpoint.site);
      if (site === undefined || site.tls.protocols === endpoint.tls.protocols || seen.has(site)) continue;
      const { origin } = site.tls.protocols;
      if (origin.kind !== 'explicit') continue;
      const asked = knownValue(site.tls.protocols);
      const wanted = handshakes(site.tls).protocols?.offered;
      const got = handshakes(endpoint.tls).protocols?.offered;
      if (asked === undefined || wanted === undefined || got === undefined) continue;
      if (sameMembers(wanted, got) || sameOrigin(site.tls.protocols, endpoint.tls.protocols)) continue;
      seen.add(site);
      const deciding = endpoint.tls.protocols.origin;
      yield {
        message: `${capitalised(site.label)} asks for ${protocolNames(asked)}, but its clients get ${got.length === 0 ? 'none' : protocolNames(got)}: with ${describeServer(model.server, model.target)} the default site of ${endpoint.listener} decides for all. Set the list there.`,
        location: origin.location,
        related: deciding.kind === 'default' ? [] : [{ location: deciding.location, message: 'Decides for all' }],
        fixes: [
          {
            title: 'Remove the list',
            safe: false,
            changes: [changeSite(site, 'protocols', asked, undefined)],
          },
        ],
      };
    }
  },
};

function sameMembers(a: readonly string[], b: readonly string[]): boolean {
  if (a === b) return true;
  return a.length === b.length && a.every((member) => b.includes(member));
}
