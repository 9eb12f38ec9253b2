import { groupBy } from '../text/group-by.ts';
import { isBelow } from '../text/path.ts';
import { forAdmitted } from '../tls/model/admitted.ts';
import type { Application } from '../tls/model/application.ts';
import type { ServerModel, Site } from '../tls/model/server-model.ts';
import { knownValue, possibleValues } from '../tls/model/setting.ts';
import type { Report, Rule } from './rule.ts';
import { applicationsOf, locationOf, settingPhrase, sitesFor } from './support/applications.ts';
import { changeSite } from './support/fixes.ts';
import { httpsSites, isOnHttpsPort, plainHttpSites, publicNames } from './support/sites/http-sites.ts';
import { endsTls, startPage } from './support/sites/led-elsewhere.ts';
import { isSurelyNamed } from './support/sites/name-index.ts';

/** A site that answers over plain HTTP what it also has over HTTPS. */
export const redirectMissing: Rule = {
  id: 'redirect-missing',
  title: 'Plain HTTP is not redirected to HTTPS',
  severity: 'information',
  effect: 'advice',
  *check({ model, servers = [] }) {
    yield* ofApplications(model, servers);
    // From what leads back, a redirect would go round in a circle, or end at a name without TLS.
    let secure: readonly Site[] | undefined;
    const lost = model.notes.filter(({ kind }) => kind === 'redirect-lost').map(({ text }) => text);
    const idle = new Set(model.notes.filter(({ kind }) => kind === 'redirect-idle').map(({ site }) => site));
    const apart = model.notes.find(({ kind }) => kind === 'redirect-not-inherited');
    const untakenOf = groupBy(
      model.notes.filter(({ kind }) => kind === 'redirect-untaken'),
      (note) => note.site,
    );
    for (const site of plainHttpSites(model)) {
      const root = forAdmitted(site.plainAnswer ?? site.rootAnswer);
      const answer = startPage(site, root, 'http');
      if (answer.kind !== 'files' && answer.kind !== 'proxy') continue;
      // A redirect is there, and why it is lost is said where it stands.
      if (idle.has(site.id)) continue;
      if (answer.kind === 'files' && lost.some((folder) => isBelow(answer.directory, folder))) continue;
      // What HTTPS answers with is asked only where plain HTTP answers itself: most sites redirect.
      const others = secure ?? httpsSites(model).filter((each) => !endsTls(each));
      secure = others;
      const name = publicNames(site).find((candidate) => isSurelyNamed(others, candidate, site));
      if (name === undefined || site.folderRules !== undefined) continue;
      const untaken = untakenOf.get(site.id) ?? [];
      const [condition] = untaken;
      const next = condition
        ? `The redirect that is there is not taken, as ${condition.text}`
        : `Redirect to HTTPS${apart ? ' in the site itself' : ''}`;
      const cause = apart ? `, as the redirect outside of it does not apply (${apart.text})` : '';
      const isBypass = demandsCertificate(model, site);
      const what = isBypass
        ? `${name} demands a client certificate over HTTPS, and answers over plain HTTP too, where nobody is asked for one${cause}`
        : `${name} is served over plain HTTP although it has HTTPS${cause}: whoever follows an old link stays unprotected there, except in current browsers, which try HTTPS first`;
      yield {
        message: `${what}. ${next}.`,
        location: site.location,
        related: [
          { location: answer.location, message: 'Answers over plain HTTP' },
          ...(apart ? [{ location: apart.location, message: 'This redirect does not apply to it.' }] : []),
          ...untaken.map(({ location }) => ({ location, message: 'Not taken over plain HTTP' })),
        ],
        ...(apart || isBypass ? { severity: 'warning', effect: 'security' } : {}),
        // One block for both ports cannot redirect without redirecting itself, and where `/` has a redirect another one may come too late.
        fixes:
          isOnHttpsPort(model, site) || answer !== root
            ? []
            : [
                {
                  title: 'Redirect to HTTPS',
                  safe: false,
                  changes: [changeSite(site, 'redirectToHttps', undefined, true)],
                },
              ],
      };
    }
  },
};

/** One block answers the same on both ports, and on the plain one there is no handshake that could ask. */
function demandsCertificate(model: ServerModel, site: Site): boolean {
  return knownValue(site.tls.clientVerification) === 'required' && isOnHttpsPort(model, site);
}

/** A server in front of an application is where the redirect mostly comes from. */
function* ofApplications(model: ServerModel, servers: readonly ServerModel[]): Iterable<Report> {
  if (!model.complete) return;
  for (const application of applicationsOf(model)) {
    const { redirectsToHttps } = application;
    if (redirectsToHttps === undefined || possibleValues(redirectsToHttps)?.every((is) => !is) !== true) continue;
    const before = plainSitesFor(application, servers);
    if (before.length > 0 && before.every(leadsToHttps)) continue;
    yield {
      message: `${settingPhrase(redirectsToHttps.name, 1, redirectsToHttps)}: unless a server in front of the application redirects to HTTPS, whoever follows an old link stays unprotected, except in current browsers, which try HTTPS first. Behind a proxy that terminates TLS, first set the header by which it says so.`,
      location: locationOf(application, redirectsToHttps),
      severity: 'hint',
      fixes: [
        {
          title: `Set ${redirectsToHttps.name} to True`,
          safe: false,
          changes: [{ setting: 'applicationRedirect', site: application.id, from: false, to: true, scope: 'origin' }],
        },
      ],
    };
  }
}

/** Where HTTPS alone has the names, one for whatever host answers plain HTTP. */
function plainSitesFor(application: Application, servers: readonly ServerModel[]): readonly Site[] {
  const plain = servers.flatMap(plainHttpSites);
  const named = sitesFor(application, plain);
  return named.length > 0 || sitesFor(application, servers.flatMap(httpsSites)).length === 0
    ? named
    : plain.filter(({ names }) => names.every(({ kind }) => kind === 'catch-all'));
}

function leadsToHttps({ plainAnswer, rootAnswer }: Site): boolean {
  const answer = forAdmitted(plainAnswer ?? rootAnswer);
  return answer.kind === 'redirect' && /^https:/i.test(answer.to);
}
