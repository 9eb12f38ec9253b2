import { atLeastVersion } from '../text/version.ts';
import { evaluateGroups } from '../tls/groups.ts';
import type { Target } from '../tls/target.ts';
import type { Rule } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { inheritors } from './support/shared-settings.ts';
import { relatedSites } from './support/sites/sites.ts';
import { groupLists, guessedGroups, withFirst } from './support/tls/group-lists.ts';
import { handshakes } from './support/tls/handshakes.ts';
import { refusingRetries } from './support/tls/retried-suites.ts';

/** What every browser sends a key share for without being asked. */
const usual = 'X25519';

/** What Firefox sends a key share for besides. */
const guessedByFirefox = 'secp256r1';
/** What browsers would use if they were asked to, too. */
const supported: ReadonlySet<string> = new Set([...guessedGroups, guessedByFirefox, 'secp384r1']);

/** Groups that no browser guesses, so that each handshake starts over (RFC 8446 section 4.1.4). */
export const groupHelloRetry: Rule = {
  id: 'group-hello-retry',
  title: 'The list of groups costs browsers a round trip',
  severity: 'error',
  effect: 'connect',
  *check({ model }) {
    for (const { shared, text, target, result } of groupLists(model)) {
      if (evaluateGroups(usual, target).groups.length === 0) continue;
      const listed = result.groups.some(({ name }) => guessedGroups.has(name));
      const outranking = listed ? outrankingGroups(target, text) : undefined;
      if (result.groups.length === 0 || (listed && outranking === undefined)) continue;
      const hasTls13 = shared.endpoints.some(({ tls }) =>
        handshakes(model, tls).protocols?.offered.includes('TLSv1.3'),
      );
      if (!hasTls13) continue;
      const taken = outranking ?? result.groups.map(({ name }) => name);
      const who = taken.includes(guessedByFirefox) ? 'Browsers other than Firefox' : 'Browsers';
      const refusing = new Set(shared.endpoints.flatMap((endpoint) => refusingRetries(model, endpoint) ?? []));
      const [refused] = refusing;
      const cost =
        refused === undefined
          ? 'an extra round trip for every new session'
          : `and ${refused.label} then refuses them ("bad cipher"), as it chooses another suite of TLS 1.3 than the default site did before. Let both say the same of these suites and of whose order counts`;
      const gravity =
        refused === undefined
          ? ({ severity: 'hint', effect: 'advice', related: inheritors(shared) } as const)
          : { related: relatedSites([...refusing], ({ label }) => `Browsers cannot connect to ${label}`) };
      if (listed) {
        yield {
          message: `${who} start TLS 1.3 with a key for X25519 or X25519MLKEM768, which come after a "/" here: the groups before it take precedence, so the server asks for one of them (HelloRetryRequest), ${cost}. Write ":" for "/".`,
          location: shared.location,
          ...gravity,
          fixes: [
            {
              title: 'Give all groups the same rank',
              safe: false,
              changes: changeShared(shared, 'groups', text, text.replaceAll('/', ':')),
            },
          ],
        };
        continue;
      }
      yield {
        message: `${who} start TLS 1.3 with a key for X25519 or X25519MLKEM768, and neither is in this list: the server asks them to start over (HelloRetryRequest), ${cost}. Put ${usual} first.`,
        location: shared.location,
        ...gravity,
        fixes: [
          {
            title: `Put ${usual} first`,
            safe: false,
            changes: changeShared(shared, 'groups', text, withFirst(usual, text)),
          },
        ],
      };
    }
  },
};

/**
 * Groups of a higher rank that are used although the browser sent a key for one of a lower rank, where there are any: since
 * OpenSSL 3.5 the first rank that both know decides ("tuples" of its manual).
 */
function outrankingGroups(target: Target, text: string): readonly string[] | undefined {
  if (!text.includes('/') || !atLeastVersion(target.openssl, '3.5')) return undefined;
  for (const rank of text.split('/')) {
    const names = evaluateGroups(rank, target).groups.map(({ name }) => name);
    if (names.some((name) => supported.has(name)))
      return names.some((name) => guessedGroups.has(name)) ? undefined : names;
  }
  return undefined;
}
