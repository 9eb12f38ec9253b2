import type { UpstreamConnection } from '../tls/model/server-model.ts';
import type { ModelFix, Rule } from './rule.ts';
import { remoteTlsUpstreams } from './support/upstreams.ts';
import { isKnownFalse, isKnownNull } from './support/values.ts';

/** Where Debian, Ubuntu and Alpine keep the CAs that the system trusts. */
const systemTrust = '/etc/ssl/certs/ca-certificates.crt';

/** An encrypted connection to whoever answers. */
export const upstreamUnverified: Rule = {
  id: 'upstream-unverified',
  title: 'The server behind is not verified',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    for (const upstream of remoteTlsUpstreams(model)) {
      if (!isKnownFalse(upstream.verify)) continue;
      if (!model.complete && upstream.verify.origin.kind === 'default') continue;
      yield {
        message: `The connection to ${upstream.to} is encrypted, but its certificate is not checked: whoever gets between can answer and read along. Verify it, with a file of CAs to trust.`,
        location: upstream.location,
        fixes: [verify(upstream)],
      };
    }
  },
};

function verify({ site, location, trustedCertificate }: UpstreamConnection): ModelFix {
  const trust = isKnownNull(trustedCertificate) ? { trustedCertificate: systemTrust } : {};
  return {
    title: 'Verify the server behind',
    safe: false,
    changes: [
      { setting: 'upstreamVerify', site, from: undefined, to: { location, depth: 2, ...trust }, scope: 'site' },
    ],
  };
}
