import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { verifyUpstream } from './support/upstream-fix.ts';
import { remoteTlsUpstreams } from './support/upstreams.ts';
import { isKnownTrue } from './support/values.ts';
import { count } from './support/words.ts';

/** Verification that stops at the first intermediate certificate. */
export const upstreamDepth: Rule = {
  id: 'upstream-depth',
  title: 'The server behind is verified over one intermediate only',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    for (const upstream of remoteTlsUpstreams(model)) {
      const { verify, verifyDepth, to, location } = upstream;
      const depth = knownValue(verifyDepth);
      if (!isKnownTrue(verify) || depth === undefined || depth > 1) continue;
      if (!model.complete && verifyDepth.origin.kind === 'default') continue;
      yield {
        message: `The chain of ${to} is followed over ${count(depth, 'intermediate certificate')} at most; some public CAs need two, and then every connection fails. Allow 2.`,
        location: verifyDepth.origin.kind === 'default' ? location : verifyDepth.origin.location,
        fixes: [verifyUpstream(upstream, { title: 'Allow two intermediate certificates', safe: true })],
      };
    }
  },
};
