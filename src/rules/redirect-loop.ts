import { rememberHere } from '../memory/remember.ts';
import { capitalised } from '../text/capitalised.ts';
import type { PathAnswer, ServerModel, Site } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Report, Rule, RuleContext } from './rule.ts';
import { applicationsOf, locationOf } from './support/applications.ts';
import { shownHeader, silentProxies } from './support/silent-proxies.ts';
import { type EndlessPaths, endlessPaths, type Redirect } from './support/sites/endless-paths.ts';
import { httpTlsSites, httpTlsSitesOn, plainHttpSites } from './support/sites/http-sites.ts';
import { circleIn, shownAddress, shownStart } from './support/sites/lone-folder.ts';
import { sitesWithName } from './support/sites/name-index.ts';
import { listenersOf } from './support/sites/sites.ts';

/** A site that answers its start page by a redirect to the very same address, or to ever longer ones. */
export const redirectLoop: Rule = {
  id: 'redirect-loop',
  title: 'A site redirects to itself',
  severity: 'error',
  effect: 'connect',
  *check(context) {
    yield* ofApplications(context);
    const { model } = context;
    yield* ofFolder(model);
    const secure = rememberHere((port: number) => httpTlsSitesOn(model, port));
    yield* among(httpTlsSites(model), 'https', secure, model);
    const plain = plainHttpSites(model);
    yield* among(plain, 'http', (port) => (port === 80 ? plain : []), model);
  },
};

/** @param on sites that answer under the scheme on a port */
function* among(
  sites: readonly Site[],
  scheme: Asked['scheme'],
  on: (port: number) => readonly Site[],
  model: ServerModel,
): Iterable<Report> {
  const asked: Asked = {
    scheme,
    ownerOf: rememberHere((host) => ownerOf(host, scheme, on)),
    answerOf: rememberHere((host) => answerFor(host, scheme, asked.ownerOf(host))),
  };
  const told = new Set<string>();
  const endless = new Set<Site>();
  for (const site of sites) {
    if (site.neverRedirects === true) continue;
    // What is no redirect under the first name may be one under another.
    const others = site.answerUnder === undefined ? [] : site.names.slice(1, mostNames);
    const isOpen = startOf(site, scheme).kind === 'redirect' || others.length > 0;
    for (const { port, tls } of listenersOf(model, site)) {
      if (knownValue(tls) !== (scheme === 'https') || !(isOpen || (site.answerUnder && port !== portOf[scheme])))
        continue;
      for (const name of [site.names[0], ...others]) {
        const circle = circleFrom(site, port, name?.text.toLowerCase(), asked);
        const [first] = circle;
        if (first === undefined && name !== undefined && !endless.has(site)) {
          const host = withPort(name.text.toLowerCase(), port, scheme);
          const found = asked.ownerOf(host) === site && endlessPaths(site, host, scheme, asked.answerOf(host));
          if (found) {
            endless.add(site);
            yield reportPaths(site, `${scheme}://${host}`, found);
          }
        }
        // A site that leads to others which go round is told there, and a circle once.
        if (first === undefined || !circle.some((hop) => hop.site === site) || told.has(first.host)) continue;
        for (const { host } of circle) told.add(host);
        yield report(model, circle, first, scheme);
      }
    }
  }
}

/** A name whose start page is a redirect to that of another one, or to its own. */
interface Hop {
  /** With its port, unless that is the one of the scheme. */
  readonly host: string;
  readonly site: Site;
  readonly answer: Redirect;
}

function report(model: ServerModel, circle: readonly Hop[], first: Hop, scheme: Asked['scheme']): Report {
  const { host, site, answer } = first;
  const [, ...others] = circle;
  const links = [...others.map((hop) => hop.host), host].map((name) => `${scheme}://${name}/`);
  const related = others.map((hop) => ({ location: hop.answer.location, message: `Answers ${scheme}://${hop.host}/` }));
  return {
    message: `${capitalised(site.label)} answers ${scheme}://${host}/ with a redirect to ${links.join(', which leads to ')}, and so on without end: browsers give up and show an error. ${others.length === 0 ? nextStep(model, first, scheme) : 'Serve the content under one of these names.'}`,
    location: answer.location,
    related: related.length > 0 ? related : [{ location: site.location, message: 'The site that is asked again' }],
  };
}

