import { groupBy } from '../text/group-by.ts';
import type { ServerModel } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { UpstreamConnection } from '../tls/model/upstream-connection.ts';
import type { Report, Rule, RuleContext } from './rule.ts';
import { fewAlike } from './support/few-related.ts';
import { systemTrust, verifyUpstreams } from './support/upstreams/upstream-fix.ts';
import {
  askedInVain,
  authorityOf,
  type Connections,
  hostOf,
  isAddress,
  nameOfAll,
  remoteTlsUpstreams,
} from './support/upstreams/upstreams.ts';
import { isKnownFalse, isKnownTrue } from './support/values.ts';

/** A connection that does not say which host it wants, or asks for one by what its certificate hardly has for a name. */
export const upstreamNameMissing: Rule = {
  id: 'upstream-name-missing',
  title: 'The backend is not told which name is wanted',
  severity: 'information',
  effect: 'advice',
  *check(context) {
    const { model } = context;
    // Without verification any certificate will do.
    const verified = remoteTlsUpstreams(model).filter(({ verify }) => isKnownTrue(verify));
    for (const upstream of verified) {
      const report = withoutName(model, upstream);
      if (report !== undefined) yield report;
    }
    for (const connections of byNameInVain(model, verified)) {
      const asked = askedInVain(connections[0]) ?? '';
      if (!isAddress(asked)) yield withNameOfGroup(model, connections);
      else if (!isNamedByAddress(context, connections[0], asked)) yield withAddress(connections);
    }
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

/** Connections that ask for an address, or a group of servers for the name that it has here, those with the same CAs together. */
function byNameInVain(model: ServerModel, upstreams: readonly UpstreamConnection[]): Iterable<Connections> {
  const asking = upstreams.filter(
    (each) => askedInVain(each) !== undefined && (model.complete || each.wantedName?.origin.kind !== 'default'),
  );
  return groupBy(asking, (each) => `${askedInVain(each)} ${knownValue(each.trustedCertificate)}`).values();
}

function withNameOfGroup(model: ServerModel, connections: Connections): Report {
  const [first, ...others] = connections;
  const isPublic = knownValue(first.trustedCertificate) === systemTrust(model);
  const outcome = isPublic
    ? 'no public CA signs that, so every connection fails unless the system trusts a CA of your own that did'
    : 'unless a CA of your own signed that, every connection fails';
  return {
    message: `The certificate of ${authorityOf(first.to)} has to be for "${askedInVain(first)}", the name that the group of servers has here: ${outcome}. Give the name that is in the certificate.`,
    location: first.location,
    related: fewAlike(others, () => 'Here too'),
    ...(isPublic ? { severity: 'warning', effect: 'security' } : {}),
    fixes: verifyUpstreams(model, connections, { title: `Ask for ${nameOfAll(first)}`, safe: false }, 'name'),
  };
}

function withAddress([first, ...others]: Connections): Report {
  return {
    message: `${authorityOf(first.to)} is asked by its address, which is looked for among the DNS names of its certificate (or as its common name, where it has none), and not among its IP addresses, where CAs put it: then every connection fails (error log: upstream SSL certificate does not match). Ask for a name in the certificate.`,
    location: first.location,
    related: fewAlike(others, () => 'Here too'),
  };
}

/** True where a certificate that is trusted by itself has the address where it is looked for (X509_check_host(3)). */
function isNamedByAddress({ certificateFile }: RuleContext, upstream: UpstreamConnection, address: string): boolean {
  const path = knownValue(upstream.trustedCertificate);
  if (path == null) return false;
  return certificateFile(path).certificates.some(({ subject, subjectAltNames }) => {
    const names = subjectAltNames.filter((name) => name.startsWith('DNS:'));
    return names.length > 0 ? names.includes(`DNS:${address}`) : subject.split(',').includes(`CN=${address}`);
  });
}
