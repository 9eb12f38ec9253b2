import { forAdmitted } from '../tls/model/admitted.ts';
import type { ResponseHeader, Route, ServerModel, Site } from '../tls/model/server-model.ts';
import type { ModelFix, Report, Rule } from './rule.ts';
import { routesWithHeaders } from './support/headers/headers.ts';
import {
  inRoute,
  type LosingRoute,
  type LosingSites,
  losingRoutes,
  losingSites,
  lossOf,
  lossOfSites,
} from './support/headers/lost-headers.ts';
import { sendHeader } from './support/headers/send-header.ts';
import { httpsSites } from './support/sites/http-sites.ts';
import { joinWords } from './support/words.ts';

/** Headers that protect a page, whichever block answers; HSTS has a rule of its own. */
const protective: ReadonlySet<string> = new Set([
  'content-security-policy',
  'cross-origin-opener-policy',
  'permissions-policy',
  'referrer-policy',
  'x-content-type-options',
  'x-frame-options',
]);

/** A block with headers of its own, which replace the site's, and with them what protects its pages. */
export const securityHeaderLost: Rule = {
  id: 'security-header-lost',
  title: 'A block loses security headers',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    for (const losing of losingSites(httpsSites(model), isProtective)) {
      if (losing.sites.some(hasPages)) yield reportSites(model, losing);
    }
    for (const site of httpsSites(model)) {
      if (routesWithHeaders(site).length === 0) continue;
      for (const losing of losingRoutes(site, isProtective)) {
        if (answersWithPage(losing.route)) yield report(model, site, losing);
      }
    }
  },
};

/** A redirect and an error of the server's own show nothing that has to be protected. */
function answersWithPage({ answer }: Route): boolean {
  return answer.kind !== 'redirect' && (answer.kind !== 'status' || answer.status === 200);
}

function hasPages({ rootAnswer }: Site): boolean {
  const { kind } = forAdmitted(rootAnswer);
  return kind === 'files' || kind === 'proxy' || kind === 'unknown';
}

function reportSites(model: ServerModel, losing: LosingSites): Report {
  const { sites, location, lost } = losing;
  const names = lost.map(({ name }) => name);
  return {
    message: lossOfSites(losing, names),
    location,
    related: lost.map((header) => ({ location: header.location, message: `${header.name}, which is lost` })),
    fixes: [
      {
        title: `Send ${joinWords(names)} here too`,
        safe: false,
        changes: sites.flatMap((site) =>
          lost.flatMap(({ name, value, written = value }) => sendHeader(model, site, { name, value: written })),
        ),
      },
    ],
  };
}

/** A value that hangs on a variable may be empty, and then the header is not sent at all. */
function isProtective({ name, value }: ResponseHeader): boolean {
  return protective.has(name.toLowerCase()) && !value.includes('$');
}

function report(model: ServerModel, site: Site, { route, location, lost: missing }: LosingRoute): Report {
  const names = joinWords(missing.map(({ name }) => name));
  return {
    message: lossOf(
      model,
      route,
      missing.map(({ name }) => name),
    ),
    location,
    related: missing.map((header) => ({ location: header.location, message: `${header.name}, which is lost` })),
    fixes: [repeat(site, missing, route, names)],
  };
}

function repeat(site: Site, missing: readonly ResponseHeader[], route: Route, names: string): ModelFix {
  return {
    title: `Send ${names} from "${route.pattern}" too`,
    safe: false,
    changes: missing.map((header) => ({
      setting: 'header',
      site: site.id,
      from: undefined,
      to: inRoute(header, route),
      scope: 'site',
    })),
  };
}
