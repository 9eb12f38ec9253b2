import type { ServerModel, Site } from '../../tls/model/server-model.ts';
import { handshakes } from './handshakes.ts';

/** OpenSSL's security level for some sites: the lowest that one of them has by `@SECLEVEL` in its cipher string. */
export function securityLevelOf(model: ServerModel, sites: readonly Site[]): number {
  const levels = sites.map(({ tls }) => handshakes(model, tls).ciphers?.securityLevel ?? model.target.securityLevel);
  return Math.min(...levels);
}
