import type { ServerModel } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { UpstreamConnection } from '../tls/model/upstream-connection.ts';
import type { Report, Rule } from './rule.ts';
import { fewRelated } from './support/few-related.ts';
import { systemTrust, verifyUpstreams } from './support/upstreams/upstream-fix.ts';
import {
  askedInVain,
  type Connections,
  hostOf,
  isAddress,
  nameOfAll,
  remoteTlsUpstreams,
} from './support/upstreams/upstreams.ts';
import { isKnownFalse, isKnownTrue } from './support/values.ts';

/** A connection that does not say which host it wants, or asks for a group of servers by the name that it has here. */
export const upstreamNameMissing: Rule = {
  id: 'upstream-name-missing',
  title: 'The backend is not told which name is wanted',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    // Without verification any certificate will do.
    const verified = remoteTlsUpstreams(model).filter(({ verify }) => isKnownTrue(verify));
    for (const upstream of verified) {
      const report = withoutName(model, upstream);
      if (report !== undefined) yield report;
    }
    for (const connections of byGroup(model, verified)) yield withNameOfGroup(model, connections);
  },
};

function withoutName(model: ServerModel, upstream: UpstreamConnection): Report | undefined {
  const { serverName, to, location } = upstream;
  const host = hostOf(to);
  // An address has no name to send.
  if (host === undefined || !host.includes('.') || isAddress(host) || !isKnownFalse(serverName)) return undefined;
  return {
    message: `${to} is verified but not told which name is wanted (SNI): a server with several names answers with the certificate of another one, and every connection fails. Send the name.`,
    location,
    fixes: verifyUpstreams(model, [upstream], { title: 'Send the name', safe: true }, 'name'),
  };
}

/** Connections that ask a group of servers for the name that it has here, those with the same CAs together. */
function byGroup(model: ServerModel, upstreams: readonly UpstreamConnection[]): Iterable<Connections> {
  const found = new Map<string, [UpstreamConnection, ...UpstreamConnection[]]>();
  for (const upstream of upstreams) {
    const { wantedName, trustedCertificate } = upstream;
    const asked = askedInVain(upstream);
    if (asked === undefined || isAddress(asked) || (!model.complete && wantedName?.origin.kind === 'default')) continue;
    const key = `${asked} ${knownValue(trustedCertificate)}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, [upstream]);
    else known.push(upstream);
  }
  return found.values();
}

function withNameOfGroup(model: ServerModel, connections: Connections): Report {
  const [first, ...others] = connections;
  const isPublic = knownValue(first.trustedCertificate) === systemTrust(model);
  const outcome = isPublic
    ? 'no public CA signs that, so every connection fails unless the system trusts a CA of your own that did'
    : 'unless a CA of your own signed that, every connection fails';
  return {
    message: `The certificate of ${first.to} has to be for "${askedInVain(first)}", the name that the group of servers has here: ${outcome}. Give the name that is in the certificate.`,
    location: first.location,
    related: fewRelated(others, () => 'Here too'),
    ...(isPublic ? { severity: 'warning', effect: 'security' } : {}),
    fixes: verifyUpstreams(model, connections, { title: `Ask for ${nameOfAll(first)}`, safe: false }, 'name'),
  };
}
