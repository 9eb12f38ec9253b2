import { siteById } from '../tls/model/parts.ts';
import type { ServerModel } from '../tls/model/server-model.ts';
import type { UpstreamConnection } from '../tls/model/upstream-connection.ts';
import type { Report, Rule } from './rule.ts';
import { fewRelated } from './support/few-related.ts';
import { verifyUpstreams } from './support/upstreams/upstream-fix.ts';
import { isKnownFalse, isKnownTrue } from './support/values.ts';

/**
 * A connection that takes up the TLS session of another to the same backend, and with it that nobody verified its certificate:
 * no certificate is sent again, and what OpenSSL found the first time stays the result.
 */
export const upstreamSessionUnverified: Rule = {
  id: 'upstream-session-unverified',
  title: 'A verified backend reuses a session that was not verified',
  severity: 'warning',
  effect: 'security',
  *check({ model }) {
    for (const { verified, unverified } of sharedBackends(model)) {
      const [first, ...others] = verified;
      const [cause] = unverified;
      if (first && cause) yield report(model, first, others, unverified, cause);
    }
  },
};

interface Shared {
  readonly verified: UpstreamConnection[];
  readonly unverified: UpstreamConnection[];
}

/** Connections to one address that keep their sessions for each other. */
function sharedBackends(model: ServerModel): Iterable<Shared> {
  const found = new Map<string, Shared>();
  // Mostly none is verified, or all are.
  if (!model.upstreams.some(({ verify }) => isKnownTrue(verify))) return found.values();
  for (const upstream of model.upstreams) {
    const { site, to, tls, verify, sessionReuse } = upstream;
    const address = addressOf(to);
    if (address === undefined || !isKnownTrue(tls) || sessionReuse === undefined || !isKnownTrue(sessionReuse))
      continue;
    if (siteById(model, site)?.application !== 'http') continue;
    if (!model.complete && verify.origin.kind === 'default') continue;
    const shared = found.get(address) ?? { verified: [], unverified: [] };
    found.set(address, shared);
    if (isKnownTrue(verify)) shared.verified.push(upstream);
    else if (isKnownFalse(verify)) shared.unverified.push(upstream);
  }
  return found.values();
}

/** Scheme, host and port as they are written. */
function addressOf(to: string): string | undefined {
  const match = /^([a-z]+:\/\/)([^/?#$]+)/i.exec(to);
  return match && !/^unix:/i.test(match[2] ?? '') ? match[0].toLowerCase() : undefined;
}

function report(
  model: ServerModel,
  first: UpstreamConnection,
  others: readonly UpstreamConnection[],
  unverified: readonly UpstreamConnection[],
  cause: UpstreamConnection,
): Report {
  return {
    message: `The certificate of ${first.to} is verified here but not in another place, and connections to one backend share their TLS sessions: one that began there is refused here with 502 (error log: upstream SSL certificate verify error), again and again with TLS 1.2. Verify it in both places, or switch session reuse off where it is not verified.`,
    location: first.location,
    related: [...fewRelated(unverified, () => 'Not verified here'), ...fewRelated(others, () => 'Verified here too')],
    fixes:
      unverified.length === 1 ? verifyUpstreams(model, [cause], { title: 'Verify it there too', safe: false }) : [],
  };
}
