import type { UpstreamConnection } from '../../tls/model/server-model.ts';
import { knownValue } from '../../tls/model/setting.ts';
import type { ModelFix } from '../rule.ts';

/** Where Debian, Ubuntu and Alpine keep the CAs that the system trusts. */
export const systemTrust = '/etc/ssl/certs/ca-certificates.crt';

/** Two intermediate certificates: what public CAs need at most. */
const depth = 2;

/** Verifies a connection and sends the name that is wanted, with the CAs that are configured, else those of the system. */
export function verifyUpstream(
  { site, location, trustedCertificate }: UpstreamConnection,
  fix: Pick<ModelFix, 'title' | 'safe'>,
): ModelFix {
  const to = { location, depth, trustedCertificate: knownValue(trustedCertificate) ?? systemTrust };
  return { ...fix, changes: [{ setting: 'upstreamVerify', site, from: undefined, to, scope: 'site' }] };
}
