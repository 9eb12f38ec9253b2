import { evaluateGroups } from '../tls/groups.ts';
import { describeOpenssl } from '../tls/target.ts';
import type { Rule } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { groupLists } from './support/group-lists.ts';
import { securityLevelOf, targetAtLevel } from './support/security-levels.ts';
import { inheritors } from './support/shared-settings.ts';
import { joinSome } from './support/words.ts';

/** A list of groups of which the security level leaves nothing. */
export const groupNone: Rule = {
  id: 'group-none',
  title: 'No group is left',
  severity: 'error',
  effect: 'connect',
  *check({ model }) {
    for (const { shared, text } of groupLists(model)) {
      const target = targetAtLevel(model.target, securityLevelOf(model, shared.endpoints));
      const result = evaluateGroups(text, target);
      if (result.error !== undefined || result.groups.length > 0 || result.belowLevel.length === 0) continue;
      yield {
        message: `${describeOpenssl(target)} uses none of these groups (${joinSome(result.belowLevel.map(({ name }) => name))}), as they are too weak: no key can be agreed on. Leave the groups to OpenSSL.`,
        location: shared.location,
        related: inheritors(shared),
        fixes: [
          {
            title: 'Leave the groups to OpenSSL',
            safe: true,
            changes: changeShared(shared, 'groups', text, undefined),
          },
        ],
      };
    }
  },
};
