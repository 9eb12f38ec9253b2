import { listenerById } from '../tls/model/parts.ts';
import type { Endpoint, ServerModel } from '../tls/model/server-model.ts';
import { type ProtocolVersion, protocolVersions } from '../tls/protocols.ts';
import { describeServer } from '../tls/target.ts';
import type { ModelFix, Report, Rule, RuleContext } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { supportsTls13 } from './support/server-facts.ts';
import { inheritors, isDefault } from './support/shared-settings.ts';
import { comesLate, lateRequests } from './support/tls/late-certificates.ts';
import { type ProtocolGroup, protocolGroups } from './support/tls/protocol-groups.ts';

/** TLS 1.3 is left out although the server has it. */
export const tls13Missing: Rule = {
  id: 'tls13-missing',
  title: 'TLS 1.3 is not offered',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    const { model, profile } = context;
    if (!profile.protocols.includes('TLSv1.3') || !supportsTls13(model)) return;
    const requests = lateRequests(model);
    const asking =
      requests.length === 0 ? [] : model.sites.filter((site) => requests.some((note) => comesLate(note, site)));
    const late = new Set(asking.map(({ id }) => id));
    for (const group of protocolGroups(model)) {
      if (group.listed.includes('TLSv1.3') || group.offered.length === 0) continue;
      if (!isDefault(group.shared.setting) && group.shared.endpoints.some((endpoint) => isQuic(model, endpoint)))
        continue;
      if (isDefault(group.shared.setting) && !model.complete) continue;
      // Renegotiation, which TLS 1.3 does not have, is what lets a part of the site ask for client certificates.
      if (group.shared.endpoints.some(({ site }) => late.has(site))) continue;
      yield report(context, group);
    }
  },
};

/** QUIC does not work without TLS 1.3 at all, which is told where it is switched on. */
function isQuic(model: ServerModel, { listener }: Endpoint): boolean {
  return listenerById(model, listener)?.transport === 'quic';
}

function report({ model, profile }: RuleContext, { shared, listed, offered }: ProtocolGroup): Report {
  // A default names versions that nobody asked for; only those that clients really get are worth writing down.
  const kept = isDefault(shared.setting) ? offered : listed;
  const withNewest = protocolVersions.filter((protocol) => kept.includes(protocol) || protocol === 'TLSv1.3');
  const asked = withNewest.filter(
    (protocol) => protocol === 'TLSv1.3' || (offered.includes(protocol) && profile.protocols.includes(protocol)),
  );
  const fix = (title: string, to: readonly ProtocolVersion[]): ModelFix => ({
    title,
    safe: false,
    changes: changeShared(shared, 'protocols', listed, to),
  });
  return {
    message: `TLS 1.3 is not offered, though ${describeServer(model.server, model.target)} supports it: every handshake takes an extra round trip, and ${profile.source} asks for it. Add TLSv1.3.`,
    location: shared.location,
    related: inheritors(shared),
    fixes: [
      fix('Offer TLS 1.3 too', withNewest),
      ...(asked.length === withNewest.length ? [] : [fix(`Offer what ${profile.source} asks for`, asked)]),
    ],
  };
}
