import type { Location } from '../text/range.ts';
import type { PathAnswer, Route, ServerModel, Site } from '../tls/model/server-model.ts';
import type { ModelFix, Report, Rule } from './rule.ts';
import { changeSite } from './support/fixes.ts';
import { httpsSites, plainHttpSites, sitesWithName } from './support/http-sites.ts';

const challengePath = '/.well-known/acme-challenge/';

/** A challenge directory that the site has, but that something else answers for (RFC 8555 section 8.3). */
export const acmeChallengeUnreachable: Rule = {
  id: 'acme-challenge-unreachable',
  title: 'ACME challenges are not answered from their directory',
  severity: 'warning',
  effect: 'security',
  *check({ model }) {
    for (const site of plainHttpSites(model)) {
      const route = challengeRoute(site);
      const obstacle = route && obstacleOf(site.challengeAnswer);
      if (route === undefined || obstacle === undefined || leadsToFiles(model, site.challengeAnswer)) continue;
      yield report(site, route, obstacle);
    }
  },
};

/** The route that was meant to answer. Without one, nobody says that challenges are answered here at all. */
function challengeRoute(site: Site): Route | undefined {
  return site.routes.find((route) => route.pattern.includes('acme-challenge') && meant(route).kind === 'files');
}

/** What the route would answer if nothing came before it. */
function meant({ own, answer }: Route): PathAnswer {
  return own ?? answer;
}

interface Obstacle {
  readonly what: string;
  readonly location: Location;
}

function obstacleOf(answer: PathAnswer): Obstacle | undefined {
  switch (answer.kind) {
    case 'redirect':
      return { what: `redirected to ${answer.to}`, location: answer.location };
    case 'proxy':
      return { what: `passed on to ${answer.to}`, location: answer.location };
    case 'status':
      return { what: `answered with status ${answer.status}`, location: answer.location };
    case 'denied':
      return { what: `denied by ${answer.by}`, location: answer.location };
    default:
      return undefined;
  }
}

/** True where a redirect leads to a site that answers from a folder: a CA follows it, to HTTPS too, whose certificate it takes as it is. */
function leadsToFiles(model: ServerModel, answer: PathAnswer): boolean {
  if (answer.kind !== 'redirect') return false;
  const host = /^https:\/\/([^/:?#$%{]+)(?::443)?\/\.well-known\/acme-challenge\//i.exec(answer.to)?.[1];
  const [site] = host === undefined ? [] : sitesWithName(httpsSites(model), host);
  return site?.challengeAnswer.kind === 'files' || site?.challengeAnswer.kind === 'unknown';
}

function report(site: Site, route: Route, { what, location }: Obstacle): Report {
  const answer = meant(route);
  return {
    message: `Requests for ${challengePath} are ${what} before the directory that is meant for them can answer, so an http-01 challenge fails and the certificate is not renewed. Except that path.`,
    location,
    related: [{ location: route.location, message: 'Meant to answer the challenge' }],
    fixes: answer.kind === 'files' ? [fix(site, answer.directory)] : [],
  };
}

/** Nobody but a certification authority asks for that path, so that nothing else changes. */
function fix(site: Site, directory: string): ModelFix {
  return {
    title: `Answer ${challengePath} from ${directory} first`,
    safe: true,
    changes: [changeSite(site, 'challengeDirectory', undefined, directory)],
  };
}
