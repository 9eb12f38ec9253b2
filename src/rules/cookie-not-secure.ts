import type { Application, ApplicationCookie } from '../tls/model/application.ts';
import { possibleValues } from '../tls/model/setting.ts';
import type { Report, Rule } from './rule.ts';
import { applicationsOf, locationOf, settingPhrase } from './support/applications.ts';

/** What somebody has who reads the cookie on its way. */
const harm: Readonly<Record<ApplicationCookie['kind'], string>> = {
  session: 'the session cookie goes over plain HTTP too, where whoever reads it takes over the session',
  csrf: 'the cookie with the CSRF token goes over plain HTTP too, where whoever reads it can send forms in the name of its owner',
};

/** A cookie of an application that browsers send over plain HTTP as well (RFC 6265 section 4.1.2.5). */
export const cookieNotSecure: Rule = {
  id: 'cookie-not-secure',
  title: 'A cookie is sent over plain HTTP too',
  severity: 'warning',
  effect: 'security',
  *check({ model }) {
    for (const application of applicationsOf(model)) {
      for (const cookie of application.cookies) {
        const possible = possibleValues(cookie.secure);
        if (possible === undefined || possible.includes(true)) continue;
        const isSet = cookie.secure.origin.kind !== 'default';
        if (!isSet && !model.complete) continue;
        yield report(application, cookie, isSet, model.complete);
      }
    }
  },
};

function report(application: Application, cookie: ApplicationCookie, isSet: boolean, isWhole: boolean): Report {
  const { kind, secure } = cookie;
  // Where nothing shows that there is HTTPS, there may be none, and nobody could log in any more.
  const isWarning = isWhole && (application.isServedOverHttps || isSet);
  return {
    message: `${settingPhrase(secure)}, so ${harm[kind]}. ${isWarning ? 'Set it to True' : 'Where clients come over HTTPS, set it to True'}.`,
    location: locationOf(application, secure),
    severity: isWarning ? 'warning' : 'information',
    effect: isWarning ? 'security' : 'advice',
    fixes: [
      {
        title: `Set ${secure.name} to True`,
        safe: isHttpsOnly(application),
        changes: [
          {
            setting: 'cookieSecure',
            site: application.id,
            from: { cookie: kind, secure: false },
            to: { cookie: kind, secure: true },
            scope: 'origin',
          },
        ],
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
