import { capitalised } from '../text/capitalised.ts';
import type { PathAnswer, ServerModel, Site } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import { schemeHeaders } from '../tls/scheme-headers.ts';
import type { Report, Rule, RuleContext } from './rule.ts';
import { applicationsOf, locationOf } from './support/applications.ts';
import { httpsSites, publicNames } from './support/sites/http-sites.ts';
import { sitesWithName } from './support/sites/name-index.ts';
import { listenersOf } from './support/sites/sites.ts';

type Redirect = PathAnswer & { readonly kind: 'redirect' };

/** An HTTPS site that answers its start page by a redirect to the very same address. */
export const redirectLoop: Rule = {
  id: 'redirect-loop',
  title: 'A site redirects to itself',
  severity: 'error',
  effect: 'connect',
  *check(context) {
    yield* ofApplications(context);
    const { model } = context;
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

/** An application that insists on HTTPS, behind a server that ends TLS and does not tell it so. */
function* ofApplications({ model, servers = [] }: RuleContext): Iterable<Report> {
  for (const application of applicationsOf(model)) {
    const { redirectsToHttps, hosts, schemeHeader } = application;
    const names = hosts.kind === 'known' ? hosts.value : undefined;
    const header = knownValue(schemeHeader);
    if (redirectsToHttps === undefined || knownValue(redirectsToHttps) !== true) continue;
    if (names === undefined || header === undefined) continue;
    const [found] = servers.flatMap((server) => silentProxies(server, names, header));
    if (found !== undefined) {
      const { site, name, location } = found;
      const next = header === null ? ', and let the application go by that header' : '';
      yield {
        message: `${redirectsToHttps.name} is on, and ${site.label}, which ends TLS, asks the application over plain HTTP without a word of that: every request is redirected to the address that was asked, without end. Send ${shown(header ?? 'x-forwarded-proto')} with the scheme from there${next}.`,
        location: locationOf(application, redirectsToHttps),
        severity: 'warning',
        related: [{ location, message: `Asks for ${name} over plain HTTP` }],
      };
    }
  }
}

/**
 * Sites with TLS that ask a backend for one of the names over plain HTTP, and send no header that tells how they were asked.
 * @param own the one that the application goes by
 */
function silentProxies(server: ServerModel, hosts: readonly string[], own: string | null) {
  return httpsSites(server).flatMap((site) => {
    const { rootAnswer } = site;
    const name = publicNames(site).find((each) => hosts.some((host) => isAnswered(each, host.toLowerCase())));
    if (name === undefined || rootAnswer.kind !== 'proxy' || !/^http:/i.test(rootAnswer.to)) return [];
    const sent = site.backendHeaders?.();
    const isTold = (header: string) => header === own || schemeHeaders.has(header);
    if (sent?.kind !== 'known' || sent.value.some(isTold)) return [];
    return [{ site, name, location: rootAnswer.location }];
  });
}

/** A header's name as people write it. */
function shown(header: string): string {
  return header.split('-').map(capitalised).join('-');
}

/** `.example.com` stands for the name without the dot and for all below it. */
function isAnswered(name: string, host: string): boolean {
  return host.startsWith('.') ? name === host.slice(1) || name.endsWith(host) : name === host;
}

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
