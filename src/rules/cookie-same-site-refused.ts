import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { applicationsOf, locationOf, makeSecure, promisedBy } from './support/applications.ts';

/** `SameSite=None` without `Secure`: browsers drop the cookie (draft-ietf-httpbis-rfc6265bis section 5.7). */
export const cookieSameSiteRefused: Rule = {
  id: 'cookie-same-site-refused',
  title: 'Browsers refuse a SameSite=None cookie that is not Secure',
  severity: 'error',
  effect: 'connect',
  *check({ model }) {
    for (const application of applicationsOf(model)) {
      for (const cookie of application.cookies) {
        const { kind, isCertain, secure, sameSite } = cookie;
        // By its name it is refused for the same already.
        if (promisedBy(cookie) !== undefined) continue;
        if (knownValue(sameSite) !== 'none' || knownValue(secure) !== false) continue;
        if (secure.origin.kind === 'default' && !model.complete) continue;
        yield {
          message: `${sameSite.name} is 'None' and ${secure.name} is False: Chrome, Edge and others drop such a cookie, so ${kind === 'session' ? 'nobody stays logged in' : 'every form is refused'}. Set ${secure.name} to True.`,
          location: locationOf(application, sameSite),
          ...(isCertain && model.complete ? {} : { severity: 'warning' as const }),
          fixes: [makeSecure(application, cookie)],
        };
      }
    }
  },
};
