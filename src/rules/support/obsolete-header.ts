import type { ResponseHeader, ServerModel, Site } from '../../tls/model/server-model.ts';
import type { Rule } from '../rule.ts';
import { changeHeader } from './hsts-sites.ts';
import { remember } from './remember.ts';

/** A rule about response headers whose whole effect is history. */
export function noteRule(rule: {
  readonly id: string;
  readonly title: string;
  readonly headers: readonly string[];
  /** Why nobody needs them, as a clause. */
  readonly why: string;
}): Rule {
  const names = new Set(rule.headers.map((name) => name.toLowerCase()));
  return {
    id: rule.id,
    title: rule.title,
    severity: 'hint',
    effect: 'advice',
    *check({ model }) {
      for (const { header, sites } of headersNamed(model, names)) {
        yield {
          message: `${header.name} does nothing any more: ${rule.why}. Take it out.`,
          location: header.location,
          fixes: [changeHeader(`Take ${header.name} out`, true, sites, header, undefined)],
        };
      }
    },
  };
}

interface HeaderSites {
  readonly header: ResponseHeader;
  readonly sites: [Site, ...Site[]];
}

function headersNamed(model: ServerModel, names: ReadonlySet<string>): readonly HeaderSites[] {
  return allHeaders(model).filter(({ header }) => names.has(header.name.toLowerCase()));
}

/** Every header that some answer has, once for each directive that sets it. */
const allHeaders = remember((model: ServerModel): readonly HeaderSites[] => {
  const found = new Map<ResponseHeader, HeaderSites>();
  for (const site of model.sites) {
    for (const { value } of [site.headers, ...site.routes.map(({ headers }) => headers)]) {
      if (value.kind !== 'known' && value.kind !== 'partial') continue;
      for (const header of value.value) {
        const known = found.get(header);
        if (known === undefined) found.set(header, { header, sites: [site] });
        else if (known.sites.at(-1) !== site) known.sites.push(site);
      }
    }
  }
  return onePerPlace([...found.values()]);
});

/** Inheritors mostly share the object; where they do not, the place tells. */
function onePerPlace(found: readonly HeaderSites[]): readonly HeaderSites[] {
  const byPlace = new Map<string, HeaderSites>();
  for (const { header, sites } of found) {
    const place = `${header.location.range.start} ${header.location.file}`;
    const known = byPlace.get(place);
    if (known === undefined) byPlace.set(place, { header, sites });
    else known.sites.push(...sites.filter((site) => !known.sites.includes(site)));
  }
  return [...byPlace.values()];
}
