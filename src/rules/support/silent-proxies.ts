import { capitalised } from '../../text/capitalised.ts';
import type { Location } from '../../text/range.ts';
import { forAdmitted } from '../../tls/model/admitted.ts';
import type { ServerModel, Site } from '../../tls/model/server-model.ts';
import { schemeHeaders } from '../../tls/scheme-headers.ts';
import { isAmong } from './applications.ts';
import { httpsSites, publicNames } from './sites/http-sites.ts';

/** A site with TLS, and one of the names that a backend is asked for by it. */
export interface SilentProxy {
  readonly site: Site;
  readonly name: string;
  readonly location: Location;
}

/**
 * Sites with TLS that ask a backend for one of the names over plain HTTP, and send no header that tells how they were asked.
 * @param own the one that the application goes by
 */
export function silentProxies(
  servers: readonly ServerModel[],
  hosts: readonly string[],
  own: string | null,
): readonly SilentProxy[] {
  const ports = new Set<number | undefined>(servers.flatMap(({ listeners }) => listeners.map(({ port }) => port)));
  return servers.flatMap(httpsSites).flatMap((site) => {
    const answer = forAdmitted(site.rootAnswer);
    const name = publicNames(site).find((each) => isAmong(each, hosts));
    if (name === undefined || answer.kind !== 'proxy' || !/^http:/i.test(answer.to)) return [];
    // A site behind the site may tell.
    if (ports.has(ownPort(answer.to))) return [];
    const sent = site.backendHeaders?.();
    const isTold = (header: string) => header === own || schemeHeaders.has(header) || isForScheme(header);
    // Who is asked for another host than the client did refuses that already.
    if (sent?.kind !== 'known' || sent.value.some(isTold) || !sent.value.includes('host')) return [];
    return [{ site, name, location: answer.location }];
  });
}

/** A program of one's own may go by it: `X-HTTPS`, `X-Request-Scheme`. */
function isForScheme(header: string): boolean {
  return /(?:^|-)(?:https|ssl|tls|proto|scheme)$/.test(header);
}

/** Where a backend is this machine at a port; undefined for a socket and a group. */
function ownPort(to: string): number | undefined {
  const [found, port = 80] = /^http:\/\/(?:localhost|127[\d.]+|\[::1\])(?::(\d+))?(?:\/|$)/i.exec(to) ?? [];
  return found === undefined ? undefined : Number(port);
}

/** A header's name as people write it. */
export function shownHeader(header: string | null): string {
  return (header ?? 'x-forwarded-proto').split('-').map(capitalised).join('-');
}
