import type { Severity } from '../text/finding.ts';
import { forAdmitted } from '../tls/model/admitted.ts';
import type { PathAnswer, ResponseHeader, Route, ServerModel, Site } from '../tls/model/server-model.ts';
import { knownValue, possibleValues } from '../tls/model/setting.ts';
import type { Report, Rule, RuleContext } from './rule.ts';
import { applicationsOf, changeHsts, locationOf, sitesFor } from './support/applications.ts';
import { changeSite } from './support/fixes.ts';
import { findHeader, routesWithHeaders } from './support/headers/headers.ts';
import { describeAge, hstsHeader } from './support/headers/hsts.ts';
import { hstsSites } from './support/headers/hsts-sites.ts';
import { sendHeader } from './support/headers/send-header.ts';
import { isGrpc } from './support/sites/grpc.ts';
import { httpsSites, isOfNetwork, isPublic, publicNames } from './support/sites/http-sites.ts';
import { isSent, leadsToPlain, redirectsTo, refuses, startPage } from './support/sites/led-elsewhere.ts';
import { isNamed, sitesWithName } from './support/sites/name-index.ts';

/** A try that nobody has to regret: five minutes. */
const trialAge = 300;

/** HTTPS site that never tells browsers to insist on HTTPS (RFC 6797). */
export const hstsMissing: Rule = {
  id: 'hsts-missing',
  title: 'No HSTS header',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    yield* ofApplications(context);
    // It is written, and why it is not there is said where it stands.
    const leftOut = new Set(context.model.notes.filter(({ kind }) => kind === 'hsts-left-out').map(({ site }) => site));
    for (const site of httpsSites(context.model)) {
      if (leftOut.has(site.id) || leftOut.has(null)) continue;
      // Most sites have one header and send it.
      const own = findHeader(knownValue(site.headers) ?? [], hstsHeader);
      if (own !== undefined && isSent(context.model, site, own)) continue;
      const possible = possibleValues(site.headers);
      if (possible === undefined) continue;
      const set = possible.map((headers) => findHeader(headers, hstsHeader)).filter((header) => header !== undefined);
      // What the site answers is asked of few: most have the header.
      // A site that only says no is no site that somebody types.
      if (set.some((header) => isSent(context.model, site, header)) || refuses(site)) continue;
      if (routesWithHeaders(site).some((route) => findHeader(listedHeaders(route), hstsHeader) !== undefined)) continue;
      if (isForThisNetwork(site) || isGrpc(mainAnswer(site))) continue;
      // With HSTS that way would lead back here.
      if (leadsToPlain(site)) continue;
      // What a program of the part that answers does with headers nobody knows.
      if (site.rootHeaders && possibleValues(site.rootHeaders) === undefined) continue;
      const elsewhere = redirectsTo(site);
      // A part of the request names the host: nobody can say here what that one sends.
      if (elsewhere !== undefined && (/[$%]/.test(elsewhere) || isCovered(context.model, site, elsewhere))) continue;
      yield report(context, site, elsewhere, set[0]);
    }
  },
};

/** Chrome tries HTTPS first since 115, Safari since 18.2 and Firefox since 136. */
const harm =
  'an attacker on the network can keep visitors on plain HTTP, which older browsers try first and current ones fall back to when HTTPS fails';

/** A server in front of an application is where HSTS mostly comes from, so that this one need not send it. */
function* ofApplications({ model, profile, servers = [] }: RuleContext): Iterable<Report> {
  if (!model.complete) return;
  const sending = new Set(servers.flatMap(hstsSites).flatMap(({ hsts, sites }) => (hsts.maxAge ? sites : [])));
  for (const application of applicationsOf(model)) {
    const { hsts } = application;
    if (hsts === undefined || possibleValues(hsts.maxAge)?.every((age) => age === 0) !== true) continue;
    const before = sitesFor(application, servers.flatMap(httpsSites));
    if (before.length > 0 && before.every((site) => sending.has(site))) continue;
    const from = { maxAge: 0, includeSubDomains: false, preload: false };
    const ages = [profile.hstsMinimumAge, trialAge];
    yield {
      message: `${hsts.maxAge.name} is ${hsts.maxAge.origin.kind === 'default' ? 'not set' : '0'}, so the application sends no HSTS: unless a server in front of it does, ${harm}. Once HTTPS works for good, set it to ${profile.hstsMinimumAge} (${describeAge(profile.hstsMinimumAge)}).`,
      location: locationOf(application, hsts.maxAge),
      severity: 'hint',
      effect: 'advice',
      fixes: ages.map((age) =>
        changeHsts(`Send HSTS for ${describeAge(age)}${age === trialAge ? ', to try it' : ''}`, application, from, {
          maxAge: age,
        }),
      ),
    };
  }
}

