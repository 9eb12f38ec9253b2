import type { ResponseHeader, ServerModel, Site } from '../../tls/model/server-model.ts';
import type { Rule } from '../rule.ts';
import { changeHeader } from './hsts-sites.ts';

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

function headersNamed(model: ServerModel, names: ReadonlySet<string>): Iterable<HeaderSites> {
  const found = new Map<string, HeaderSites>();
  for (const site of model.sites) {
    for (const { value } of [site.headers, ...site.routes.map(({ headers }) => headers)]) {
      if (value.kind !== 'known' && value.kind !== 'partial') continue;
      for (const header of value.value) {
        if (!names.has(header.name.toLowerCase())) continue;
        const key = `${header.location.file}\0${header.location.range.start}`;
        const known = found.get(key);
        if (known === undefined) found.set(key, { header, sites: [site] });
        else if (!known.sites.includes(site)) known.sites.push(site);
      }
    }
  }
  return found.values();
}
