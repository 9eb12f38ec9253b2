import type { Site, SiteName } from '../tls/model/server-model.ts';
import type { Rule } from './rule.ts';

/** A name that two sites claim on one listener: the second never answers for it. */
export const serverNameDuplicate: Rule = {
  id: 'server-name-duplicate',
  title: 'Two sites have the same name on one listener',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    const seen = new Set<SiteName>();
    const listeners = new Map<string, Map<string, Site>>();
    for (const site of model.sites) {
      for (const { listener } of site.bindings) {
        const firsts = listeners.get(listener) ?? new Map<string, Site>();
        if (firsts.size === 0) listeners.set(listener, firsts);
        for (const name of site.names) {
          if (name.kind !== 'exact' && name.kind !== 'wildcard') continue;
          const key = name.text.toLowerCase();
          const first = firsts.get(key);
          if (first === undefined) firsts.set(key, site);
          else if (first !== site && !seen.has(name)) {
            seen.add(name);
            const other = first.names.find(({ text }) => text.toLowerCase() === key) ?? name;
            yield {
              message: `Another site on ${listener} has the name ${name.text} already, so this one never answers for it. Take the name out here, or there.`,
              location: name.location,
              related: [{ location: other.location, message: `Answers for ${name.text}` }],
            };
          }
        }
      }
    }
  },
};
