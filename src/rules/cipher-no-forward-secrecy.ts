import { type CipherSuite, hasForwardSecrecy } from '../tls/suites/cipher-suites.ts';
import { describeOpenssl } from '../tls/target.ts';
import type { Report, Rule, RuleContext } from './rule.ts';
import { inheritors, isDefault } from './support/shared-settings.ts';
import { useProfile, withoutSuites } from './support/tls/cipher-fixes.ts';
import { type CipherGroup, cipherGroups } from './support/tls/cipher-groups.ts';
import { suiteLocation } from './support/tls/cipher-places.ts';
import { targetAtLevel } from './support/tls/security-levels.ts';
import { are, joinSome, suiteShare } from './support/words.ts';

/** Suites whose recorded sessions open to whoever gets the certificate's key later. */
export const cipherNoForwardSecrecy: Rule = {
  id: 'cipher-no-forward-secrecy',
  title: 'Cipher suites without forward secrecy are offered',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    for (const group of cipherGroups(context)) {
      const without = group.offered.filter(
        (suite) => !hasForwardSecrecy(suite) && !context.profile.cipherSuites.includes(suite.name),
      );
      if (without.length > 0) yield report(context, group, without);
    }
  },
};

/** What a server offers when nobody asked is chosen by few clients, and no reason to alarm anybody. */
function report(context: RuleContext, group: CipherGroup, without: readonly CipherSuite[]): Report {
  const byDefault = isDefault(group.shared.setting);
  return {
    message: `${suiteShare(without.length, group.offered.length)} offered${byDefault ? ' by default' : ''} with ${describeOpenssl(targetAtLevel(context.model.target, group.result.securityLevel))} ${are(without.length)} without forward secrecy: ${joinSome(without.map(({ name }) => name))}. Anyone who records such a session can read it once the private key leaks. Leave ${without.length === 1 ? 'it' : 'them'} out.`,
    location: suiteLocation(group, without),
    severity: byDefault ? 'hint' : 'warning',
    effect: byDefault ? 'advice' : 'security',
    related: inheritors(group.shared),
    fixes: [
      ...withoutSuites(context, group, without, ['kRSA'], {
        title: 'Leave out the cipher suites without forward secrecy',
        safe: false,
      }),
      ...useProfile(context, group),
    ],
  };
}
