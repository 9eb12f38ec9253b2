import { isCbc } from '../tls/suites/cipher-suites.ts';
import type { Rule } from './rule.ts';
import { inheritors, isDefault } from './support/shared-settings.ts';
import { useProfile } from './support/tls/cipher-fixes.ts';
import { cipherGroups } from './support/tls/cipher-groups.ts';
import { suiteLocation } from './support/tls/cipher-places.ts';
import { are, joinSome, suiteShare } from './support/words.ts';

/** Suites in CBC mode: not broken, but the source of Lucky 13 and its kin, and nobody needs them any more. */
export const cipherCbc: Rule = {
  id: 'cipher-cbc',
  title: 'Cipher suites in CBC mode are offered',
  severity: 'hint',
  effect: 'advice',
  *check(context) {
    for (const group of cipherGroups(context)) {
      if (isDefault(group.shared.setting)) continue;
      const cbc = group.offered.filter((suite) => isCbc(suite) && !context.profile.cipherSuites.includes(suite.name));
      if (cbc.length === 0) continue;
      yield {
        message: `${suiteShare(cbc.length, group.offered.length)} offered ${are(cbc.length)} in CBC mode: ${joinSome(cbc.map(({ name }) => name))}. Every client since 2015 has GCM or ChaCha20-Poly1305: list only those.`,
        location: suiteLocation(group, cbc),
        related: inheritors(group.shared),
        fixes: useProfile(context, group),
      };
    }
  },
};