function reportPaths(site: Site, origin: string, { answer, paths: [path, next] }: EndlessPaths): Report {
  const longer = next.startsWith(path) && next !== path;
  const step = longer ? `Redirect only what does not begin with ${path} yet` : `Serve the content at ${path}`;
  return {
    message: `${capitalised(site.label)} answers ${origin}/ with a redirect to ${origin}${path}, which leads to ${origin}${next}, and so on without end: browsers give up and show an error. ${step}.`,
    location: answer.location,
    related: [{ location: site.location, message: 'The site that is asked again' }],
  };
}

function nextStep(model: ServerModel, hop: Hop, scheme: Asked['scheme']): string {
  const { host, site } = hop;
  if (isForSomeNames(hop, scheme)) return `Leave ${host} out of the redirect.`;
  if (scheme === 'http') return 'Redirect to https:// where it has HTTPS, or serve the content here.';
  const plain = listenersOf(model, site).some(({ tls }) => knownValue(tls) === false);
  return plain
    ? 'Redirect in a separate site for plain HTTP, and serve the content here.'
    : 'Redirect in the site that answers plain HTTP, and serve the content here.';
}

/** True where another name of the site does not get this redirect. */
function isForSomeNames({ host, site, answer: { location } }: Hop, scheme: Asked['scheme']): boolean {
  const port = host.slice(nameOf(host).length);
  const exact = site.names.slice(0, mostNames).filter(({ kind }) => kind === 'exact');
  const under = exact.map(({ text }) => site.answerUnder?.(text.toLowerCase() + port, scheme));
  return [startOf(site, scheme), ...under].some(
    (other) =>
      other !== undefined &&
      (other.kind !== 'redirect' ||
        other.location.file !== location.file ||
        other.location.range.start !== location.range.start),
  );
}

/** Rules of a folder; HTTPS may be served from another one. */
function* ofFolder({ folder }: ServerModel): Iterable<Report> {
  const circle = folder ? circleIn(folder) : [];
  const [first, ...others] = circle;
  if (first === undefined) return;
  const links = circle.map(({ to }) => shownAddress(to));
  const next =
    others.length > 0 ? 'Serve the content under one of these addresses' : 'Redirect only what comes over plain HTTP';
  yield {
    message: `These rules redirect ${shownStart(first)} to ${links.join(', which leads to ')}, and so on without end: unless HTTPS is served from another folder or these rules are for a subfolder, browsers give up and show an error. ${next}.`,
    location: first.answer.location,
    severity: 'warning',
    related: others.map((hop) => ({ location: hop.answer.location, message: `Answers ${shownAddress(hop)}` })),
    fixes:
      others.length === 0
        ? [
            {
              title: 'Redirect only what comes over plain HTTP',
              // A proxy that ends TLS in front of the server makes all of it plain HTTP.
              safe: false,
              changes: [
                {
                  setting: 'redirectOnlyPlain',
                  site: '',
                  from: undefined,
                  to: first.answer.location,
                  scope: 'origin',
                },
              ],
            },
          ]
        : [],
  };
}

/** An application that insists on HTTPS, behind a server that ends TLS and does not tell it so. */
function* ofApplications({ model, servers = [] }: RuleContext): Iterable<Report> {
  for (const application of applicationsOf(model)) {
    const { redirectsToHttps, hosts, schemeHeader } = application;
    const names = hosts.kind === 'known' ? hosts.value : undefined;
    const header = knownValue(schemeHeader);
    if (redirectsToHttps === undefined || knownValue(redirectsToHttps) !== true) continue;
    if (names === undefined || header === undefined) continue;
    const [found] = silentProxies(servers, names, header);
    if (found !== undefined) {
      const { site, name, location } = found;
      const next = header === null ? ', and let the application go by that header' : '';
      yield {
        message: `${redirectsToHttps.name} is on, and ${site.label}, which terminates TLS, passes requests to the application over plain HTTP without saying so: unless a proxy before it does, every request is redirected to the address that was asked for, without end. Send ${shownHeader(header)} with the scheme from there${next}.`,
        location: locationOf(application, redirectsToHttps),
        severity: 'warning',
        related: [{ location, message: `Asks for ${name} over plain HTTP` }],
      };
    }
  }
}

