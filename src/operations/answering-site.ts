import { starPattern } from '../text/glob.ts';
import { isTame } from '../text/tame-pattern.ts';
import { placesOfName } from '../tls/model/name-places.ts';
import type { ServerModel, Site } from '../tls/model/server-model.ts';

/** The site on port 80 that has the name; where none has it, the default site of that port. */
export function answeringSite(models: readonly ServerModel[], name: string): Site | undefined {
  for (const model of models) {
    const plain = model.sites.filter((site) => site.bindings.some(({ listener }) => listener.endsWith(':80')));
    const named = siteNamed(model.server, plain, name);
    if (named === 'unknown') return undefined;
    if (named !== undefined) return named;
    const listener = model.complete
      ? model.listeners.find(({ port, transport }) => port === 80 && transport === 'tcp')
      : undefined;
    const byDefault = plain.find(({ id }) => id === listener?.defaultSite);
    if (byDefault !== undefined) return byDefault;
  }
  return undefined;
}

/**
 * The site of a list, all on one address, that answers a name. nginx takes an exact name before the longest `*.example.com`,
 * that before the longest `www.*`, and only then the first expression (ngx_http_find_virtual_server); Apache takes the first
 * site that has the name at all.
 * @returns undefined where none has it, so that the default site answers; `unknown` where that cannot be told
 */
export function siteNamed(
  server: ServerModel['server'],
  sites: readonly Site[],
  name: string,
): Site | undefined | 'unknown' {
  const host = name.toLowerCase();
  return server === 'nginx' ? byRank(sites, host) : sites.find((site) => patterns(site).some((one) => fits(one, host)));
}

function patterns({ names }: Site): readonly string[] {
  return names.filter(({ kind }) => kind === 'exact' || kind === 'wildcard').map(({ text }) => text.toLowerCase());
}

function fits(pattern: string, host: string): boolean {
  return /[*?]/.test(pattern) ? starPattern(pattern).test(host) : pattern === host;
}

function byRank(sites: readonly Site[], host: string): Site | undefined | 'unknown' {
  let best: { readonly site: Site; readonly rank: number } | undefined;
  const taken = new Set<string>();
  for (const site of sites) {
    for (const pattern of patterns(site)) {
      const places = placesOfName(pattern);
      const conflict = places.findIndex((place) => taken.has(place));
      // What comes before the conflict stays taken, by nobody.
      for (const place of conflict < 0 ? places : places.slice(0, conflict)) taken.add(place);
      if (conflict >= 0) continue;
      const rank = rankOf(pattern, host);
      if (rank > (best?.rank ?? 0)) best = { site, rank };
    }
  }
  return best?.site ?? byExpression(sites, host);
}

/** More than any name is long (RFC 1035 section 2.3.4), so that no end of a name outranks a kind. */
const kind = 1000;

/** How well a name fits, 0 where it does not: `.example.com` is `example.com` and `*.example.com`. */
function rankOf(pattern: string, host: string): number {
  if (pattern === host || pattern === `.${host}`) return 3 * kind;
  const suffix = /^\*?(\..+)$/.exec(pattern)?.[1];
  if (suffix !== undefined) return host.endsWith(suffix) ? kind + suffix.length : 0;
  const prefix = /^(.+\.)\*$/.exec(pattern)?.[1];
  return prefix !== undefined && host.startsWith(prefix) ? prefix.length : 0;
}

function byExpression(sites: readonly Site[], host: string): Site | undefined | 'unknown' {
  for (const site of sites) {
    for (const { kind: sort, text } of site.names) {
      if (sort === 'unknown') return 'unknown';
      const found = sort === 'regex' ? matches(text.slice(1), host) : false;
      if (found) return found === true ? site : 'unknown';
    }
  }
  return undefined;
}

function matches(expression: string, host: string): boolean | 'unknown' {
  if (!isTame(expression)) return 'unknown';
  try {
    return new RegExp(expression, 'i').test(host);
  } catch {
    return 'unknown';
  }
}
