import { isObsoleteProtocol, protocolGaps } from '../tls/protocols.ts';
import { describeOpenssl } from '../tls/target.ts';
import type { Report, Rule } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { inheritors, isDefault, wordLocation } from './support/shared-settings.ts';
import { type ProtocolGroup, protocolGroups } from './support/tls/protocol-groups.ts';
import { are, protocolNames, refusalReasons } from './support/words.ts';

/** A protocol version that the configuration lists and the library never negotiates. */
export const protocolRefused: Rule = {
  id: 'protocol-refused',
  title: 'A listed protocol version is refused by OpenSSL',
  severity: 'information',
  effect: 'advice',
  *check(context) {
    for (const group of protocolGroups(context.model)) {
      const pointless = group.refused.some(({ protocol }) => !context.profile.protocols.includes(protocol));
      if (!pointless || group.offered.length === 0 || isDefault(group.shared.setting)) continue;
      yield report(group);
    }
  },
};

function report({ shared, listed, offered, refused, target }: ProtocolGroup): Report {
  const protocols = refused.map(({ protocol }) => protocol);
  const it = protocols.length === 1 ? 'it' : 'them';
  // Where a version is missing in between, taking the older ones away would hide what was meant.
  const hasGap = protocolGaps(listed).some((protocol) => !isObsoleteProtocol(protocol));
  return {
    message: `${protocolNames(protocols)} ${are(protocols.length)} listed, but ${describeOpenssl(target)} does not offer ${it} (${refusalReasons(refused)}). An older OpenSSL would; remove ${it}.`,
    location: wordLocation(shared, protocols),
    related: inheritors(shared),
    fixes: hasGap
      ? []
      : [
          {
            title: `Remove ${protocolNames(protocols)} from the list`,
            safe: true,
            changes: changeShared(shared, 'protocols', listed, offered),
          },
        ],
  };
}
