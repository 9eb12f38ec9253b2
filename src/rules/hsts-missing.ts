import type { Severity } from '../text/finding.ts';
import type { ResponseHeader, Route, Site } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Report, Rule, RuleContext } from './rule.ts';
import { changeSite } from './support/fixes.ts';
import { findHeader } from './support/headers.ts';
import { describeAge, hstsHeader } from './support/hsts.ts';
import { httpsSites, publicNames } from './support/http-sites.ts';

/** A try that nobody has to regret: five minutes. */
const trialAge = 300;

/** HTTPS site that never tells browsers to insist on HTTPS (RFC 6797). */
export const hstsMissing: Rule = {
  id: 'hsts-missing',
  title: 'No HSTS header',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    for (const site of httpsSites(context.model)) {
      const headers = knownValue(site.headers);
      if (headers === undefined || findHeader(headers, hstsHeader) !== undefined || answersNobody(site)) continue;
      if (site.routes.some((route) => findHeader(listedHeaders(route), hstsHeader) !== undefined)) continue;
      yield report(context, site);
    }
  },
};

/** The headers that the route sends for certain, whatever else may come. */
function listedHeaders({ headers: { value } }: Route): readonly ResponseHeader[] {
  return value.kind === 'known' || value.kind === 'partial' ? value.value : [];
}

function report({ model, profile }: RuleContext, site: Site): Report {
  const severity = severityOf(model.complete, site);
  return {
    message: `${reasonOf(model.complete, site)}: a browser that is given an http:// address goes there first, where anybody on the way can answer. Once HTTPS works for good, send ${hstsHeader} with a max-age of ${describeAge(profile.hstsMinimumAge)}.`,
    location: site.location,
    severity,
    effect: severity === 'warning' ? 'security' : 'advice',
    fixes: [
      fix(site, profile.hstsMinimumAge, `Send HSTS for ${describeAge(profile.hstsMinimumAge)}`),
      fix(site, trialAge, `Send HSTS for ${describeAge(trialAge)}, to try it`),
    ],
  };
}

function reasonOf(complete: boolean, site: Site): string {
  if (!complete) return 'HSTS is not set in this file';
  if (site.rootAnswer.kind === 'proxy') return 'HSTS is not set here, and may only come from what stands behind';
  return 'HSTS is not set';
}

/** What stands behind a proxy may send the header itself, and HSTS needs a name. */
function severityOf(complete: boolean, site: Site): Severity {
  return complete && site.rootAnswer.kind !== 'proxy' && publicNames(site).length > 0 ? 'warning' : 'information';
}

/** A site that only says no is no site that somebody types. */
function answersNobody({ rootAnswer }: Site): boolean {
  return (rootAnswer.kind === 'status' && rootAnswer.status >= 400) || rootAnswer.kind === 'denied';
}

function fix(site: Site, age: number, title: string) {
  const to = { name: hstsHeader, value: `max-age=${age}` };
  return { title, safe: false, changes: [changeSite(site, 'header', undefined, to)] };
}
