import { originLocation } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { fewRelated } from './support/few-related.ts';
import { verifyUpstreams } from './support/upstreams/upstream-fix.ts';
import { byDirective, hostOf, isAddress, remoteTlsUpstreams } from './support/upstreams/upstreams.ts';
import { isKnownFalse, isKnownTrue } from './support/values.ts';

/** A connection to whoever has a certificate of a trusted CA, for whichever name. */
export const upstreamNameUnverified: Rule = {
  id: 'upstream-name-unverified',
  title: 'The backend is verified, but not its name',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    const anyName = remoteTlsUpstreams(model).filter(({ verify, verifyName, to }) => {
      const host = hostOf(to);
      // A server that checks names takes no address for one.
      if (host === undefined || isAddress(host)) return false;
      return isKnownTrue(verify) && verifyName !== undefined && isKnownFalse(verifyName);
    });
    for (const [first, ...others] of byDirective(anyName, ({ verifyName }) => verifyName)) {
      const fix = { title: 'Check the name', safe: false };
      yield {
        message: `The certificate of ${first.to} must be from a trusted CA, but may be for any name: an attacker in between who has one from such a CA can answer and read everything. Have its name checked too.`,
        location: (first.verifyName && originLocation(first.verifyName)) ?? first.location,
        related: fewRelated(others, ({ to }) => `Nor is the name of ${to} checked`),
        fixes: verifyUpstreams(model, [first, ...others], fix, 'name'),
      };
    }
  },
};
