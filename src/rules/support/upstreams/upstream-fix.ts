import type { UpstreamConnection } from '../../../tls/model/server-model.ts';
import { knownValue } from '../../../tls/model/setting.ts';
import type { ModelFix } from '../../rule.ts';

/** Where Debian, Ubuntu and Alpine keep the CAs that the system trusts. */
export const systemTrust = '/etc/ssl/certs/ca-certificates.crt';

/** Two intermediate certificates: what public CAs need at most. */
const depth = 2;

/**
 * Verifies a connection and sends the name that is wanted, with the CAs that are configured, else those of the system.
 * More intermediate certificates than are needed stay allowed.
 * @param only the part that is to change of a verification that is there
 */
export function verifyUpstream(
  { site, location, trustedCertificate, verifyDepth }: UpstreamConnection,
  fix: Pick<ModelFix, 'title' | 'safe'>,
  only?: 'depth' | 'name',
): ModelFix {
  const allowed = knownValue(verifyDepth);
  const to = {
    location,
    ...(allowed !== undefined && allowed < depth ? { depth } : {}),
    trustedCertificate: knownValue(trustedCertificate) ?? systemTrust,
    ...(only === undefined ? {} : { only }),
  };
  return { ...fix, changes: [{ setting: 'upstreamVerify', site, from: undefined, to, scope: 'site' }] };
}
