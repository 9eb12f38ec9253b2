import type { GroupListResult } from '../tls/groups.ts';
import type { Endpoint } from '../tls/model/server-model.ts';
import { describeOpenssl, type Target } from '../tls/target.ts';
import type { Report, Rule, RuleContext } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { inheritors } from './support/shared-settings.ts';
import { usableSuites } from './support/tls/cipher-groups.ts';
import { groupLists } from './support/tls/group-lists.ts';
import { handshakes } from './support/tls/handshakes.ts';
import { joinSome } from './support/words.ts';

/** A list of groups that OpenSSL takes and of which nothing is left. */
export const groupNone: Rule = {
  id: 'group-none',
  title: 'No group is left',
  severity: 'error',
  effect: 'connect',
  *check(context) {
    const { model } = context;
    for (const { shared, text, target, result } of groupLists(model)) {
      if (result.error !== undefined || result.groups.length > 0) continue;
      yield {
        ...outcomeOf(context, shared.endpoints, whyNone(text, result, target)),
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

/** A key that the client encrypts to the certificate's needs no group, but TLS 1.3 has none of these. */
function outcomeOf(
  context: RuleContext,
  endpoints: readonly Endpoint[],
  why: string,
): Pick<Report, 'message' | 'severity' | 'effect'> {
  const next = 'Leave the groups to OpenSSL.';
  const doesWithout = endpoints.every((endpoint) =>
    usableSuites(context, endpoint).some(({ keyExchange }) => keyExchange === 'RSA'),
  );
  if (!doesWithout) return { message: `${why}: no key can be agreed on. ${next}` };
  if (endpoints.some(({ tls }) => handshakes(context.model, tls).protocols?.offered.includes('TLSv1.3') !== false)) {
    return {
      message: `${why}: TLS 1.3 clients cannot connect, and older ones do so without forward secrecy. ${next}`,
    };
  }
  return {
    message: `${why}: only cipher suites without forward secrecy are left. ${next}`,
    severity: 'warning',
    effect: 'security',
  };
}

function whyNone(text: string, { belowLevel, unknown }: GroupListResult, target: Target): string {
  if (text === '') return 'The list of groups is empty';
  const uses = `${describeOpenssl(target)} uses none of these groups`;
  if (belowLevel.length > 0) return `${uses} (${joinSome(belowLevel.map(({ name }) => name))}), as they are too weak`;
  if (unknown.length === 0) return 'The list of groups removes everything that it adds';
  return `${uses} (${joinSome(unknown.map(({ word }) => word))}), as it does not know them`;
}
