import type { Rule } from './rule.ts';
import { httpsSites, isNamed, isSurelyNamed, plainHttpSites, publicNames } from './support/http-sites.ts';

/** A redirect to HTTPS that leads to a host which this server does not serve over HTTPS, though it has the asked one. */
export const redirectWrongHost: Rule = {
  id: 'redirect-wrong-host',
  title: 'The redirect to HTTPS leads to another host',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    if (!model.complete) return;
    const secure = httpsSites(model);
    for (const site of plainHttpSites(model)) {
      const answer = site.plainAnswer ?? site.rootAnswer;
      if (answer.kind !== 'redirect') continue;
      const host = /^https:\/\/([^/:$%]+)/i.exec(answer.to)?.[1];
      const names = publicNames(site);
      const own = names.find((name) => isSurelyNamed(secure, name, site));
      if (host === undefined || own === undefined || isNamed(secure, host)) continue;
      // `$host` stands for whichever name was asked for.
      if (names.includes(host.toLowerCase())) continue;
      yield {
        message: `${own} has HTTPS here, but plain HTTP is redirected past it, to ${host}: browsers never see the HSTS header of ${own}. Redirect to https://${own} first.`,
        location: answer.location,
      };
    }
  },
};
