import type { Location } from '../text/range.ts';
import type { PathAnswer, Route, ServerModel, Site } from '../tls/model/server-model.ts';
import type { ModelFix, Report, Rule } from './rule.ts';
import { changeSite } from './support/fixes.ts';
import { httpsSites, plainHttpSites, sitesWithName } from './support/http-sites.ts';

const challengePath = '/.well-known/acme-challenge/';

/** A place for challenges that the site has, but that something else answers for (RFC 8555 section 8.3). */
export const acmeChallengeUnreachable: Rule = {
  id: 'acme-challenge-unreachable',
  title: 'ACME challenges are not answered from their directory',
  severity: 'warning',
  effect: 'security',
  *check({ model }) {
    for (const site of plainHttpSites(model)) {
      const obstacle = obstacleOf(site.challengeAnswer);
      const route = obstacle && challengeRoute(site, obstacle);
      if (route === undefined || obstacle === undefined || leadsToFiles(model, site)) continue;
      yield report(site, route, obstacle);
    }
  },
};

/** The route that was meant to answer. Without one, nobody says that challenges are answered here at all. */
function challengeRoute({ routes }: Site, { first }: Obstacle): Route | undefined {
  const candidates = routes.filter((route) => isMeant(route, first));
  return candidates.find(({ pattern }) => pattern.includes('acme-challenge')) ?? candidates[0];
}

/** What is before all routes hides those to a proxy, too, and those of the whole folder around. */
function isMeant(route: Route, first: boolean): boolean {
  const { kind } = meant(route);
  if (kind !== 'files' && !(first && kind === 'proxy')) return false;
  return route.pattern.includes('acme-challenge') || (first && /^\/\.well-known\/?$/.test(route.pattern));
}

/** What the route would answer if nothing came before it. */
function meant({ own, answer }: Route): PathAnswer {
  return own ?? answer;
}

interface Obstacle {
  readonly what: string;
  /** It is before all routes. */
  readonly first: boolean;
  readonly location: Location;
}

function obstacleOf(answer: PathAnswer): Obstacle | undefined {
  switch (answer.kind) {
    case 'redirect':
      return { what: `redirected to ${answer.to}`, first: answer.first === true, location: answer.location };
    case 'proxy':
      return { what: `passed on to ${answer.to}`, first: false, location: answer.location };
    case 'status':
      return {
        what: `answered with status ${answer.status}`,
        first: answer.first === true,
        location: answer.location,
      };
    case 'denied':
      return { what: `denied by ${answer.by}`, first: false, location: answer.location };
    default:
      return undefined;
  }
}

/** True where a redirect leads to a site that answers from a folder: a CA follows it, to HTTPS too, whose certificate it takes as it is. */
function leadsToFiles(model: ServerModel, { names, challengeAnswer: answer }: Site): boolean {
  if (answer.kind !== 'redirect') return false;
  const host = /^https:\/\/([^/:?#$%{]+)(?::443)?\/\.well-known\/acme-challenge\//i.exec(answer.to)?.[1];
  if (host === undefined) return false;
  const sites = httpsSites(model);
  const [site] = sitesWithName(sites, host);
  if (site !== undefined) return answersFromFiles(site);
  // A site for whatever name is asked for sends most of them to others, under the same name.
  return names.every(({ kind }) => kind === 'catch-all') && sites.some(answersFromFiles);
}

function answersFromFiles({ challengeAnswer: { kind } }: Site): boolean {
  return kind === 'files' || kind === 'unknown';
}

function report(site: Site, route: Route, { what, first, location }: Obstacle): Report {
  const [why, next] = first
    ? [
        `by a line of the site itself, which is run before any location is looked for: "${route.pattern}" never answers`,
        'Move the line into "location /".',
      ]
    : ['before the directory that is meant for them can answer', 'Except that path.'];
  return {
    message: `Requests for ${challengePath} are ${what} ${why}, so an http-01 challenge fails and the certificate is not renewed. ${next}`,
    location,
    related: [{ location: route.location, message: 'Meant to answer the challenge' }],
    fixes: fixesFor(site, route, first),
  };
}

function fixesFor(site: Site, route: Route, first: boolean): readonly ModelFix[] {
  const answer = meant(route);
  if (first) {
    return [
      {
        title: `Let "${route.pattern}" answer first`,
        // Other locations that were hidden come to light with it.
        safe: site.routes.every((other) => other === route || other.pattern === '/' || isMeant(other, true)),
        changes: [changeSite(site, 'challengeRoute', undefined, route.location)],
      },
    ];
  }
  // Nobody but a certification authority asks for that path, so that nothing else changes.
  return answer.kind === 'files'
    ? [
        {
          title: `Answer ${challengePath} from ${answer.directory} first`,
          safe: true,
          changes: [changeSite(site, 'challengeDirectory', undefined, answer.directory)],
        },
      ]
    : [];
}
