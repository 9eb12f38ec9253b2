import { remember } from '../../../memory/remember.ts';
import { PlaceMap } from '../../../text/place-map.ts';
import type { ResponseHeader, ServerModel, Site } from '../../../tls/model/server-model.ts';
import type { ModelFix } from '../../rule.ts';
import { httpsSites } from '../sites/http-sites.ts';
import { certainHeaders, findHeader, headerLists, listedHeaders } from './headers.ts';
import { type Hsts, hstsHeader, readHsts } from './hsts.ts';

/** One directive that sets HSTS, and the sites that send it over TLS. */
export interface HstsSites {
  readonly header: ResponseHeader;
  readonly hsts: Hsts;
  readonly sites: readonly [Site, ...Site[]];
}

/** Every HSTS header that a browser would see, once for each directive that sets it. */
export const hstsSites = remember((model: ServerModel): readonly HstsSites[] => {
  const found: { header: ResponseHeader; hsts: Hsts; sites: [Site, ...Site[]] }[] = [];
  const byPlace = new PlaceMap<(typeof found)[number]>();
  // Mostly one value is said again and again.
  let last: { readonly value: string; readonly hsts: Hsts | undefined } | undefined;
  // What a folder says by itself goes to whoever asks over TLS.
  for (const site of model.folder === undefined ? httpsSites(model) : model.sites) {
    for (const list of headerLists(site)) {
      const header = findHeader(certainHeaders(list) ?? listedHeaders(list), hstsHeader);
      if (header === undefined) continue;
      if (last?.value !== header.value) last = { value: header.value, hsts: readHsts(header.value) };
      const { hsts } = last;
      if (hsts === undefined) continue;
      const { location } = header;
      const known = byPlace.get(location);
      if (known === undefined) {
        const first: (typeof found)[number] = { header, hsts, sites: [site] };
        byPlace.set(location, first);
        found.push(first);
      } else if (known.sites.at(-1) !== site) known.sites.push(site);
    }
  }
  return found;
});

/** Gives a header that is set somewhere another value, where it is set. */
export function changeHeader(
  title: string,
  safe: boolean,
  sites: readonly [Site, ...Site[]],
  header: ResponseHeader,
  value: string,
): ModelFix {
  const from = { name: header.name, value: header.value, setAt: header.location };
  const to = { name: header.name, value };
  return { title, safe, changes: [{ setting: 'header', site: sites[0].id, from, to, scope: 'origin' }] };
}
