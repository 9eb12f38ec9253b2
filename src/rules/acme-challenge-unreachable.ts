import type { Location } from '../text/range.ts';
import type { PathAnswer, Route, ServerModel, Site } from '../tls/model/server-model.ts';
import type { ModelFix, Report, Rule } from './rule.ts';
import { changeSite } from './support/fixes.ts';
import { httpsSites, plainHttpSites } from './support/sites/http-sites.ts';
import { sitesWithName } from './support/sites/name-index.ts';

const challengePath = '/.well-known/acme-challenge/';

/** A place for challenges that the site has, but that something else answers for (RFC 8555 section 8.3). */
export const acmeChallengeUnreachable: Rule = {
  id: 'acme-challenge-unreachable',
  title: 'ACME challenges are not answered from their directory',
  severity: 'warning',
  effect: 'security',
  *check({ model }) {
    for (const site of plainHttpSites(model)) {
      const answer = site.plainChallengeAnswer ?? site.challengeAnswer;
      const obstacle = obstacleOf(answer);
      const route = obstacle && challengeRoute(site, obstacle);
      if (route === undefined || obstacle === undefined) continue;
      const led = answersAfterRedirect(model, site, answer);
      if (led === undefined) yield report(site, route, obstacle);
      else if (isOtherDirectory(led, meant(route))) yield reportOther(led, site, route, obstacle);
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
      return { what: `denied by "${answer.by}"`, first: false, location: answer.location };
    default:
      return undefined;
  }
}

type Files = Extract<PathAnswer, { readonly kind: 'files' | 'unknown' }>;

/** What a redirect leads to, if that answers from a folder: a CA follows it, to HTTPS too, whose certificate it takes as it is. */
function answersAfterRedirect(model: ServerModel, { names }: Site, answer: PathAnswer): Files | undefined {
  if (answer.kind !== 'redirect') return undefined;
  const host = /^https:\/\/([^/:?#$%{]+)(?::443)?\/\.well-known\/acme-challenge\//i.exec(answer.to)?.[1];
  if (host === undefined) return undefined;
  const sites = httpsSites(model);
  const [site] = sitesWithName(sites, host);
  if (site !== undefined) return filesOf(site);
  // A site for whatever name is asked for sends most of them to others, under the same name.
  const other = names.every(({ kind }) => kind === 'catch-all') && sites.some((candidate) => filesOf(candidate));
  return other ? { kind: 'unknown', reason: 'it depends on the name' } : undefined;
}

function filesOf({ challengeAnswer }: Site): Files | undefined {
  return challengeAnswer.kind === 'files' || challengeAnswer.kind === 'unknown' ? challengeAnswer : undefined;
}

/** Both are known, and the one that is meant is told for challenges alone, as no document root is. */
function isOtherDirectory(led: Files, own: PathAnswer): led is Files & { readonly kind: 'files' } {
  return led.kind === 'files' && own.kind === 'files' && folder(led.directory) !== folder(own.directory);
}

function folder(path: string): string {
  return path.replace(/\/+$/, '');
}

/** Files that a client writes where the directory says are not found; a client that was told the other one works all the same. */
function reportOther(
  { directory, location }: Files & { readonly kind: 'files' },
  site: Site,
  route: Route,
  { what, first, location: line }: Obstacle,
): Report {
  const own = meant(route);
  return {
    message: `Requests for ${challengePath} are ${what}, where they are answered from ${folder(directory)} and never from ${own.kind === 'files' ? folder(own.directory) : 'the directory meant for them'}: an ACME client that writes there fails. Exclude that path from the redirect, or serve it from the same directory on both sites.`,
    location: line,
    severity: 'information',
    effect: 'advice',
    related: [
      { location: route.location, message: 'Meant to answer the challenge' },
      { location, message: 'What answers instead' },
    ],
    fixes: fixesFor(site, route, first).map((fix) => ({ ...fix, safe: false })),
  };
}

function report(site: Site, route: Route, { what, first, location }: Obstacle): Report {
  const [why, next] = first
    ? [
        `by a line of the site itself, which runs before any location is chosen: "${route.pattern}" never answers`,
        'Move the line into "location /".',
      ]
    : ['before the directory meant for them can answer', 'Exclude that path.'];
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