/** The headers that the route sends for certain, whatever else may come. */
function listedHeaders({ headers: { value } }: Route): readonly ResponseHeader[] {
  return value.kind === 'known' || value.kind === 'partial' ? value.value : [];
}

function report(
  { model, profile }: RuleContext,
  site: Site,
  elsewhere: string | undefined,
  unsent: ResponseHeader | undefined,
): Report {
  // Whoever is led away from here sees nothing of worth under this name.
  const severity = elsewhere === undefined ? severityOf(model.complete, site) : 'information';
  if (unsent) return withRedirectsToo(site, unsent, elsewhere);
  return {
    message: `${reasonOf(model.complete, site, elsewhere)}: ${harm}. Once HTTPS works for good, send ${hstsHeader} with a max-age of ${describeAge(profile.hstsMinimumAge)}.`,
    location: site.location,
    severity,
    effect: severity === 'warning' ? 'security' : 'advice',
    fixes: [
      fix(model, site, profile.hstsMinimumAge, `Send HSTS for ${describeAge(profile.hstsMinimumAge)}`),
      fix(model, site, trialAge, `Send HSTS for ${describeAge(trialAge)}, to try it`),
    ],
  };
}

/** The header is there, and the redirect goes without it. */
function withRedirectsToo(
  site: Site,
  { name, value, location }: ResponseHeader,
  elsewhere: string | undefined,
): Report {
  const to = { name, value, always: true } as const;
  return {
    message: `${name} is set here, but not sent with the redirect to ${elsewhere}: like errors, redirects have only what is set with "always". For this name, an attacker on the network can still answer http://. Set it with "always".`,
    location,
    severity: 'information',
    effect: 'advice',
    fixes: [
      { title: 'Send it with redirects too', safe: false, changes: [changeSite(site, 'header', { name, value }, to)] },
    ],
  };
}

function reasonOf(complete: boolean, site: Site, elsewhere: string | undefined): string {
  if (elsewhere !== undefined)
    return `HSTS is not sent with the redirect to ${elsewhere}, and what ${elsewhere} may send does not cover the name that was asked for`;
  if (!complete) return 'HSTS is not set in this file';
  const { folderRules } = site;
  const answer = mainAnswer(site);
  if (answer.kind === 'proxy') return 'HSTS is not set here, and can only come from the backend';
  if (answer.kind === 'unknown') return `HSTS is not set here, unless what answers sends it (${answer.reason})`;
  if (folderRules !== undefined) return `HSTS is not set here, and may only come from ${folderRules}`;
  return 'HSTS is not set';
}

/** What stands behind a proxy may send the header itself, and HSTS needs a name. */
function severityOf(complete: boolean, site: Site): Severity {
  return complete && !mayComeFromBehind(site) && publicNames(site).length > 0 ? 'warning' : 'information';
}

/** A proxy answers, or what nobody can follow: a condition, a program, a file in the folder of the site. */
function mayComeFromBehind(site: Site): boolean {
  return isBehind(mainAnswer(site)) || site.folderRules !== undefined;
}

function mainAnswer(site: Site): PathAnswer {
  return startPage(site, forAdmitted(site.rootAnswer), 'https');
}

function isBehind({ kind }: PathAnswer): boolean {
  return kind === 'proxy' || kind === 'unknown';
}

/** Every name of the site is one of this machine or network, where nobody types it from elsewhere. */
function isForThisNetwork({ names }: Site): boolean {
  return names.length > 0 && names.every((name) => (name.kind === 'exact' ? !isPublic(name) : isOfNetwork(name)));
}

/** The site that is led to binds the hosts below its name, and this one's names are all such; or nobody can say here whether it does. */
function isCovered(model: ServerModel, site: Site, host: string): boolean {
  const names = publicNames(site);
  if (names.length === 0 || !names.every((name) => name.endsWith(`.${host}`))) return false;
  const target = sitesWithName(httpsSites(model), host);
  return (
    target.every((led) => knownValue(led.headers) === undefined) ||
    hstsSites(model).some(({ sites, hsts }) => hsts.includeSubDomains && isNamed(sites, host))
  );
}

function fix(model: ServerModel, site: Site, age: number, title: string) {
  return { title, safe: false, changes: sendHeader(model, site, { name: hstsHeader, value: `max-age=${age}` }) };
}
