import type { ServerModel } from '../tls/model/server-model.ts';
import { originLocation } from '../tls/model/setting.ts';
import type { UpstreamConnection } from '../tls/model/upstream-connection.ts';
import type { Report, Rule, RuleContext } from './rule.ts';
import { lackOfRoot } from './support/certificates/rootless.ts';
import { fewAlike } from './support/few-related.ts';
import { inErrorLog, serverFacts } from './support/server-facts.ts';
import { systemTrust, verifyUpstreams } from './support/upstreams/upstream-fix.ts';
import { byDirective, tlsUpstreams } from './support/upstreams/upstreams.ts';
import { isKnownNull, isKnownTrue } from './support/values.ts';

/** Verification without anybody to trust. */
export const upstreamTrustMissing: Rule = {
  id: 'upstream-trust-missing',
  title: 'The backend is verified, but no CA is trusted',
  severity: 'error',
  effect: 'start',
  *check(context) {
    const { model } = context;
    for (const upstream of model.upstreams) {
      const { tls, verify, trustedCertificate } = upstream;
      if (!isKnownTrue(tls) || !isKnownTrue(verify) || !isKnownNull(trustedCertificate)) continue;
      if (model.complete || trustedCertificate.origin.kind !== 'default') yield report(model, upstream);
    }
    yield* withoutRoot(context);
  },
};

function* withoutRoot(context: RuleContext): Iterable<Report> {
  const verified = tlsUpstreams(context.model).filter(({ verify }) => isKnownTrue(verify));
  for (const [first, ...others] of byDirective(verified, ({ trustedCertificate }) => trustedCertificate)) {
    const lack = lackOfRoot(context, first.trustedCertificate);
    const location = originLocation(first.trustedCertificate);
    if (lack === undefined || location === undefined) continue;
    yield {
      message: `${lack.what}: every connection to ${first.to} fails. ${lack.next}.`,
      location,
      effect: 'connect',
      related: fewAlike(others, ({ to }) => `So does that to ${to}`),
    };
  }
}

function report(model: ServerModel, upstream: UpstreamConnection): Report {
  const stops = serverFacts(model).startMessages['no-upstream-trust'] !== undefined;
  const outcome = stops
    ? `the server does not start${inErrorLog(model, 'no-upstream-trust')}`
    : 'every connection to it fails';
  return {
    message: `The certificate of ${upstream.to} is to be verified, but no file says which CAs to trust: ${outcome}. Specify one; ${systemTrust(model)} has the public CAs.`,
    location: upstream.location,
    effect: stops ? 'start' : 'connect',
    fixes: verifyUpstreams(model, [upstream], { title: 'Trust the CAs that the system trusts', safe: false }),
  };
}
