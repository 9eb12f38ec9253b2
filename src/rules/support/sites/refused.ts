import type { Endpoint, Site } from '../../../tls/model/server-model.ts';
import { knownValue } from '../../../tls/model/setting.ts';
import type { SharedSetting } from '../shared-settings.ts';

/** True where every handshake is refused before anything is negotiated, so that no client is served with the settings. */
export function isRefused({ tls }: Endpoint): boolean {
  return knownValue(tls.rejectHandshake) === true;
}

/** True where a setting serves nobody at all. */
export function servesNobody({ endpoints }: SharedSetting<unknown>): boolean {
  return endpoints.every(isRefused);
}

/**
 * True where nobody ever gets anything: every handshake is refused, or the connection is closed whatever the path (444 of nginx).
 * What clients think of such a site does not matter.
 */
export function sendsNothing(site: Site): boolean {
  if (!site.refusesAll) return false;
  if (site.tls.rejectHandshake && knownValue(site.tls.rejectHandshake) === true) return true;
  return isClosing(site.rootAnswer) && site.routes.every(({ answer }) => isClosing(answer));
}

function isClosing(answer: Site['rootAnswer']): boolean {
  return answer.kind === 'status' && answer.status === 444;
}
