import { capitalised } from '../text/capitalised.ts';
import type { PathAnswer, Site } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { httpsSites } from './support/http-sites.ts';
import { sitesWithName } from './support/name-index.ts';
import { listenersOf } from './support/sites.ts';

type Redirect = PathAnswer & { readonly kind: 'redirect' };

/** An HTTPS site that answers its start page by a redirect to the very same address. */
export const redirectLoop: Rule = {
  id: 'redirect-loop',
  title: 'A site redirects to itself',
  severity: 'error',
  effect: 'connect',
  *check({ model }) {
    const secure = httpsSites(model);
    for (const site of secure) {
      if (site.neverRedirects === true) continue;
      const { rootAnswer } = site;
      const host = rootAnswer.kind === 'redirect' ? hostThatReturns(rootAnswer, site) : undefined;
      if (host === undefined || rootAnswer.kind !== 'redirect') continue;
      if (sitesWithName(secure, host).some((other) => other !== site)) continue;
      const plain = listenersOf(model, site).some(({ tls }) => knownValue(tls) === false);
      const next = plain
        ? 'Redirect in a site of its own for plain HTTP, and serve the content here.'
        : 'Redirect in the site that answers plain HTTP, and serve the content here.';
      yield {
        message: `${capitalised(site.label)} answers https://${host}/ with a redirect to https://${host}/, and so on without end: browsers give up and show nothing. ${next}`,
        location: rootAnswer.location,
        related: [{ location: site.location, message: 'The site that is asked again' }],
      };
    }
  },
};

/** The host of a redirect to an address that answers with the very same redirect: the one that was asked, or another name of the site. */
function hostThatReturns(answer: Redirect, site: Site): string | undefined {
  const host = hostOfStartPage(answer);
  const exact = site.names.filter(({ kind }) => kind === 'exact').map(({ text }) => text.toLowerCase());
  if (host === undefined || host === exact[0]) return host;
  const next = exact.includes(host) ? site.answerUnder?.(host, 'https') : undefined;
  return next?.kind === 'redirect' && hostOfStartPage(next) === host ? host : undefined;
}

/** The host of a redirect to `/` on the port that HTTPS means. */
function hostOfStartPage({ to }: Redirect): string | undefined {
  return /^https:\/\/([^/:?#$%{]+)(?::443)?\/?$/i.exec(to)?.[1]?.toLowerCase();
}
