import type { SharedCache } from '../tls/model/server-model.ts';
import type { Rule } from './rule.ts';

/** One shared cache with two sizes: the server takes neither. */
export const sessionCacheClash: Rule = {
  id: 'session-cache-clash',
  title: 'A session cache is set up with two sizes',
  severity: 'error',
  effect: 'start',
  *check({ model }) {
    const firsts = new Map<string, SharedCache>();
    for (const cache of model.sessionCaches) {
      // Without a size it refers to the one that is set up elsewhere.
      if (cache.size === 0) continue;
      const first = firsts.get(cache.name);
      if (first === undefined) firsts.set(cache.name, cache);
      else if (first.size !== cache.size) {
        yield {
          message: `The session cache ${cache.name} is set up with ${cache.size} bytes here and ${first.size} elsewhere, so the server does not start. Give it one size, or two names.`,
          location: cache.location,
          related: [{ location: first.location, message: `${first.size} bytes` }],
        };
      }
    }
  },
};
