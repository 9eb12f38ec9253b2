import type { SiteName } from './server-model.ts';

/** Endpoints of one site: a server with thousands of names on thousands of addresses would have more than memory holds. */
const most = 100_000;

/** The names of a site that make endpoints at each of its addresses: all of them, in any configuration that serves somebody. */
export function namesOfEndpoints(names: readonly SiteName[], addresses: number): readonly SiteName[] {
  return names.length * addresses <= most ? names : names.slice(0, Math.ceil(most / addresses));
}
