import { capitalised } from '../text/capitalised.ts';
import { PlaceMap } from '../text/place-map.ts';
import { samePlace } from '../text/range.ts';
import { askedHostOf } from '../tls/model/asked-host.ts';
import type { PathAnswer, Site } from '../tls/model/server-model.ts';
import type { Report, Rule } from './rule.ts';
import { changeSite } from './support/fixes.ts';
import { plainHttpSites } from './support/sites/http-sites.ts';

/** A redirect to HTTPS of the same host that leads every path to the start page (RFC 9110 section 15.4: `Location` is all that a client gets). */
export const redirectLosesPath: Rule = {
  id: 'redirect-loses-path',
  title: 'The redirect to HTTPS loses the path',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    // An included file answers for many sites.
    const reported = new PlaceMap<true>();
    for (const site of plainHttpSites(model)) {
      const answer = losing(site);
      if (answer === undefined || reported.get(answer.location)) continue;
      reported.set(answer.location, true);
      yield report(site, answer);
    }
  },
};

/** One that no redirect is written for. */
const unknownHost = 'any-host.invalid';

type Redirect = PathAnswer & { readonly kind: 'redirect' };

/** The redirect of `/`, where it answers another path too, and with the same address. */
function losing(site: Site): Redirect | undefined {
  if (site.neverRedirects === true) return undefined;
  const name = askedHostOf(site.names) ?? unknownHost;
  const start = site.answerUnder?.(name, 'http');
  if (start?.kind !== 'redirect' || !leadsToStartOf(name, start)) return undefined;
  const page = site.answerUnder?.(name, 'http', '/some/page');
  if (page?.kind !== 'redirect' || page.to !== start.to || !samePlace(page.location, start.location)) return undefined;
  return start;
}

/** Over HTTPS, with `www.` or without. */
function leadsToStartOf(name: string, { to }: Redirect): boolean {
  const host = /^https:\/\/([^/?#]+)\/?$/i.exec(to)?.[1]?.toLowerCase();
  return host !== undefined && bare(host) === bare(name);
}

function bare(host: string): string {
  return host.replace(/^www\./, '');
}

function report(site: Site, { to, location }: Redirect): Report {
  return {
    message: `${capitalised(site.label)} redirects plain HTTP to ${to.replace(unknownHost, 'HOST')}, whatever page was asked for: links and bookmarks end on the start page. Redirect to the page that was asked for.`,
    location,
    fixes: [
      {
        title: 'Keep the path',
        safe: false,
        changes: [changeSite(site, 'redirectKeepsPath', undefined, location)],
      },
    ],
  };
}
