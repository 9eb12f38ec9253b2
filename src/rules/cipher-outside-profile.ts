import { profiles } from '../tls/profiles.ts';
import { weaknesses } from '../tls/suites/cipher-suites.ts';
import type { Rule } from './rule.ts';
import { inheritors } from './support/shared-settings.ts';
import { useProfile } from './support/tls/cipher-fixes.ts';
import { cipherGroups } from './support/tls/cipher-groups.ts';
import { suiteLocation } from './support/tls/cipher-places.ts';
import { are, joinSome, suiteShare } from './support/words.ts';

/** Suites that are sound in themselves, where a profile of somebody's own lists others: a policy that asks for 256 bits. */
export const cipherOutsideProfile: Rule = {
  id: 'cipher-outside-profile',
  title: 'Cipher suites are offered that the profile does not have',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    const { profile } = context;
    const wanted = new Set(profile.cipherSuites);
    // Guidelines for everybody name the best, and others that are as good do no harm.
    if (wanted.size === 0 || Object.values(profiles).some(({ cipherSuites }) => cipherSuites === profile.cipherSuites))
      return;
    for (const group of cipherGroups(context)) {
      // What is weak has rules of its own.
      const outside = group.offered.filter((suite) => !wanted.has(suite.name) && weaknesses(suite).length === 0);
      if (outside.length === 0) continue;
      yield {
        message: `${suiteShare(outside.length, group.offered.length)} offered ${are(outside.length)} not in ${profile.source}: ${joinSome(outside.map(({ name }) => name))}. Offer those of the profile only.`,
        location: suiteLocation(group, outside),
        related: inheritors(group.shared),
        fixes: useProfile(context, group),
      };
    }
  },
};
