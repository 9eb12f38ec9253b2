import type { Change } from '../tls/model/change.ts';
import { siteById } from '../tls/model/parts.ts';
import type { Endpoint, ServerModel, TlsSettings } from '../tls/model/server-model.ts';
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
      const without = shared.endpoints.every(({ tls }) => isShared(tls.sessionCache) === false);
      if (!without || (!model.complete && shared.endpoints.some(({ tls }) => isDefault(tls.sessionCache)))) continue;
      yield {
        message: `Session tickets are off and ${whyNone(model, shared.endpoints)}`,
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

/** Undefined where nobody knows. */
function isShared(cache: TlsSettings['sessionCache']): boolean | undefined {
  const text = knownValue(cache);
  return text === undefined ? undefined : /shared:|shmcb:|dc:|memcache:|redis:|dbm:/.test(text);
}

function whyNone(model: ServerModel, endpoints: readonly Endpoint[]): string {
  for (const { site, listener } of endpoints) {
    const own = siteById(model, site);
    if (!own || isShared(own.tls.sessionCache) !== true) continue;
    return `the session cache of ${own.label} has no effect: the default site of ${listener} decides for all and has no shared one, so every connection is a full handshake. Set it up there too.`;
  }
  return 'no session cache is shared between processes, so every connection is a full handshake. Set up a shared cache.';
}

/** Where each of the endpoints has its cache from, or in each site that decides and has none. */
function shareCache(model: ServerModel, endpoints: readonly Endpoint[]): readonly Change[] {
  const meant = new Set(endpoints);
  return sharedSettings(model, 'sessionCache')
    .filter((cache) => cache.endpoints.some((endpoint) => meant.has(endpoint)))
    .flatMap((cache) =>
      changeShared(cache, 'sessionCache', knownValue(cache.setting), serverFacts(model).sharedSessionCache),
    );
}
