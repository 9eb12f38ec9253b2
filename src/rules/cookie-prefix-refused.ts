import { capitalised } from '../text/capitalised.ts';
import type { Application, ApplicationCookie } from '../tls/model/application.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Report, Rule } from './rule.ts';
import { applicationsOf, locationOf, makeSecure, promisedBy } from './support/applications.ts';
import { joinWords } from './support/words.ts';

/** What a cookie has that its name rules out, and what it should have in its place. */
interface Breach {
  readonly is: string;
  readonly mend: string;
}

/** Cookies called `__Host-` and `__Secure-`, without what these promise (draft-ietf-httpbis-rfc6265bis section 4.1.3). */
export const cookiePrefixRefused: Rule = {
  id: 'cookie-prefix-refused',
  title: 'Browsers refuse a cookie because of its name prefix',
  severity: 'error',
  effect: 'connect',
  *check({ model }) {
    for (const application of applicationsOf(model)) {
      for (const cookie of application.cookies) {
        const report = judge(application, cookie, model.complete);
        if (report !== undefined) yield report;
      }
    }
  },
};

function judge(application: Application, cookie: ApplicationCookie, isWhole: boolean): Report | undefined {
  const promise = promisedBy(cookie);
  if (promise === undefined) return undefined;
  const { kind, called, secure } = cookie;
  const isOpen = knownValue(secure) === false && (isWhole || secure.origin.kind !== 'default');
  const breaches = [
    ...(isOpen ? [{ is: `${secure.name} is False`, mend: `set ${secure.name} to True` }] : []),
    ...(promise === 'host' ? breachesOfHost(cookie) : []),
  ];
  if (breaches.length === 0) return undefined;
  const asks = promise === 'host' ? 'only with Secure, for the path "/" and without a domain' : 'only with Secure';
  const loss = kind === 'session' ? 'nobody stays logged in' : 'every form is refused';
  return {
    message: `Browsers accept a cookie called "${knownValue(called)}" ${asks}. ${joinWords(breaches.map(({ is }) => is))}, so they drop it, and ${loss}. ${capitalised(joinWords(breaches.map(({ mend }) => mend)))}, or rename it.`,
    location: locationOf(application, called),
    ...(cookie.isCertain && isWhole ? {} : { severity: 'warning' as const }),
    fixes: isOpen && breaches.length === 1 ? [makeSecure(application, cookie)] : [],
  };
}

function breachesOfHost({ path, domain }: ApplicationCookie): readonly Breach[] {
  const [where, whose] = [knownValue(path), knownValue(domain)];
  const found: Breach[] = [];
  if (where !== undefined && where !== '/') {
    const is = where === null ? `${path.name} is empty` : `${path.name} is "${where}"`;
    found.push({ is, mend: `set ${path.name} to '/'` });
  }
  if (whose !== undefined && whose !== null)
    found.push({ is: `${domain.name} is "${whose}"`, mend: `remove ${domain.name}` });
  return found;
}