/** Browsers follow about as many, and no circle of people's making is longer. */
const mostHops = 20;

/** More names of one site have one condition, which those before them have shown. */
const mostNames = 8;

/** What was found of names, each of which many sites may lead to, and all those before them too. */
interface Asked {
  readonly scheme: 'https' | 'http';
  readonly ownerOf: (host: string) => Site | undefined;
  readonly answerOf: (host: string) => PathAnswer | undefined;
}

/**
 * The names that each lead to the next one, and the last to the first, where a name of a site leads to them; empty
 * where it does not, or where nobody can say here which site answers.
 */
function circleFrom(site: Site, port: number, named: string | undefined, asked: Asked): readonly Hop[] {
  const hops: Hop[] = [];
  const first = named === undefined ? undefined : withPort(named, port, asked.scheme);
  // A wildcard is no name that a redirect leads to, and another site may answer for a name.
  const name = first !== undefined && asked.ownerOf(first) === site ? first : undefined;
  const isFirst = first === site.names[0]?.text.toLowerCase();
  const start = isFirst ? startOf(site, asked.scheme) : name && asked.answerOf(name);
  let [at, host, answer]: [Site, string | undefined, PathAnswer | undefined] = [site, name, start || undefined];
  while (answer?.kind === 'redirect' && hops.length < mostHops) {
    const to = hostOfStartPage(answer, asked.scheme);
    if (to === undefined) return [];
    if (host !== undefined) hops.push({ host, site: at, answer });
    const begin = hops.findIndex((hop) => hop.host === to);
    if (begin >= 0) return hops.slice(begin);
    const next = asked.ownerOf(to);
    // As sure as the site that leads to it is.
    if (next === undefined || (next.condition !== undefined && next.condition !== at.condition)) return [];
    [at, host, answer] = [next, to, asked.answerOf(to)];
  }
  return [];
}

/** What is told without a name is for the first one. */
function answerFor(host: string, scheme: Asked['scheme'], site: Site | undefined): PathAnswer | undefined {
  if (site === undefined) return undefined;
  if (site.answerUnder !== undefined) return site.answerUnder(host, scheme);
  const isFirst = site.names[0]?.text.toLowerCase() === nameOf(host);
  return isFirst ? startOf(site, scheme) : undefined;
}

function startOf({ plainAnswer, rootAnswer }: Site, scheme: Asked['scheme']): PathAnswer {
  return (scheme === 'http' ? plainAnswer : undefined) ?? rootAnswer;
}

/** The one site that answers for a name that is written out there. */
function ownerOf(host: string, scheme: Asked['scheme'], on: (port: number) => readonly Site[]): Site | undefined {
  const name = nameOf(host);
  const [site, ...others] = sitesWithName(on(Number(host.slice(name.length + 1) || portOf[scheme])), name);
  if (site === undefined || others.length > 0 || site.neverRedirects === true) return undefined;
  return site.names.some(({ kind, text }) => kind === 'exact' && text.toLowerCase() === name) ? site : undefined;
}

/** The host of a redirect to `/` under the scheme, with its port, unless that is the scheme's own. */
function hostOfStartPage({ to }: Redirect, scheme: Asked['scheme']): string | undefined {
  const [, given, host = '', port] = /^(https?):\/\/([^/:?#$%{]+)(?::(\d{1,5}))?\/?$/i.exec(to) ?? [];
  if (given?.toLowerCase() !== scheme) return undefined;
  const isOwn = port === undefined || Number(port) === portOf[scheme];
  return (isOwn ? host : `${host}:${port}`).toLowerCase();
}

const portOf = { https: 443, http: 80 } as const;

function withPort(name: string, port: number, scheme: Asked['scheme']): string {
  return port === portOf[scheme] ? name : `${name}:${port}`;
}

function nameOf(host: string): string {
  return host.replace(/:\d+$/, '');
}
