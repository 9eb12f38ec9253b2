import type { Rule } from './rule.ts';
import { verifyUpstream } from './support/upstreams/upstream-fix.ts';
import { hostOf, isAddress, remoteTlsUpstreams } from './support/upstreams/upstreams.ts';
import { isKnownFalse, isKnownTrue } from './support/values.ts';

/** A connection that does not say which host it wants. */
export const upstreamNameMissing: Rule = {
  id: 'upstream-name-missing',
  title: 'The backend is not told which name is wanted',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    for (const upstream of remoteTlsUpstreams(model)) {
      const { serverName, verify, to, location } = upstream;
      const host = hostOf(to);
      // An address has no name to send, and without verification any certificate will do.
      if (host === undefined || !host.includes('.') || isAddress(host)) continue;
      if (!isKnownFalse(serverName) || !isKnownTrue(verify)) continue;
      yield {
        message: `${to} is verified but not told which name is wanted (SNI): a server with several names answers with the certificate of another one, and every connection fails. Send the name.`,
        location,
        fixes: [verifyUpstream(model, upstream, { title: 'Send the name', safe: true }, 'name')],
      };
    }
  },
};
