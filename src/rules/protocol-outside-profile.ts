import { isObsoleteProtocol, type ProtocolVersion } from '../tls/protocols.ts';
import type { Report, Rule, RuleContext } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { inheritors, isDefault, wordLocation } from './support/shared-settings.ts';
import { type ProtocolGroup, protocolGroups } from './support/tls/protocol-groups.ts';
import { are, protocolNames } from './support/words.ts';

/** A version that is sound in itself, where a stricter profile is in force: TLS 1.2 under Mozilla's modern one. */
export const protocolOutsideProfile: Rule = {
  id: 'protocol-outside-profile',
  title: 'A protocol version is offered that the profile does not have',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    const { model, profile } = context;
    for (const group of protocolGroups(model)) {
      if (isDefault(group.shared.setting) && !model.complete) continue;
      // Obsolete ones have a rule of their own, and so has a list without a version that the profile has.
      const outside = group.offered.filter(
        (protocol) => !isObsoleteProtocol(protocol) && !profile.protocols.includes(protocol),
      );
      if (outside.length > 0) yield report(context, group, outside);
    }
  },
};

function report({ profile }: RuleContext, group: ProtocolGroup, outside: readonly ProtocolVersion[]): Report {
  const { shared, listed } = group;
  const guideline = profile.source.endsWith(profile.name) ? profile.source : `${profile.source} ${profile.name}`;
  return {
    message: `${protocolNames(outside)} ${are(outside.length)} offered, which ${guideline} does not include. Offer ${protocolNames(profile.protocols)} only, or choose a less strict profile if older clients must connect.`,
    location: wordLocation(shared, outside),
    related: inheritors(shared),
    fixes: [
      {
        title: `Offer what ${guideline} asks for`,
        safe: false,
        changes: changeShared(shared, 'protocols', listed, profile.protocols),
      },
    ],
  };
}
