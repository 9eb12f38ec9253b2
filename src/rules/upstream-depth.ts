import type { ServerModel } from '../tls/model/server-model.ts';
import { knownValue, originLocation } from '../tls/model/setting.ts';
import type { UpstreamConnection } from '../tls/model/upstream-connection.ts';
import type { Rule } from './rule.ts';
import { fewAlike } from './support/few-related.ts';
import { systemTrust, verifyUpstreams } from './support/upstreams/upstream-fix.ts';
import { type Connections, remoteTlsUpstreams } from './support/upstreams/upstreams.ts';
import { isKnownTrue } from './support/values.ts';

/** Verification that stops at the first intermediate certificate, or before it. */
export const upstreamDepth: Rule = {
  id: 'upstream-depth',
  title: 'The backend may have one intermediate certificate only',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    for (const connections of byCause(model)) {
      const [first, ...others] = connections;
      const { verifyDepth, to, location } = first;
      const backends = others.length === 0 ? to : `${to} and ${others.length} more`;
      const isAtOrigin = verifyDepth.origin.kind !== 'default';
      const fix = { title: 'Allow two intermediate certificates', safe: true };
      yield {
        message: allowsNone(first)
          ? `The certificate of ${backends} is accepted only if a trusted CA signed it without an intermediate certificate; public CAs always use one${fails(model, first) ? ', so every connection fails' : ', and every connection to such a certificate fails'}. Allow 2 intermediate certificates.`
          : `The chain of ${backends} may have at most 1 intermediate certificate; some public CAs need two, and then every connection fails. Allow 2.`,
        location: originLocation(verifyDepth) ?? location,
        related: fewAlike(isAtOrigin ? [] : others, () => 'Here too'),
        ...(fails(model, first) ? { severity: 'warning', effect: 'security' } : {}),
        fixes: verifyUpstreams(model, connections, fix, 'depth'),
      };
    }
  },
};

/** Connections with too small a depth, those together that have it from one line, or from one that asks to verify and says none. */
function byCause(model: ServerModel): Iterable<Connections> {
  const found = new Map<string, [UpstreamConnection, ...UpstreamConnection[]]>();
  for (const upstream of remoteTlsUpstreams(model)) {
    const { verify, verifyDepth } = upstream;
    const depth = knownValue(verifyDepth);
    if (!isKnownTrue(verify) || depth === undefined || depth > 1) continue;
    const isDefault = verifyDepth.origin.kind === 'default';
    if (!model.complete && isDefault) continue;
    const place = originLocation(verifyDepth) ?? originLocation(verify);
    const key = `${place?.range.start} ${isDefault} ${fails(model, upstream)} ${place?.file}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, [upstream]);
    else known.push(upstream);
  }
  return found.values();
}

const allowsNone = ({ verifyDepth }: UpstreamConnection) => (knownValue(verifyDepth) ?? 0) < 1;

/** Every certificate of a public CA is refused. */
const fails = (model: ServerModel, upstream: UpstreamConnection) =>
  allowsNone(upstream) && knownValue(upstream.trustedCertificate) === systemTrust(model);
