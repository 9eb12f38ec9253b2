import { capitalised } from '../text/capitalised.ts';
import { PlaceMap } from '../text/place-map.ts';
import type { PathAnswer, ResponseHeader, ServerModel, Site } from '../tls/model/server-model.ts';
import type { Setting } from '../tls/model/setting.ts';
import type { Report, Rule } from './rule.ts';
import { changeSite } from './support/fixes.ts';
import { certainHeaders, findHeader } from './support/headers/headers.ts';
import { hstsHeader, readHsts } from './support/headers/hsts.ts';
import { httpsSites, plainHttpSites } from './support/sites/http-sites.ts';
import { circleIn, hopFrom, leadsToHttps, namesOf, shownAddress, shownStart } from './support/sites/lone-folder.ts';
import { isSurelyNamed, sitesWithName } from './support/sites/name-index.ts';

type Redirect = PathAnswer & { readonly kind: 'redirect' };

/** An answer over HTTPS that leads to plain HTTP, though its host has HTTPS here: one hop that anybody on the way can change. */
export const redirectToPlain: Rule = {
  id: 'redirect-to-plain',
  title: 'A site with HTTPS redirects to plain HTTP',
  severity: 'warning',
  effect: 'security',
  *check({ model }) {
    yield* ofFolder(model);
    const secure = httpsSites(model);
    const plain = plainHttpSites(model);
    // An included file answers for many sites.
    const reported = new PlaceMap<true>();
    for (const site of secure) {
      if (site.neverRedirects === true) continue;
      const answers = [{ answer: site.rootAnswer, headers: site.headers }, ...site.routes];
      for (const [index, { answer, headers }] of answers.entries()) {
        const host = answer.kind === 'redirect' ? plainHost(answer) : undefined;
        if (answer.kind !== 'redirect' || host === undefined || !isSurelyNamed(secure, host, site)) continue;
        if (reported.get(answer.location)) continue;
        reported.set(answer.location, true);
        // Over HTTPS the start page would lead to itself.
        const named = index === 0 && isStartPage(answer) ? sitesWithName(secure, host) : [];
        const isOwn = named.includes(site);
        // What another site has, it answers.
        const back = named[0] === site ? redirectBack(site, plain, host) : undefined;
        yield back === undefined ? hop(site, answer, host, headers, isOwn) : loop(site, answer, host, back);
      }
    }
  },
};

/** The host of a redirect to the port that plain HTTP means. */
function plainHost({ to }: Redirect): string | undefined {
  return /^http:\/\/([^/:?#$%{]+)(?::80)?(?:[/?#]|$)/i.exec(to)?.[1]?.toLowerCase();
}

function isStartPage({ to }: Redirect): boolean {
  return /^http:\/\/[^/]+\/?$/i.test(to);
}

/** The answer of plain HTTP by which a redirect of the start page ends where it began. */
function redirectBack(site: Site, plain: readonly Site[], host: string): Redirect | undefined {
  const next = sitesWithName(plain, host).find((other) => isSurelyNamed([other], host, site));
  const answer = next && (next.plainAnswer ?? next.rootAnswer);
  if (answer?.kind !== 'redirect') return undefined;
  return [`https://${host}`, `https://${host}/`].includes(answer.to.toLowerCase()) ? answer : undefined;
}

function loop(site: Site, answer: Redirect, host: string, back: Redirect): Report {
  return {
    severity: 'error',
    effect: 'connect',
    message: `${capitalised(site.label)} redirects to http://${host}/, which redirects back to https://${host}/, and so on without end: browsers give up and show an error. Serve the content here.`,
    location: answer.location,
    related: [{ location: back.location, message: 'Plain HTTP redirects back' }],
  };
}

function hop(
  site: Site,
  answer: Redirect,
  host: string,
  headers: Setting<readonly ResponseHeader[]>,
  isOwn: boolean,
): Report {
  const { outcome, ...grade } = outcomeWith(headers);
  return {
    ...grade,
    message: `${capitalised(site.label)} sends clients from HTTPS to plain HTTP (${answer.to}), although ${host} has HTTPS: ${outcome}. ${isOwn ? 'Serve the content here' : 'Redirect to https://'}.`,
    location: answer.location,
    fixes: isOwn
      ? []
      : [
          {
            title: 'Redirect to https://',
            safe: false,
            changes: [changeSite(site, 'redirectOverTls', undefined, answer.location)],
          },
        ],
  };
}

/** Rules of a folder that lead plain HTTP to HTTPS of the same host. */
function* ofFolder({ folder, sites: [site] }: ServerModel): Iterable<Report> {
  if (folder === undefined || circleIn(folder).length > 0) return;
  const hop = namesOf(folder)
    .flatMap((name) => hopFrom(folder, name, 'https') ?? [])
    .find(({ to }) => to.scheme === 'http' && leadsToHttps(folder, to.host));
  if (hop === undefined) return;
  const { outcome, ...grade } = outcomeWith(site?.headers);
  yield {
    ...grade,
    message: `These rules send clients of ${shownStart(hop)} to plain HTTP (${shownAddress(hop.to)}), although they lead plain HTTP to ${shownAddress({ ...hop.to, scheme: 'https' })}: ${outcome}. Redirect to https://.`,
    location: hop.answer.location,
  };
}

/** What comes of a redirect to plain HTTP that is sent with these headers. */
function outcomeWith(headers: Setting<readonly ResponseHeader[]> | undefined) {
  if (headers && keepsToTls(headers)) {
    const outcome = 'browsers that honour the HSTS header continue over HTTPS, all others connect unprotected';
    return { outcome, severity: 'information', effect: 'advice' } as const;
  }
  return {
    outcome:
      'an attacker on the network can read that request and answer it, except where a current browser tries HTTPS first',
  };
}

/** Browsers that read this very answer do not follow it over plain HTTP. */
function keepsToTls(headers: Setting<readonly ResponseHeader[]>): boolean {
  const header = findHeader(certainHeaders(headers) ?? [], hstsHeader);
  return header !== undefined && (readHsts(header.value)?.maxAge ?? 0) > 0;
}
