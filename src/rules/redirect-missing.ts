import { isBelow } from '../text/path.ts';
import type { Rule } from './rule.ts';
import { changeSite } from './support/fixes.ts';
import { httpsSites, plainHttpSites, publicNames } from './support/http-sites.ts';
import { isSurelyNamed } from './support/name-index.ts';

/** A site that answers over plain HTTP what it also has over HTTPS. */
export const redirectMissing: Rule = {
  id: 'redirect-missing',
  title: 'Plain HTTP is not redirected to HTTPS',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    const secure = httpsSites(model);
    const both = new Set(secure);
    const lost = model.notes.filter(({ kind }) => kind === 'redirect-lost').map(({ text }) => text);
    for (const site of plainHttpSites(model)) {
      const answer = site.plainAnswer ?? site.rootAnswer;
      if (answer.kind !== 'files' && answer.kind !== 'proxy') continue;
      // A redirect is there, and why it is lost is said where it stands.
      if (answer.kind === 'files' && lost.some((folder) => isBelow(answer.directory, folder))) continue;
      const name = publicNames(site).find((candidate) => isSurelyNamed(secure, candidate, site));
      if (name === undefined || site.folderRules !== undefined) continue;
      yield {
        message: `${name} is served over plain HTTP although it has HTTPS: whoever types the name or follows an old link stays unprotected. Redirect to HTTPS.`,
        location: site.location,
        related: [{ location: answer.location, message: 'Answers over plain HTTP' }],
        // One block for both ports cannot redirect without redirecting itself.
        fixes: both.has(site)
          ? []
          : [
              {
                title: 'Redirect to HTTPS',
                safe: false,
                changes: [changeSite(site, 'redirectToHttps', undefined, true)],
              },
            ],
      };
    }
  },
};
