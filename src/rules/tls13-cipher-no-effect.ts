import { evaluateGroups } from '../tls/groups.ts';
import { knownValue } from '../tls/model/setting.ts';
import { evaluateTls13CipherSuites } from '../tls/suites/tls13-cipher-suites.ts';
import { describeServer } from '../tls/target.ts';
import type { Rule } from './rule.ts';
import { overruledReports } from './support/overruled.ts';
import { guessedGroups } from './support/tls/group-lists.ts';
import { handshakesOf } from './support/tls/handshakes.ts';

/** A list of TLS 1.3 suites of a site that the listener's default site overrules. */
export const tls13CipherNoEffect: Rule = {
  id: 'tls13-cipher-no-effect',
  title: 'The list of TLS 1.3 suites of this site has no effect',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    const handshakes = handshakesOf(model);
    yield* overruledReports(model, 'tls13CipherSuites', 'the list', ({ own, got, endpoint }) => {
      if (handshakes(endpoint.tls).protocols?.offered.includes('TLSv1.3') !== true) return undefined;
      // Where browsers have to start over, both sites choose, and group-hello-retry tells of it.
      const groups = knownValue(endpoint.tls.groups);
      if (
        groups === undefined ||
        !evaluateGroups(groups, model.target).groups.some(({ name }) => guessedGroups.has(name))
      )
        return undefined;
      const [listed, offered] = [
        evaluateTls13CipherSuites(own, model.target),
        evaluateTls13CipherSuites(got, model.target),
      ];
      if (listed.error !== undefined || offered.error !== undefined || haveSame(listed.suites, offered.suites))
        return undefined;
      return `lists suites of TLS 1.3, but its clients get those of the default site of ${endpoint.listener}: with ${describeServer(model.server, model.target)} it decides for all. Set the list there.`;
    });
  },
};

/** Whatever their order, which clients choose by. */
function haveSame<Suite>(some: readonly Suite[], others: readonly Suite[]): boolean {
  return some.length === others.length && some.every((suite) => others.includes(suite));
}
