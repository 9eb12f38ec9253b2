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
    const firsts = new Map<string, { readonly site: Site; readonly name: SiteName }>();
    for (const site of model.sites) {
      for (const { listener } of site.bindings) {
        for (const name of site.names) {
          if (name.kind !== 'exact' && name.kind !== 'wildcard') continue;
          const key = `${listener}\0${name.text.toLowerCase()}`;
          const first = firsts.get(key);
          if (first === undefined) firsts.set(key, { site, name });
          else if (first.site !== site && !seen.has(name)) {
            seen.add(name);
            yield {
              message: `Another site on ${listener} has the name ${name.text} already, so this one never answers for it. Take the name out here, or there.`,
              location: name.location,
              related: [{ location: first.name.location, message: `Answers for ${name.text}` }],
            };
          }
        }
      }
    }
  },
};
