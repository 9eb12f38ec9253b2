import { evaluateGroups } from '../tls/groups.ts';
import { programNames } from '../tls/target.ts';
import type { Rule } from './rule.ts';
import { overruledReports } from './support/overruled.ts';

/** A list of groups of a site that the listener's default site overrules: handshakes keep those that they began with. */
export const groupNoEffect: Rule = {
  id: 'group-no-effect',
  title: 'The list of groups of this site has no effect',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    yield* overruledReports(model, 'groups', 'the list', ({ own, got, endpoint }) => {
      const [listed, offered] = [evaluateGroups(own, model.target), evaluateGroups(got, model.target)];
      if (listed.isDefault || !isAccepted(listed) || !isAccepted(offered) || sameGroups(listed, offered))
        return undefined;
      return `lists groups, but its clients get those of the default site of ${endpoint.listener}: ${programNames[model.server]} begins every handshake with them, before it knows which site is asked for. Set the list there.`;
    });
  },
};

type Groups = ReturnType<typeof evaluateGroups>;

/** False where the server does not start. */
function isAccepted({ error, unknown }: Groups): boolean {
  return error === undefined && !unknown.some(({ fatal }) => fatal);
}

function sameGroups({ groups: some }: Groups, { groups: others }: Groups): boolean {
  return some.length === others.length && some.every(({ name }, index) => name === others[index]?.name);
}
