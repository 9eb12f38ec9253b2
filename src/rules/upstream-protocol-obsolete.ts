import { evaluateCipherString } from '../tls/cipher-string/cipher-string.ts';
import type { ServerModel } from '../tls/model/server-model.ts';
import { knownValue, originLocation } from '../tls/model/setting.ts';
import { effectiveProtocols, isObsoleteProtocol } from '../tls/protocols.ts';
import { describeOpenssl } from '../tls/target.ts';
import type { ModelFix, Report, Rule } from './rule.ts';
import { offerable, serverFacts } from './support/server-facts.ts';
import { targetAtLevel } from './support/tls/security-levels.ts';
import { byDirective, type Connections, isRemote, tlsUpstreams } from './support/upstreams/upstreams.ts';
import { joinSome, protocolNames } from './support/words.ts';

/** Protocol versions for a connection to a backend, none of which is current (RFC 8996). */
export const upstreamProtocolObsolete: Rule = {
  id: 'upstream-protocol-obsolete',
  title: 'Only obsolete protocols are used for the backend',
  severity: 'error',
  effect: 'connect',
  *check({ model }) {
    for (const connections of byDirective(tlsUpstreams(model), ({ protocols }) => protocols)) {
      const report = judge(model, connections);
      if (report !== undefined) yield report;
    }
  },
};

function judge(model: ServerModel, connections: Connections): Report | undefined {
  const [{ protocols, cipherString, location, site }] = connections;
  const listed = knownValue(protocols);
  const text = knownValue(cipherString);
  if (listed === undefined || text === undefined || listed.some((protocol) => !isObsoleteProtocol(protocol))) {
    return undefined;
  }
  // The server does not start, which its language tells where all of it is seen.
  if (listed.length === 0 && model.complete && serverFacts(model).refusesEmptyProtocols) return undefined;
  const { securityLevel } = evaluateCipherString(text, model.target);
  const target = targetAtLevel(model.target, securityLevel);
  const { offered } = effectiveProtocols(listed, target);
  const to = joinSome([...new Set(connections.map((connection) => connection.to))]);
  const current = offerable(model, ['TLSv1.2', 'TLSv1.3']);
  const next = `Allow ${protocolNames(current)}`;
  const fix: ModelFix = {
    title: next,
    safe: true,
    changes: [
      {
        setting: 'upstreamProtocols',
        site,
        from: { location, protocols: listed },
        // What works today goes on working.
        to: { location, protocols: [...offered, ...current] },
        scope: 'origin',
      },
    ],
  };
  const written = { location: originLocation(protocols) ?? location, fixes: [fix] };
  if (offered.length === 0) {
    const because =
      listed.length === 0
        ? `The list leaves no protocol for ${to}`
        : `${describeOpenssl(target)} supports none of the protocols for ${to} (${protocolNames(listed)})`;
    return { ...written, message: `${because}, so every connection fails. ${next}.` };
  }
  // On the machine itself nobody is on the way.
  if (!connections.some(isRemote)) return undefined;
  return {
    ...written,
    message: `Connections to ${to} use ${protocolNames(offered)} at best, which RFC 8996 has forbidden since 2021. ${next}.`,
    severity: 'warning',
    effect: 'security',
  };
}
