import type { ResponseHeader, ServerModel, Site } from '../tls/model/server-model.ts';
import { possibleValues } from '../tls/model/setting.ts';
import type { Report, Rule, RuleContext } from './rule.ts';
import { applicationsOf, changeHsts, locationOf, sitesFor } from './support/applications.ts';
import { changeSite } from './support/fixes.ts';
import { describeAge, hstsHeader } from './support/headers/hsts.ts';
import { hstsSites } from './support/headers/hsts-sites.ts';
import { sendHeader } from './support/headers/send-header.ts';
import {
  losesHsts,
  mainAnswer,
  type SiteWithoutHsts,
  severityWithoutHsts,
  sitesWithoutHsts,
} from './support/headers/without-hsts.ts';
import { httpsSites } from './support/sites/http-sites.ts';

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
    for (const without of sitesWithoutHsts(context.model)) {
      // A rule of its own says who loses the header.
      if (!losesHsts(without)) yield report(context, without);
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

function report({ model, profile }: RuleContext, without: SiteWithoutHsts): Report {
  const { site, elsewhere, unsent } = without;
  const severity = severityWithoutHsts(model, without);
  if (unsent) return withRedirectsToo(site, unsent, elsewhere);
  return {
    message: `${reasonOf(model.complete, site, elsewhere)}: ${harm}. Once HTTPS works for good, send ${hstsHeader} with a max-age of ${describeAge(profile.hstsMinimumAge)}.`,
    location: site.location,
    severity,
    effect: severity === 'warning' ? 'security' : 'advice',
    fixes: () => [
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

function fix(model: ServerModel, site: Site, age: number, title: string) {
  return { title, safe: false, changes: sendHeader(model, site, { name: hstsHeader, value: `max-age=${age}` }) };
}
