import { isObsoleteProtocol, type ProtocolVersion } from '../tls/protocols.ts';
import { describeOpenssl } from '../tls/target.ts';
import type { Report, Rule, RuleContext } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { offerable } from './support/server-facts.ts';
import { inheritors, isDefault, wordLocation } from './support/shared-settings.ts';
import { type ProtocolGroup, protocolGroups } from './support/tls/protocol-groups.ts';
import { are, protocolNames } from './support/words.ts';

/** What remains where nothing else was offered. */
const current: readonly ProtocolVersion[] = ['TLSv1.2', 'TLSv1.3'];

/** A protocol version that clients can really negotiate and that nobody should (RFC 8996, RFC 7568, RFC 6176). */
export const protocolObsolete: Rule = {
  id: 'protocol-obsolete',
  title: 'An obsolete protocol version is offered',
  severity: 'error',
  effect: 'security',
  *check(context) {
    for (const group of protocolGroups(context.model)) {
      if (isDefault(group.shared.setting) && !context.model.complete) continue;
      const obsolete = group.offered.filter(
        (protocol) => isObsoleteProtocol(protocol) && !context.profile.protocols.includes(protocol),
      );
      if (obsolete.length > 0) yield report(context, group, obsolete);
    }
  },
};

function report({ model }: RuleContext, group: ProtocolGroup, obsolete: readonly ProtocolVersion[]): Report {
  const wanted = offerable(model, current);
  const { shared, listed } = group;
  const kept = listed.filter((protocol) => !isObsoleteProtocol(protocol));
  const isBroken = obsolete.some((protocol) => protocol.startsWith('SSL'));
  const them = obsolete.length === 1 ? 'it' : 'them';
  const origin = shared.setting.origin.kind === 'default' ? ` by default (${shared.setting.origin.because})` : '';
  return {
    message: `${protocolNames(obsolete)} ${are(obsolete.length)} offered${origin}, as ${describeOpenssl(group.target)} still accepts ${them}. ${isBroken ? 'SSL is broken: attackers can read such connections (RFC 7568).' : `RFC 8996 has forbidden ${them} since 2021.`} Offer ${protocolNames(wanted)} only.`,
    location: wordLocation(shared, obsolete),
    severity: isBroken ? 'error' : 'warning',
    related: inheritors(shared),
    fixes: [
      {
        title: `Stop offering ${protocolNames(obsolete)}`,
        safe: false,
        changes: changeShared(shared, 'protocols', listed, kept.length > 0 ? kept : wanted),
      },
    ],
  };
}
