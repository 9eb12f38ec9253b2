import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { applicationsOf, isAmong, locationOf } from './support/applications.ts';
import { shownHeader, silentProxies } from './support/silent-proxies.ts';

/** An application that takes itself for `http://`, while browsers send it forms from `https://` (Origin, RFC 6454 section 7). */
export const formsRefused: Rule = {
  id: 'forms-refused',
  title: 'Every form is refused, as the application is not told of HTTPS',
  severity: 'warning',
  effect: 'security',
  *check({ model, servers = [] }) {
    if (!model.complete) return;
    for (const application of applicationsOf(model)) {
      const { formOrigins, hosts, schemeHeader, redirectsToHttps } = application;
      const names = hosts.kind === 'known' ? hosts.value : undefined;
      const header = knownValue(schemeHeader);
      if (formOrigins === undefined || names === undefined || header === undefined) continue;
      // Who is redirected without end sends no form.
      if (redirectsToHttps && knownValue(redirectsToHttps) !== false) continue;
      const trusted = formOrigins.flatMap((origin) => hostIn(origin) ?? []);
      const found = silentProxies(servers, names, header).find(({ name }) => !isAmong(name, trusted));
      if (found === undefined) continue;
      const { site, name, location } = found;
      yield {
        message: `Browsers send forms from https://${name}, but ${site.label}, which terminates TLS, passes them to the application over plain HTTP without saying so: unless a proxy before it does, the application takes itself for http://${name} and refuses each (403, "Origin checking failed"). Send ${shownHeader(header)} with the scheme from there${header === null ? ', and let the application go by that header' : ''}.`,
        location: locationOf(application, schemeHeader),
        related: [{ location, message: `Asks for ${name} over plain HTTP` }],
      };
    }
  },
};

/** Whatever its port, as ALLOWED_HOSTS have it: `*.example.com` stands for example.com too. */
function hostIn(origin: string): string | undefined {
  return /^https:\/\/\**([^:/]+)/i.exec(origin)?.[1];
}
