import { describeOpenssl } from '../tls/target.ts';
import type { Rule } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { inheritors } from './support/shared-settings.ts';
import { cipherGroups } from './support/tls/cipher-groups.ts';
import { targetAtLevel } from './support/tls/security-levels.ts';
import { elementAt, partLocation } from './support/tls/value-parts.ts';
import { are, joinSome } from './support/words.ts';

/** Suites that some other OpenSSL would offer and that this one no longer has. */
export const cipherRefused: Rule = {
  id: 'cipher-refused',
  title: 'Listed cipher suites are not in this OpenSSL',
  severity: 'information',
  effect: 'advice',
  *check(context) {
    for (const { shared, text, result } of cipherGroups(context)) {
      if (result.error !== undefined || result.unmatched.length === 0) continue;
      const gone = result.unmatched.filter(
        ({ reason, operator, word }) =>
          reason === 'former' && operator === 'add' && !context.profile.cipherSuites.includes(word),
      );
      const [first] = gone;
      if (first === undefined) continue;
      const words = [...new Set(gone.map(({ range }) => elementAt(text, range)))];
      const to = text
        .split(':')
        .filter((word) => !words.includes(word))
        .join(':');
      yield {
        message: `${joinSome(words)} ${are(words.length)} listed, but not available in ${describeOpenssl(targetAtLevel(context.model.target, result.securityLevel))}: an older one would offer ${words.length === 1 ? 'it' : 'them'}. Remove ${words.length === 1 ? 'it' : 'them'}.`,
        location: partLocation(shared, text, first.range),
        related: inheritors(shared),
        fixes:
          to === text
            ? []
            : [
                {
                  title: `Remove ${joinSome(words)} from the list`,
                  safe: true,
                  changes: changeShared(shared, 'cipherString', text, to),
                },
              ],
      };
    }
  },
};
