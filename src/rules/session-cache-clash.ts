import { encloses } from '../text/range.ts';
import type { ServerModel, SharedCache } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { ModelFix, Rule } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { startSettings } from './support/shared-settings.ts';

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
      const key = `${cache.application} ${cache.name}`;
      const first = firsts.get(key);
      if (first === undefined) firsts.set(key, cache);
      else if (first.size !== cache.size) {
        yield {
          message: `The session cache ${cache.name} is set up with ${cache.size} bytes here and ${first.size} elsewhere, so the server does not start. Use one size, or two names.`,
          location: cache.location,
          fixes: oneSize(model, cache, first),
          related: [{ location: first.location, message: `${first.size} bytes` }],
        };
      }
    }
  },
};

/** The later one gets what the first one says. */
function oneSize(model: ServerModel, cache: SharedCache, first: SharedCache): readonly ModelFix[] {
  const caches = startSettings(model, 'sessionCache');
  const at = ({ location }: SharedCache) =>
    caches.find(({ location: { file, range } }) => file === location.file && encloses(range, location.range));
  const [here, there] = [at(cache), at(first)];
  const from = here && knownValue(here.setting);
  const to = there && knownValue(there.setting);
  if (here === undefined || to === undefined) return [];
  return [
    { title: `Set it up as "${to}" here too`, safe: true, changes: changeShared(here, 'sessionCache', from, to) },
  ];
}
