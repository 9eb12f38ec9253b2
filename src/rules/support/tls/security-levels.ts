import type { ServerModel, TlsSettings } from '../../../tls/model/server-model.ts';
import type { Target } from '../../../tls/target.ts';
import { handshakesOf } from './handshakes.ts';

/** OpenSSL's security level for some sites: the highest that `@SECLEVEL` in a cipher string gives one of them. */
export function securityLevelOf(model: ServerModel, sites: readonly { readonly tls: TlsSettings }[]): number {
  const handshakes = handshakesOf(model);
  let highest = 0;
  for (const { tls } of sites) {
    highest = Math.max(highest, handshakes(tls).ciphers?.securityLevel ?? model.target.securityLevel);
  }
  return highest;
}

/** The target at the level that is really in force, for messages. */
export function targetAtLevel(target: Target, securityLevel: number): Target {
  if (securityLevel === target.securityLevel) return target;
  const openssl = target.origins?.openssl;
  // Only of the version is told where it comes from.
  const origins = openssl?.version === undefined ? target.origins : { ...target.origins, openssl: openssl.version };
  return { ...target, securityLevel, origins };
}
