import type { ServerModel } from '../../../tls/model/server-model.ts';
import { knownValue } from '../../../tls/model/setting.ts';

/** Ids of sites with an address for QUIC where HTTP/3 is switched off. */
export function sitesWithoutHttp3({ endpoints, listeners }: ServerModel): ReadonlySet<string> {
  const quic = new Set(listeners.filter(({ transport }) => transport === 'quic').map(({ id }) => id));
  const found = new Set<string>();
  for (const { listener, site, tls } of endpoints) {
    if (quic.has(listener) && knownValue(tls.alpn)?.includes('h3') === false) found.add(site);
  }
  return found;
}
