import { evaluateGroups } from '../tls/groups.ts';
import { groupList } from '../tls/profiles.ts';
import type { Rule } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { inheritors } from './support/shared-settings.ts';
import { groupLists } from './support/tls/group-lists.ts';

/** A list that clients without post-quantum groups cannot use at all. */
export const groupPostQuantumOnly: Rule = {
  id: 'group-post-quantum-only',
  title: 'Only post-quantum groups are offered',
  severity: 'error',
  effect: 'connect',
  *check({ model, profile }) {
    for (const { shared, text, target, result } of groupLists(model)) {
      if (result.groups.length === 0 || !result.groups.every(({ postQuantum }) => postQuantum)) continue;
      const classic = evaluateGroups(groupList(profile, target.openssl), target)
        .groups.filter(({ postQuantum }) => !postQuantum)
        .map(({ name }) => name);
      const to = [text, ...classic].join(':');
      yield {
        message:
          'Every group in this list is a post-quantum one: clients that support none cannot connect with TLS 1.3, and TLS 1.2 falls back to suites without forward secrecy or fails. List classic groups after them.',
        location: shared.location,
        related: inheritors(shared),
        fixes:
          classic.length === 0
            ? []
            : [
                {
                  title: `List ${classic.join(', ')} behind`,
                  safe: false,
                  changes: changeShared(shared, 'groups', text, to),
                },
              ],
      };
    }
  },
};
