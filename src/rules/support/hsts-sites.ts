import type { ResponseHeader, ServerModel, Site } from '../../tls/model/server-model.ts';
import { knownValue } from '../../tls/model/setting.ts';
import type { ModelFix } from '../rule.ts';
import { findHeader } from './headers.ts';
import { type Hsts, hstsHeader, readHsts } from './hsts.ts';
import { httpsSites } from './http-sites.ts';
import { remember } from './remember.ts';

/** One directive that sets HSTS, and the sites that send it over TLS. */
export interface HstsSites {
  readonly header: ResponseHeader;
  readonly hsts: Hsts;
  readonly sites: readonly [Site, ...Site[]];
}

/** Every HSTS header that a browser would see, once for each directive that sets it. */
export const hstsSites = remember((model: ServerModel): readonly HstsSites[] => {
  const found = new Map<string, { header: ResponseHeader; hsts: Hsts; sites: [Site, ...Site[]] }>();
  for (const site of httpsSites(model)) {
    const lists = [site.headers, ...site.routes.map(({ headers }) => headers)];
    for (const list of lists) {
      const header = findHeader(knownValue(list) ?? [], hstsHeader);
      const hsts = header === undefined ? undefined : readHsts(header.value);
      if (header === undefined || hsts === undefined) continue;
      const key = `${header.location.file}\0${header.location.range.start}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, { header, hsts, sites: [site] });
      else if (!known.sites.includes(site)) known.sites.push(site);
    }
  }
  return [...found.values()];
});

/** Gives a header that is set somewhere another value, or with undefined takes it away, where it is set. */
export function changeHeader(
  title: string,
  safe: boolean,
  sites: readonly [Site, ...Site[]],
  header: ResponseHeader,
  value: string | undefined,
): ModelFix {
  const from = { name: header.name, value: header.value };
  const to = value === undefined ? undefined : { name: header.name, value };
  return { title, safe, changes: [{ setting: 'header', site: sites[0].id, from, to, scope: 'origin' }] };
}
