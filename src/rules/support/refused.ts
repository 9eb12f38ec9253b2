import type { Endpoint } from '../../tls/model/server-model.ts';
import { knownValue } from '../../tls/model/setting.ts';
import type { SharedSetting } from './shared-settings.ts';

/** True where every handshake is refused before anything is negotiated, so that no client is served with the settings. */
export function isRefused({ tls }: Endpoint): boolean {
  return knownValue(tls.rejectHandshake) === true;
}

/** True where a setting serves nobody at all. */
export function servesNobody({ endpoints }: SharedSetting<unknown>): boolean {
  return endpoints.every(isRefused);
}
