import type { PathAnswer, Site } from '../../../tls/model/server-model.ts';

export type Redirect = PathAnswer & { readonly kind: 'redirect' };

/** A host's redirects from path to path that do not end. */
export interface EndlessPaths {
  readonly answer: Redirect;
  /** Where the first two lead to, with the leading slash. */
  readonly paths: readonly [string, string];
}

/** Browsers follow about as many. */
const mostHops = 20;

/**
 * What keeps a client that asks for the start page of a host on its way: a redirect that adds something to each path, or one that
 * leads to itself. Undefined where it arrives, leaves the host, or where nobody can say; a query may change what is answered.
 * @param host with its port, unless that is the scheme's own
 * @param start what answers the start page
 */
export function endlessPaths(
  site: Site,
  host: string,
  scheme: 'http' | 'https',
  start: PathAnswer | undefined,
): EndlessPaths | undefined {
  let answer = start;
  const paths: string[] = [];
  while (answer?.kind === 'redirect') {
    const path = pathOf(answer.to, host, scheme);
    if (path === undefined) return undefined;
    const [first, second] = paths.push(path) < mostHops ? [] : paths;
    if (first !== undefined && second !== undefined && start?.kind === 'redirect')
      return { answer: start, paths: [first, second] };
    answer = site.answerUnder?.(host, scheme, path);
  }
  return undefined;
}

/** The path of an address of the same host and scheme, or of one without a host: to that the server may add another port. */
function pathOf(to: string, host: string, scheme: string): string | undefined {
  const own = `${scheme}://${host}/`;
  const isOwn = to.slice(0, own.length).toLowerCase() === own;
  const path = isOwn ? to.slice(own.length - 1) : to;
  if ((!isOwn && host.includes(':')) || !/^\/[^?#$%{\\]*$/.test(path)) return undefined;
  // Clients and servers shorten these: what answers is asked for another path.
  return /\/(?:\/|\.\.?(?:\/|$))/.test(path) ? undefined : path;
}
