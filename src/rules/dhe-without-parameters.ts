import { knownValue } from '../tls/model/setting.ts';
import type { Report, Rule, RuleContext } from './rule.ts';
import { needsDhParameters } from './support/server-facts.ts';
import { inheritors, isDefault } from './support/shared-settings.ts';
import { useProfile, withoutSuites } from './support/tls/cipher-fixes.ts';
import { type CipherGroup, cipherGroups } from './support/tls/cipher-groups.ts';
import { suiteLocation } from './support/tls/cipher-places.ts';

/** Finite-field Diffie-Hellman suites of a server that has no group for them. */
export const dheWithoutParameters: Rule = {
  id: 'dhe-without-parameters',
  title: 'DHE cipher suites without DH parameters are never used',
  severity: 'error',
  effect: 'connect',
  *check(context) {
    if (!needsDhParameters(context.model)) return;
    for (const group of cipherGroups(context)) {
      const { shared, suites } = group;
      if (isDefault(shared.setting) || !suites.some(({ keyExchange }) => keyExchange === 'DH')) continue;
      // Whoever refuses every handshake needs nothing, and says nothing of the others that read the same list.
      const asking = shared.endpoints.filter(({ tls }) => knownValue(tls.rejectHandshake) !== true);
      if (asking.length === 0 || !asking.every(({ tls }) => knownValue(tls.dhParameters) === null)) continue;
      yield report(context, group);
    }
  },
};

function report(context: RuleContext, group: CipherGroup): Report {
  const dhe = group.suites.filter(({ keyExchange }) => keyExchange === 'DH');
  const location = suiteLocation(group, dhe);
  const related = inheritors(group.shared);
  // A file that includes this one may bring them.
  const { complete } = context.model;
  const advice = { severity: 'information', effect: 'advice' } as const;
  if (dhe.length === group.suites.length) {
    const none = complete ? 'none are configured: TLS 1.2' : 'this file has none: without them TLS 1.2';
    return {
      message: `All cipher suites need DH parameters and ${none} clients cannot connect. Offer ECDHE suites, which need none.`,
      location,
      ...(complete ? {} : advice),
      related,
      fixes: useProfile(context, group).map((fix) => ({ ...fix, safe: complete })),
    };
  }
  const none = complete
    ? 'none are configured: they are never used'
    : 'this file has none: without them they are never used';
  return {
    message: `The DHE cipher suites (${dhe.length} of ${group.suites.length}) need DH parameters, and ${none}. Remove them; ECDHE does the same, faster.`,
    location,
    ...advice,
    related,
    fixes: withoutSuites(context, group, dhe, ['kDHE'], { title: 'Remove the DHE cipher suites', safe: complete }),
  };
}
