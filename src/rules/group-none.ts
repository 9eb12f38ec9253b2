import { evaluateGroups, type GroupListResult } from '../tls/groups.ts';
import { describeOpenssl, type Target } from '../tls/target.ts';
import type { Rule } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { groupLists } from './support/group-lists.ts';
import { securityLevelOf, targetAtLevel } from './support/security-levels.ts';
import { inheritors } from './support/shared-settings.ts';
import { joinSome } from './support/words.ts';

/** A list of groups that OpenSSL takes and of which nothing is left. */
export const groupNone: Rule = {
  id: 'group-none',
  title: 'No group is left',
  severity: 'error',
  effect: 'connect',
  *check({ model }) {
    for (const { shared, text } of groupLists(model)) {
      const target = targetAtLevel(model.target, securityLevelOf(model, shared.endpoints));
      const result = evaluateGroups(text, target);
      if (result.error !== undefined || result.groups.length > 0) continue;
      yield {
        message: `${whyNone(text, result, target)}: no key can be agreed on. Leave the groups to OpenSSL.`,
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

function whyNone(text: string, { belowLevel, unknown }: GroupListResult, target: Target): string {
  if (text === '') return 'The list of groups is empty';
  const uses = `${describeOpenssl(target)} uses none of these groups`;
  if (belowLevel.length > 0) return `${uses} (${joinSome(belowLevel.map(({ name }) => name))}), as they are too weak`;
  if (unknown.length === 0) return 'The list of groups takes away all that it has';
  return `${uses} (${joinSome(unknown.map(({ word }) => word))}), as it does not know them`;
}
