import { everywhereIn } from '../../everywhere.ts';
import type { Item, Scope } from '../../scope.ts';
import { enclosingServer } from '../../scope.ts';

/** True for a `server` block that may answer some request by a redirect. */
export type MayRedirect = (server: Scope) => boolean;

/**
 * Finds the servers with a directive that redirects, in any of their blocks or around them: most have none, which is told
 * without following a request.
 */
export function redirectingServers(root: Scope): MayRedirect {
  const servers = new Set<Scope>();
  for (const item of everywhereIn(root, ['return', 'rewrite', 'error_page'])) {
    if (item.name === 'return' && isPlainStatus(item)) continue;
    const server = enclosingServer(item.outer);
    // Bare directives, or an error page of all servers.
    if (!server) return () => true;
    servers.add(server);
  }
  return (server) => server.open || servers.has(server);
}

const redirects: ReadonlySet<string> = new Set(['301', '302', '303', '307', '308']);

function isPlainStatus({ args }: Item): boolean {
  const [status] = args;
  return status !== undefined && !status.templated && /^\d+$/.test(status.value) && !redirects.has(status.value);
}
