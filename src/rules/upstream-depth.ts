import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { remoteTlsUpstreams } from './support/upstreams.ts';
import { isKnownTrue } from './support/values.ts';

/** Verification that stops at the first intermediate certificate. */
export const upstreamDepth: Rule = {
  id: 'upstream-depth',
  title: 'The server behind is verified over one intermediate only',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    for (const { verify, verifyDepth, to, location, site } of remoteTlsUpstreams(model)) {
      const depth = knownValue(verifyDepth);
      if (!isKnownTrue(verify) || depth === undefined || depth > 1) continue;
      if (!model.complete && verifyDepth.origin.kind === 'default') continue;
      yield {
        message: `The chain of ${to} is followed over ${depth} intermediate certificate${depth === 1 ? '' : 's'} at most; some public CAs need two, and then every connection fails. Allow 2.`,
        location: verifyDepth.origin.kind === 'default' ? location : verifyDepth.origin.location,
        fixes: [
          {
            title: 'Allow two intermediate certificates',
            safe: true,
            changes: [{ setting: 'upstreamVerify', site, from: undefined, to: { location, depth: 2 }, scope: 'site' }],
          },
        ],
      };
    }
  },
};
