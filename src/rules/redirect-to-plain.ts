import { capitalised } from '../text/capitalised.ts';
import type { PathAnswer, ResponseHeader, Site } from '../tls/model/server-model.ts';
import type { Setting } from '../tls/model/setting.ts';
import type { Report, Rule } from './rule.ts';
import { changeSite } from './support/fixes.ts';
import { certainHeaders, findHeader } from './support/headers/headers.ts';
import { hstsHeader, readHsts } from './support/headers/hsts.ts';
import { PlaceMap } from './support/place-map.ts';
import { httpsSites, plainHttpSites } from './support/sites/http-sites.ts';
import { isSurelyNamed, sitesWithName } from './support/sites/name-index.ts';

type Redirect = PathAnswer & { readonly kind: 'redirect' };

/** An answer over HTTPS that leads to plain HTTP, though its host has HTTPS here: one hop that anybody on the way can change. */
export const redirectToPlain: Rule = {
  id: 'redirect-to-plain',
  title: 'A site with HTTPS redirects to plain HTTP',
  severity: 'warning',
  effect: 'security',
  *check({ model }) {
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
        const back = index === 0 ? redirectBack(site, plain, answer, host) : undefined;
        // Over HTTPS the start page would lead to itself.
        const isOwn = index === 0 && isStartPage(answer) && sitesWithName(secure, host).includes(site);
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
function redirectBack(site: Site, plain: readonly Site[], first: Redirect, host: string): Redirect | undefined {
  if (!isStartPage(first)) return undefined;
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
  const isKept = keepsToTls(headers);
  const who = isKept
    ? 'browsers that honour the HSTS header continue over HTTPS, all others connect unprotected'
    : 'an attacker on the network can read that request and answer it, except where a current browser tries HTTPS first';
  return {
    ...(isKept ? { severity: 'information', effect: 'advice' } : {}),
    message: `${capitalised(site.label)} sends clients from HTTPS to plain HTTP (${answer.to}), although ${host} has HTTPS: ${who}. ${isOwn ? 'Serve the content here' : 'Redirect to https://'}.`,
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

/** Browsers that read this very answer do not follow it over plain HTTP. */
function keepsToTls(headers: Setting<readonly ResponseHeader[]>): boolean {
  const header = findHeader(certainHeaders(headers) ?? [], hstsHeader);
  return header !== undefined && (readHsts(header.value)?.maxAge ?? 0) > 0;
}
