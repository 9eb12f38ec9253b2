import { describeServer } from '../tls/target.ts';
import type { Rule } from './rule.ts';
import { overruledReports } from './support/overruled.ts';
import { handshakesOf } from './support/tls/handshakes.ts';
import { protocolNames } from './support/words.ts';

/** A protocol list of a site that the listener's default site overrules. */
export const protocolNoEffect: Rule = {
  id: 'protocol-no-effect',
  title: 'The protocol list of this site has no effect',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    const handshakes = handshakesOf(model);
    yield* overruledReports(model, 'protocols', 'the list', ({ own, site, endpoint }) => {
      const wanted = handshakes(site.tls).protocols?.offered;
      const got = handshakes(endpoint.tls).protocols?.offered;
      if (wanted === undefined || got === undefined || sameMembers(wanted, got)) return undefined;
      return `asks for ${protocolNames(own)}, but its clients get ${got.length === 0 ? 'none' : protocolNames(got)}: with ${describeServer(model.server, model.target)} the default site of ${endpoint.listener} decides for all. Set the list there.`;
    });
  },
};

function sameMembers(a: readonly string[], b: readonly string[]): boolean {
  if (a === b) return true;
  return a.length === b.length && a.every((member) => b.includes(member));
}
