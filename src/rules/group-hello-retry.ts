import { evaluateGroups } from '../tls/groups.ts';
import type { Rule } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { groupLists } from './support/group-lists.ts';
import { handshakes } from './support/handshakes.ts';
import { inheritors } from './support/shared-settings.ts';

/** What every browser sends a key share for without being asked. */
const usual = 'X25519';

/** The groups of those key shares, by their names in OpenSSL's table. */
const guessed: ReadonlySet<string> = new Set(['x25519', 'X25519MLKEM768']);

/** Groups that no browser guesses, so that each handshake starts over (RFC 8446 section 4.1.4). */
export const groupHelloRetry: Rule = {
  id: 'group-hello-retry',
  title: 'The list of groups costs browsers a round trip',
  severity: 'hint',
  effect: 'advice',
  *check({ model }) {
    if (evaluateGroups(usual, model.target).groups.length === 0) return;
    for (const { shared, text, result } of groupLists(model)) {
      if (result.groups.length === 0 || result.groups.some(({ name }) => guessed.has(name))) continue;
      const hasTls13 = shared.endpoints.some(({ tls }) =>
        handshakes(model, tls).protocols?.offered.includes('TLSv1.3'),
      );
      if (!hasTls13) continue;
      yield {
        message: `Browsers start TLS 1.3 with a key for X25519 or X25519MLKEM768, and neither is in this list: the server asks them to start over (HelloRetryRequest), a round trip more for every new session. Put ${usual} first.`,
        location: shared.location,
        related: inheritors(shared),
        fixes: [
          {
            title: `Put ${usual} first`,
            safe: false,
            changes: changeShared(shared, 'groups', text, `${usual}:${text}`),
          },
        ],
      };
    }
  },
};
