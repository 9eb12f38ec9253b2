import { evaluateGroups } from '../tls/groups.ts';
import type { GuidelineProfile } from '../tls/profiles.ts';
import { findCipherSuite, hasForwardSecrecy } from '../tls/suites/cipher-suites.ts';
import { describeOpenssl } from '../tls/target.ts';
import type { Rule } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { inheritors } from './support/shared-settings.ts';
import { groupLists, withFirst } from './support/tls/group-lists.ts';
import { handshakes } from './support/tls/handshakes.ts';

/** A list of groups that switches off what the library would do by itself. */
export const groupNoPostQuantum: Rule = {
  id: 'group-no-post-quantum',
  title: 'The list of groups leaves post-quantum key exchange out',
  severity: 'warning',
  effect: 'security',
  *check({ model, profile }) {
    // A policy of the system may leave it out as well.
    const isDefault = model.target.distribution?.policy === undefined;
    for (const { shared, text, target, result } of groupLists(model)) {
      const wanted = profile.groups.find((name) => evaluateGroups(name, target).groups.some(isPostQuantum));
      if (wanted === undefined) continue;
      if (result.groups.length === 0 || result.groups.some(isPostQuantum)) continue;
      // TLS 1.2 has no such group.
      const hasTls13 = shared.endpoints.some(({ tls }) =>
        handshakes(model, tls).protocols?.offered.includes('TLSv1.3'),
      );
      if (!hasTls13) continue;
      yield {
        ...(keepsRecordingsSecret(profile) ? {} : { severity: 'hint', effect: 'advice' }),
        message: `This list leaves ${wanted} out, which ${describeOpenssl(target)} ${isDefault ? 'offers by default' : 'has'}: connections recorded today can be decrypted once quantum computers are able to. Put ${wanted} first${isDefault ? ', or leave the groups to OpenSSL' : ''}.`,
        location: shared.location,
        related: inheritors(shared),
        fixes: [
          {
            title: `Put ${wanted} first`,
            safe: false,
            changes: changeShared(shared, 'groups', text, withFirst(wanted, text)),
          },
          ...(isDefault
            ? [
                {
                  title: 'Leave the groups to OpenSSL',
                  safe: false,
                  changes: changeShared(shared, 'groups', text, undefined),
                },
              ]
            : []),
        ],
      };
    }
  },
};

const isPostQuantum = ({ postQuantum }: { readonly postQuantum: boolean }) => postQuantum;

/** A profile for the oldest clients, with suites that the certificate's key opens afterwards, does not mean to. */
function keepsRecordingsSecret({ cipherSuites }: GuidelineProfile): boolean {
  return cipherSuites.every((name) => {
    const suite = findCipherSuite(name);
    return suite === undefined || hasForwardSecrecy(suite);
  });
}
