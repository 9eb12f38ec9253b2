import { remember } from '../../memory/remember.ts';
import type { ServerModel, Site, SiteName } from '../../tls/model/server-model.ts';
import { knownValue } from '../../tls/model/setting.ts';
import { listenersOf, tlsEndpoints } from './sites.ts';

/** Names that a browser on another machine could ask for: no catch-all, pattern, address or name of the machine itself. */
export const publicNames = remember((site: Site): readonly string[] =>
  site.names.filter(isPublic).map(({ text }) => text.toLowerCase()),
);

/** True for one such name. */
export function isPublic({ kind, text }: SiteName): boolean {
  if ((kind !== 'exact' && kind !== 'wildcard') || !text.includes('.')) return false;
  return (
    !/^[\d.]+$/.test(text) &&
    !/(^|\.)(localhost|local|localdomain|test|invalid|internal|lan|onion|home\.arpa)$/i.test(text)
  );
}

/** Sites that serve HTTP over TLS, on whatever port: what stands before them may be reached on another. */
export const httpTlsSites = remember((model: ServerModel): readonly Site[] => {
  const ids = new Set(tlsEndpoints(model).map(({ site }) => site));
  return model.sites.filter((site) => ids.has(site.id) && site.application === 'http' && !site.refusesAll);
});

/** Those on the port that a URL without a port means. */
export const httpsSites = remember((model: ServerModel): readonly Site[] =>
  httpTlsSites(model).filter((site) =>
    listenersOf(model, site).some(({ port, tls }) => port === 443 && knownValue(tls) === true),
  ),
);

/** Sites that answer plain HTTP on the port that a URL without a port means. */
export const plainHttpSites = remember((model: ServerModel): readonly Site[] =>
  model.sites.filter(
    (site) =>
      site.application === 'http' &&
      listenersOf(model, site).some(({ port, tls }) => port === 80 && knownValue(tls) === false),
  ),
);

/** Sites of a list by their exact names in lower case, and those that have names of other kinds. */
interface NameIndex {
  readonly exact: ReadonlyMap<string, readonly Site[]>;
  readonly others: readonly Site[];
}

const nameIndex = remember((sites: readonly Site[]): NameIndex => {
  const exact = new Map<string, Site[]>();
  const others: Site[] = [];
  for (const site of sites) {
    for (const { kind, text } of site.names) {
      if (kind === 'exact') {
        const name = text.toLowerCase();
        const known = exact.get(name);
        if (known === undefined) exact.set(name, [site]);
        else known.push(site);
      } else if (others.at(-1) !== site) others.push(site);
    }
  }
  return { exact, others };
});

/**
 * Sites of a list that have the host, as `hasName` sees it; those that name it exactly come first. The list is looked through
 * once, however many hosts are asked for: ask with one and the same array.
 */
export function sitesWithName(sites: readonly Site[], host: string): readonly Site[] {
  const { exact, others } = nameIndex(sites);
  const found = exact.get(host.toLowerCase()) ?? [];
  const more = others.length === 0 ? others : others.filter((site) => !found.includes(site) && hasName(site, host));
  return more.length === 0 ? found : [...found, ...more];
}

/** True where a site of the list has the host. */
export function isNamed(sites: readonly Site[], host: string): boolean {
  const { exact, others } = nameIndex(sites);
  return exact.has(host.toLowerCase()) || others.some((site) => hasName(site, host));
}

/** The same where nothing is left open: not by a variable or an expression, and not by what decides whether the site is there. */
export function isSurelyNamed(sites: readonly Site[], host: string, beside: Site): boolean {
  const { exact, others } = nameIndex(sites);
  const isThere = ({ condition }: Site) => condition === undefined || condition === beside.condition;
  return (
    (exact.get(host.toLowerCase())?.some(isThere) ?? false) ||
    others.some((site) => isThere(site) && hasName(site, host, 'surely'))
  );
}

/** True where a site's name list has the host, wildcards considered. Case is ignored. */
function hasName(site: Site, host: string, how: 'perhaps' | 'surely' = 'perhaps'): boolean {
  const lower = host.toLowerCase();
  return site.names.some(({ kind, text }) => {
    const name = text.toLowerCase();
    if (kind === 'exact') return name === lower;
    if (kind !== 'wildcard') return how === 'perhaps' && kind !== 'catch-all';
    if (name.startsWith('*.')) return lower.endsWith(name.slice(1));
    if (name.startsWith('.')) return lower === name.slice(1) || lower.endsWith(name);
    return name.endsWith('.*') && lower.startsWith(name.slice(0, -1));
  });
}
