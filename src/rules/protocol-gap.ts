import { remember } from '../memory/remember.ts';
import { isObsoleteProtocol, type ProtocolVersion, protocolGaps, protocolVersions } from '../tls/protocols.ts';
import type { Report, Rule } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { inheritors } from './support/shared-settings.ts';
import { type ProtocolGroup, protocolGroups } from './support/tls/protocol-groups.ts';
import { are, protocolNames } from './support/words.ts';

/** A version is missing in the middle: clients that speak nothing newer are turned away. */
export const protocolGap: Rule = {
  id: 'protocol-gap',
  title: 'The protocol list has a gap',
  severity: 'warning',
  effect: 'security',
  *check({ model }) {
    for (const group of protocolGroups(model)) {
      const missing = missingIn(group.listed);
      if (missing.length > 0) yield report(group, missing);
    }
  },
};

/** Nobody misses an obsolete version. */
const missingIn = remember((listed: readonly ProtocolVersion[]) =>
  protocolGaps(listed).filter((protocol) => !isObsoleteProtocol(protocol)),
);

function report({ shared, listed, refused }: ProtocolGroup, missing: readonly ProtocolVersion[]): Report {
  const useless = refused.map(({ protocol }) => protocol);
  const wanted = protocolVersions.filter(
    (protocol) => !useless.includes(protocol) && (listed.includes(protocol) || missing.includes(protocol)),
  );
  const names = protocolNames(missing);
  return {
    message: `${names} ${are(missing.length)} missing in the middle of the list: a client that speaks nothing newer gets an older version, or cannot connect. List ${names} too.`,
    location: shared.location,
    related: inheritors(shared),
    fixes: [{ title: `List ${names} too`, safe: false, changes: changeShared(shared, 'protocols', listed, wanted) }],
  };
}
