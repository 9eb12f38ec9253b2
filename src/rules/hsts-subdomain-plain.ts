import { remember } from '../memory/remember.ts';
import type { ServerModel, Site } from '../tls/model/server-model.ts';
import type { Rule } from './rule.ts';
import { writeHsts } from './support/headers/hsts.ts';
import { changeHeader, type HstsSites, hstsSites } from './support/headers/hsts-sites.ts';
import { httpsSites, plainHttpSites, publicNames } from './support/sites/http-sites.ts';
import { isNamed } from './support/sites/name-index.ts';

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
        message: `includeSubDomains of ${stranded.parent} applies to ${stranded.name} too, which this server serves over plain HTTP only: browsers that have seen the header cannot reach it. Give ${stranded.name} HTTPS, or remove includeSubDomains.`,
        location: header.location,
        related: [stranded, ...others].map(({ site, name }) => ({
          location: site.location,
          message: `${name} has no HTTPS here`,
        })),
        fixes: [
          changeHeader(
            'Remove includeSubDomains',
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
  const below = namesBelow(model);
  const found = new Map<Site, PlainName & { readonly parent: string }>();
  for (const parent of sites.flatMap((site) => publicNames(site))) {
    if (parent.includes('*')) continue;
    for (const plain of below.get(parent.replace(/^\./, '')) ?? []) {
      const before = found.get(plain.site);
      if (before === undefined || plain.place < before.place) found.set(plain.site, { ...plain, parent });
    }
  }
  return [...found.values()].sort((a, b) => a.place - b.place);
}

interface PlainName {
  readonly site: Site;
  readonly name: string;
  /** Its place among all of them. */
  readonly place: number;
}

/** No name that can be asked for has more parts. */
const mostParts = 127;

/** True where every visitor is sent to the same name over HTTPS, which somebody else then speaks for it. */
function leadsToItself(site: Site): boolean {
  const answer = site.plainAnswer ?? site.rootAnswer;
  if (answer.kind !== 'redirect') return false;
  const host = /^https:\/\/([^/:]+)/i.exec(answer.to)?.[1];
  return host !== undefined && publicNames(site).includes(host.toLowerCase());
}

/** Names that are served over plain HTTP alone, by each name that they are below. */
const namesBelow = remember((model: ServerModel): ReadonlyMap<string, readonly PlainName[]> => {
  const secure = httpsSites(model);
  const below = new Map<string, PlainName[]>();
  let place = 0;
  for (const site of plainHttpSites(model)) {
    if (site.refusesAll || leadsToItself(site)) continue;
    for (const name of publicNames(site)) {
      // Nobody knows which names a wildcard is for.
      if (/^\.|\*/.test(name) || isNamed(secure, name)) continue;
      const plain = { site, name, place: place++ };
      let dot = name.indexOf('.');
      for (let parts = 0; dot >= 0 && parts < mostParts; parts++) {
        const parent = name.slice(dot + 1);
        const known = below.get(parent);
        if (known) known.push(plain);
        else below.set(parent, [plain]);
        dot = name.indexOf('.', dot + 1);
      }
    }
  }
  return below;
});
