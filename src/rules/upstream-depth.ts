import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { systemTrust, verifyUpstream } from './support/upstream-fix.ts';
import { remoteTlsUpstreams } from './support/upstreams.ts';
import { isKnownTrue } from './support/values.ts';

/** Verification that stops at the first intermediate certificate, or before it. */
export const upstreamDepth: Rule = {
  id: 'upstream-depth',
  title: 'The backend is verified over one intermediate only',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    for (const upstream of remoteTlsUpstreams(model)) {
      const { verify, verifyDepth, trustedCertificate, to, location } = upstream;
      const depth = knownValue(verifyDepth);
      if (!isKnownTrue(verify) || depth === undefined || depth > 1) continue;
      if (!model.complete && verifyDepth.origin.kind === 'default') continue;
      const fails = depth < 1 && knownValue(trustedCertificate) === systemTrust;
      yield {
        message:
          depth < 1
            ? `The certificate of ${to} is accepted only if a trusted CA signed it without an intermediate certificate; public CAs do not, and every connection fails. Allow 2 intermediate certificates.`
            : `The chain of ${to} is followed over 1 intermediate certificate at most; some public CAs need two, and then every connection fails. Allow 2.`,
        location: verifyDepth.origin.kind === 'default' ? location : verifyDepth.origin.location,
        ...(fails ? { severity: 'warning', effect: 'security' } : {}),
        fixes: [verifyUpstream(upstream, { title: 'Allow two intermediate certificates', safe: true }, 'depth')],
      };
    }
  },
};
