import type { ServerModel, Site } from '../tls/model/server-model.ts';
import type { Report, Rule } from './rule.ts';
import { applicationsOf, changeHsts, locationOf, sentHsts } from './support/applications.ts';
import { describeAge, type Hsts, writeHsts } from './support/headers/hsts.ts';
import { changeHeader, type HstsSites, hstsSites } from './support/headers/hsts-sites.ts';
import { plainHttpSites, publicNames } from './support/sites/http-sites.ts';
import { sitesWithName } from './support/sites/name-index.ts';
import { joinWords } from './support/words.ts';

/** What the preload list asks for (hstspreload.org, "Submission requirements"). */
const preloadAge = 31_536_000;

/** `preload` in a header that the list would not take. */
export const hstsPreload: Rule = {
  id: 'hsts-preload',
  title: 'HSTS preloading is asked for but would be refused',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    for (const found of hstsSites(model)) {
      const { header, hsts, sites } = found;
      if (!hsts.preload || hsts.maxAge === undefined) continue;
      const obstacles = obstaclesOf(model, found);
      if (obstacles.length === 0) continue;
      const { maxAge } = hsts;
      const passing = writeHsts({ maxAge: Math.max(maxAge, preloadAge), includeSubDomains: true, preload: true });
      const without = writeHsts({ ...hsts, preload: false });
      yield {
        message: `"preload" ${refusal(obstacles)}. Remove "preload" unless you mean to submit the domain.`,
        location: header.location,
        fixes: [
          changeHeader('Remove "preload"', nobodyPasses(model, found), sites, header, without),
          ...(passing === header.value ? [] : [changeHeader(`Send "${passing}"`, false, sites, header, passing)]),
        ],
      };
    }
    yield* ofApplications(model);
  },
};

function* ofApplications(model: ServerModel): Iterable<Report> {
  for (const application of applicationsOf(model)) {
    const { hsts: settings } = application;
    const hsts = settings && sentHsts(settings);
    if (settings === undefined || hsts?.maxAge === undefined || !hsts.preload) continue;
    const obstacles = obstaclesIn(hsts);
    if (obstacles.length === 0) continue;
    const passing = { maxAge: Math.max(hsts.maxAge, preloadAge), includeSubDomains: true };
    yield {
      message: `${settings.preload.name} ${refusal(obstacles)}. Set it to False unless you mean to submit the domain.`,
      location: locationOf(application, settings.preload),
      fixes: [
        changeHsts(`Set ${settings.preload.name} to False`, application, hsts, { preload: false }),
        changeHsts(`Send "${writeHsts({ ...hsts, ...passing })}"`, application, hsts, passing),
      ],
    };
  }
}

function refusal(obstacles: readonly string[]): string {
  return `asks for a place on the browsers' preload list, which takes months to leave, and which would refuse it: ${joinWords(obstacles)}`;
}

/** What the header itself lacks. */
function obstaclesIn({ maxAge = 0, includeSubDomains }: Pick<Hsts, 'maxAge' | 'includeSubDomains'>): string[] {
  const obstacles: string[] = [];
  if (maxAge < preloadAge) obstacles.push(`max-age is ${describeAge(maxAge)}, less than ${describeAge(preloadAge)}`);
  if (!includeSubDomains) obstacles.push('includeSubDomains is missing');
  return obstacles;
}

function obstaclesOf(model: ServerModel, { hsts, sites }: HstsSites): readonly string[] {
  const obstacles = obstaclesIn(hsts);
  const elsewhere = sites.find((site) => redirectsElsewhere(model, site));
  if (elsewhere !== undefined) obstacles.push(`plain HTTP of ${elsewhere.label} redirects to another host first`);
  const apex = sites.map((site) => silentApex(model, site)).find((name) => name !== undefined);
  if (apex !== undefined) obstacles.push(`${apex}, without www, does not send the header`);
  return obstacles;
}

/** Whoever the list may have must keep the word, and one header may be that of several sites. */
function nobodyPasses(model: ServerModel, { hsts, sites }: HstsSites): boolean {
  if ((hsts.maxAge ?? 0) < preloadAge || !hsts.includeSubDomains) return true;
  return sites.every((site) => redirectsElsewhere(model, site) || silentApex(model, site) !== undefined);
}

/** The list wants http://HOST to redirect to https://HOST before anything else. */
function redirectsElsewhere(model: ServerModel, site: Site): boolean {
  const names = publicNames(site).filter((name) => !name.includes('*') && !name.startsWith('.'));
  const plain = plainHttpSites(model);
  const seen = new Set<Site>();
  for (const name of names) {
    for (const other of sitesWithName(plain, name)) {
      // A site is asked by the first of its names.
      if (seen.has(other)) continue;
      seen.add(other);
      if (other.rootAnswer.kind !== 'redirect') continue;
      const host = /^https?:\/\/([^/:$%]+)/i.exec(other.rootAnswer.to)?.[1]?.toLowerCase();
      if (host !== undefined && host !== name) return true;
    }
  }
  return false;
}

/** The list takes whole domains: what `www.` asks for counts for nothing unless the name without it asks too. */
function silentApex(model: ServerModel, site: Site): string | undefined {
  if (!model.complete) return undefined;
  const names = publicNames(site);
  const apex = names.find((name) => name.startsWith('www.'))?.slice('www.'.length);
  if (apex === undefined || names.includes(apex)) return undefined;
  const owners = sitesWithName(model.sites, apex).filter((other) => publicNames(other).includes(apex));
  const asks = hstsSites(model).some(
    ({ hsts, sites }) => hsts.preload && sites.some((other) => owners.includes(other)),
  );
  return owners.length > 0 && !asks ? apex : undefined;
}
