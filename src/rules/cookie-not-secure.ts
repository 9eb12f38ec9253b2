import { capitalised } from '../text/capitalised.ts';
import type { Application, ApplicationCookie } from '../tls/model/application.ts';
import { possibleValues } from '../tls/model/setting.ts';
import type { Report, Rule } from './rule.ts';
import { applicationsOf, locationOf, promisedBy, settingPhrase } from './support/applications.ts';
import { joinWords } from './support/words.ts';

/** What somebody has who reads the cookie on its way. */
const harm: Readonly<Record<ApplicationCookie['kind'], string>> = {
  session: 'the session cookie goes over plain HTTP too, where anyone who reads it can take over the session',
  csrf: 'the cookie with the CSRF token goes over plain HTTP too, where anyone who reads it can submit forms in the name of its owner',
};

/** A cookie of an application that browsers send over plain HTTP as well (RFC 6265 section 4.1.2.5). */
export const cookieNotSecure: Rule = {
  id: 'cookie-not-secure',
  title: 'A cookie is sent over plain HTTP too',
  severity: 'warning',
  effect: 'security',
  *check({ model }) {
    for (const application of applicationsOf(model)) {
      // One that browsers drop for it goes nowhere.
      const kept = application.cookies.filter((cookie) => promisedBy(cookie) === undefined);
      const open = kept.filter(({ secure }) => possibleValues(secure)?.every((is) => !is) === true);
      const isSet = ({ secure }: ApplicationCookie) => secure.origin.kind !== 'default';
      for (const cookie of open) if (isSet(cookie)) yield report(application, [cookie], model.complete);
      const [first, ...others] = model.complete ? open.filter((cookie) => !isSet(cookie)) : [];
      if (first !== undefined) yield report(application, [first, ...others], application.isServedOverHttps);
    }
  },
};

/** @param isSure that it is wrong: where nothing shows that there is HTTPS, there may be none, and nobody could log in any more */
function report(
  application: Application,
  cookies: readonly [ApplicationCookie, ...ApplicationCookie[]],
  isSure: boolean,
): Report {
  const [{ kind, secure }, ...others] = cookies;
  const names = joinWords(cookies.map((cookie) => cookie.secure.name));
  const advice = `set ${others.length > 0 ? 'both' : 'it'} to True`;
  return {
    message: `${settingPhrase(names, cookies.length, secure)}, so ${harm[kind]}. ${isSure ? capitalised(advice) : `Where clients come over HTTPS, ${advice}`}.`,
    location: locationOf(application, secure),
    severity: isSure ? 'warning' : 'information',
    effect: isSure ? 'security' : 'advice',
    fixes: [
      {
        title: `Set ${names} to True`,
        safe: isHttpsOnly(application),
        changes: cookies.map(({ kind: cookie }) => ({
          setting: 'cookieSecure',
          site: application.id,
          from: { cookie, secure: false },
          to: { cookie, secure: true },
          scope: 'origin',
        })),
      },
    ],
  };
}

/** Nobody has a session over plain HTTP whose requests are all redirected, or whose browser insists on HTTPS. */
function isHttpsOnly({ redirectsToHttps, hsts }: Application): boolean {
  const redirects = redirectsToHttps && possibleValues(redirectsToHttps);
  const ages = hsts && possibleValues(hsts.maxAge);
  return redirects?.every(Boolean) === true || ages?.every((age) => age > 0) === true;
}
