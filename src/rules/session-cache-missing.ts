import type { Change } from '../tls/model/change.ts';
import type { Endpoint, ServerModel } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { serverFacts } from './support/server-facts.ts';
import { inheritors, isDefault, sharedSettings, writtenSettings } from './support/shared-settings.ts';

/** Neither tickets nor a cache that all processes share: every connection is a full handshake. */
export const sessionCacheMissing: Rule = {
  id: 'session-cache-missing',
  title: 'Sessions are never resumed',
  severity: 'hint',
  effect: 'advice',
  *check({ model }) {
    for (const shared of writtenSettings(model, 'sessionTickets')) {
      if (knownValue(shared.setting) !== false) continue;
      const without = shared.endpoints.every(({ tls }) => {
        const cache = knownValue(tls.sessionCache);
        return cache !== undefined && !/shared:|shmcb:|dc:|memcache:|redis:|dbm:/.test(cache);
      });
      if (!without || (!model.complete && shared.endpoints.some(({ tls }) => isDefault(tls.sessionCache)))) continue;
      yield {
        message:
          'Session tickets are off and no session cache is shared between processes, so that every connection is a full handshake. Set up a shared cache.',
        location: shared.location,
        related: inheritors(shared),
        fixes: [
          {
            title: 'Set up a shared session cache',
            safe: false,
            changes: shareCache(model, shared.endpoints),
          },
        ],
      };
    }
  },
};

/** Where each of the endpoints has its cache from, or in each site that decides and has none. */
function shareCache(model: ServerModel, endpoints: readonly Endpoint[]): readonly Change[] {
  const meant = new Set(endpoints);
  return sharedSettings(model, 'sessionCache')
    .filter((cache) => cache.endpoints.some((endpoint) => meant.has(endpoint)))
    .flatMap((cache) =>
      changeShared(cache, 'sessionCache', knownValue(cache.setting), serverFacts(model).sharedSessionCache),
    );
}
