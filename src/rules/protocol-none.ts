import { knownValue } from '../tls/model/setting.ts';
import { describeOpenssl } from '../tls/target.ts';
import type { Report, Rule, RuleContext } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { inErrorLog, offerable, serverFacts } from './support/server-facts.ts';
import { idleSettings, inheritors } from './support/shared-settings.ts';
import { type ProtocolGroup, protocolGroups } from './support/tls/protocol-groups.ts';
import { isSetByCommand } from './support/tls/set-by-command.ts';
import { protocolNames, refusalReasons } from './support/words.ts';

/** A protocol list of which nothing is left. */
export const protocolNone: Rule = {
  id: 'protocol-none',
  title: 'No protocol version is left',
  severity: 'error',
  effect: 'start',
  *check(context) {
    for (const group of protocolGroups(context.model)) {
      if (group.offered.length === 0) yield report(context, group);
    }
    const { model } = context;
    for (const shared of serverFacts(model).refusesEmptyProtocols ? idleSettings(model, 'protocols') : []) {
      if (knownValue(shared.setting)?.length !== 0 || isSetByCommand(shared)) continue;
      yield report(context, { shared, listed: [], offered: [], refused: [], target: model.target });
    }
  },
};

function report({ model, profile }: RuleContext, { shared, listed, refused, target }: ProtocolGroup): Report {
  // The start looks at the list alone; a command of OpenSSL's that takes the rest of it away is applied behind that.
  const stopsStart = listed.length === 0 && serverFacts(model).refusesEmptyProtocols && !isSetByCommand(shared);
  const because =
    listed.length === 0
      ? 'The list leaves no protocol version'
      : `${describeOpenssl(target)} offers none of the listed versions (${protocolNames(listed)}: ${refusalReasons(refused)})`;
  const outcome = stopsStart
    ? `, so the server does not start${inErrorLog(model, 'no-protocol')}`
    : ', so no client can connect';
  const wanted = offerable(model, profile.protocols);
  return {
    message: `${because}${outcome}. Offer ${protocolNames(wanted)}.`,
    location: shared.location,
    effect: stopsStart ? 'start' : 'connect',
    related: inheritors(shared),
    fixes: [
      {
        title: `Offer ${protocolNames(wanted)}`,
        safe: true,
        changes: changeShared(shared, 'protocols', listed, wanted),
      },
    ],
  };
}
