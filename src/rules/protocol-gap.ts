import { protocolGaps, protocolVersions } from '../tls/protocols.ts';
import type { Report, Rule } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { type ProtocolGroup, protocolGroups } from './support/protocol-groups.ts';
import { inheritors, isDefault } from './support/shared-settings.ts';
import { protocolNames } from './support/words.ts';

/** A version is missing in the middle: clients that speak nothing newer are turned away. */
export const protocolGap: Rule = {
  id: 'protocol-gap',
  title: 'The protocol list has a gap',
  severity: 'warning',
  effect: 'security',
  *check({ model }) {
    for (const group of protocolGroups(model)) {
      const missing = protocolGaps(group.listed);
      if (missing.length > 0 && !isDefault(group.shared.setting)) yield report(group, missing);
    }
  },
};

function report({ shared, listed, refused }: ProtocolGroup, missing: ReturnType<typeof protocolGaps>): Report {
  const useless = refused.map(({ protocol }) => protocol);
  const wanted = protocolVersions.filter(
    (protocol) => !useless.includes(protocol) && (listed.includes(protocol) || missing.includes(protocol)),
  );
  return {
    message: `${protocolNames(missing)} ${missing.length === 1 ? 'is' : 'are'} missing between ${protocolNames([listed[0] ?? 'TLSv1.2'])} and the newest version listed: a client that speaks nothing newer falls back to an older version or cannot connect. List ${protocolNames(missing)} too.`,
    location: shared.location,
    related: inheritors(shared),
    fixes: [
      {
        title: `List ${protocolNames(missing)} too`,
        safe: false,
        changes: [changeShared(shared, 'protocols', listed, wanted)],
      },
    ],
  };
}
