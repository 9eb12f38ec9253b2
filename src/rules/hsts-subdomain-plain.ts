import type { ServerModel, Site } from '../tls/model/server-model.ts';
import type { Rule } from './rule.ts';
import { writeHsts } from './support/hsts.ts';
import { changeHeader, type HstsSites, hstsSites } from './support/hsts-sites.ts';
import { httpsSites, isNamed, plainHttpSites, publicNames } from './support/http-sites.ts';

/** A subdomain that this server has over plain HTTP alone, while HSTS tells browsers never to ask so (RFC 6797 section 6.1.2). */
export const hstsSubdomainPlain: Rule = {
  id: 'hsts-subdomain-plain',
  title: 'HSTS covers a subdomain without HTTPS',
  severity: 'warning',
  effect: 'security',
  *check({ model }) {
    if (!model.complete) return;
    for (const found of hstsSites(model)) {
      const { header, hsts, sites } = found;
      if (!hsts.includeSubDomains || (hsts.maxAge ?? 0) === 0) continue;
      const [stranded, ...others] = strandedSites(model, found);
      if (stranded === undefined) continue;
      yield {
        message: `includeSubDomains of ${stranded.parent} holds for ${stranded.name} too, which this server has over plain HTTP only: browsers that have seen the header cannot reach it. Give ${stranded.name} HTTPS, or take includeSubDomains out.`,
        location: header.location,
        related: [stranded, ...others].map(({ site, name }) => ({
          location: site.location,
          message: `${name} has no HTTPS here`,
        })),
        fixes: [
          changeHeader(
            'Take includeSubDomains out',
            false,
            sites,
            header,
            writeHsts({ ...hsts, includeSubDomains: false, preload: false }),
          ),
        ],
      };
    }
  },
};

interface StrandedSite {
  readonly site: Site;
  readonly name: string;
  readonly parent: string;
}

function strandedSites(model: ServerModel, { sites }: HstsSites): readonly StrandedSite[] {
  const parents = sites.flatMap((site) => publicNames(site)).filter((name) => !name.includes('*'));
  const secure = httpsSites(model);
  return plainHttpSites(model).flatMap((site) => {
    if (site.refusesAll) return [];
    for (const name of publicNames(site)) {
      if (name.includes('*') || isNamed(secure, name)) continue;
      const parent = parents.find((candidate) => name.endsWith(`.${candidate.replace(/^\./, '')}`));
      if (parent !== undefined) return [{ site, name, parent }];
    }
    return [];
  });
}
