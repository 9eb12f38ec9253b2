import type { ServerModel, UpstreamConnection } from '../tls/model/server-model.ts';
import type { Report, Rule } from './rule.ts';
import { inErrorLog, serverFacts } from './support/server-facts.ts';
import { isKnownNull, isKnownTrue } from './support/values.ts';

/** Verification without anybody to trust. */
export const upstreamTrustMissing: Rule = {
  id: 'upstream-trust-missing',
  title: 'The server behind is verified, but no CA is trusted',
  severity: 'error',
  effect: 'start',
  *check({ model }) {
    for (const upstream of model.upstreams) {
      if (!isKnownTrue(upstream.tls) || !isKnownTrue(upstream.verify) || !isKnownNull(upstream.trustedCertificate))
        continue;
      if (!model.complete && upstream.trustedCertificate.origin.kind === 'default') continue;
      yield report(model, upstream);
    }
  },
};

function report(model: ServerModel, { to, location, site }: UpstreamConnection): Report {
  const stops = serverFacts(model).startMessages['no-upstream-trust'] !== undefined;
  return {
    message: `The certificate of ${to} is to be verified, and no file says which CAs to trust: ${stops ? `the server does not start${inErrorLog(model, 'no-upstream-trust')}` : 'every connection to it fails'}. Name one, /etc/ssl/certs/ca-certificates.crt for public CAs.`,
    location,
    effect: stops ? 'start' : 'connect',
    fixes: [
      {
        title: 'Trust the CAs that the system trusts',
        safe: false,
        changes: [
          {
            setting: 'upstreamVerify',
            site,
            from: undefined,
            to: { location, trustedCertificate: '/etc/ssl/certs/ca-certificates.crt' },
            scope: 'site',
          },
        ],
      },
    ],
  };
}
