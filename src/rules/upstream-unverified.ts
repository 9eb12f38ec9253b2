import type { Rule } from './rule.ts';
import { verifyUpstream } from './support/upstream-fix.ts';
import { remoteTlsUpstreams } from './support/upstreams.ts';
import { isKnownFalse } from './support/values.ts';

/** An encrypted connection to whoever answers. */
export const upstreamUnverified: Rule = {
  id: 'upstream-unverified',
  title: 'The backend is not verified',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    for (const upstream of remoteTlsUpstreams(model)) {
      if (!isKnownFalse(upstream.verify)) continue;
      if (!model.complete && upstream.verify.origin.kind === 'default') continue;
      yield {
        message: `The connection to ${upstream.to} is encrypted, but its certificate is not checked: whoever gets between can answer and read along. Verify it, with a file of CAs to trust.`,
        location: upstream.location,
        fixes: [verifyUpstream(upstream, { title: 'Verify the backend', safe: false })],
      };
    }
  },
};
