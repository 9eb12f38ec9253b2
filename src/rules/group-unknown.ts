import { evaluateGroups, type UnknownGroup } from '../tls/groups.ts';
import { newerThanKnown } from '../tls/newest-known.ts';
import { describeOpenssl, type Target } from '../tls/target.ts';
import type { ModelFix, Report, Rule, RuleContext } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { inErrorLog } from './support/server-facts.ts';
import { inheritors } from './support/shared-settings.ts';
import { type GroupList, groupLists, idleGroupLists } from './support/tls/group-lists.ts';
import { isSetByCommand } from './support/tls/set-by-command.ts';
import { partLocation, withoutPart } from './support/tls/value-parts.ts';
import { joinWords } from './support/words.ts';

/** A group that this OpenSSL does not have; one is enough to make it refuse the whole list. */
export const groupUnknown: Rule = {
  id: 'group-unknown',
  title: 'OpenSSL refuses the list of groups',
  severity: 'error',
  effect: 'start',
  *check(context) {
    for (const list of [...groupLists(context.model), ...idleGroupLists(context.model)]) {
      const fatal = list.result.unknown.find((unknown) => unknown.fatal);
      if (fatal !== undefined) yield reportName(context, list, fatal);
      else if (list.result.error !== undefined) yield reportSyntax(context, list, list.result.error);
    }
  },
};

/** What the error log has of a list that OpenSSL refuses. */
function logged({ model }: RuleContext, { shared }: GroupList): string {
  return inErrorLog(model, isSetByCommand(shared) ? 'refused-value' : 'unknown-group');
}

function reportName(context: RuleContext, list: GroupList, unknown: UnknownGroup): Report {
  const { model } = context;
  const { shared, text } = list;
  const { word, range, since, suggestion } = unknown;
  const why =
    since === undefined
      ? `${describeOpenssl(model.target)} has no group ${word}`
      : `The group ${word} came with OpenSSL ${since}, and this is ${describeOpenssl(model.target)}`;
  const next = suggestion === undefined ? 'Remove it.' : `Did you mean ${suggestion}?`;
  const newer = since === undefined && suggestion === undefined ? newerThanKnown('openssl', model.target) : undefined;
  if (newer !== undefined) {
    return {
      message: `The group ${word} is not known here, and an OpenSSL without it refuses the whole list. ${newer}`,
      location: partLocation(shared, text, range),
      severity: 'information',
      effect: 'advice',
      related: inheritors(shared),
    };
  }
  return {
    message: `${why}: it refuses the whole list, so the server does not start${logged(context, list)}. ${next}`,
    location: partLocation(shared, text, range),
    related: inheritors(shared),
    fixes: [...replacement(), ...removal()],
  };

  function replacement(): readonly ModelFix[] {
    if (suggestion === undefined) return [];
    const to = text.slice(0, range.start) + suggestion + text.slice(range.end);
    return [
      { title: `Replace ${word} by ${suggestion}`, safe: true, changes: changeShared(shared, 'groups', text, to) },
    ];
  }

  function removal(): readonly ModelFix[] {
    const { left: to, taken } = withoutUnknown(withoutPart(text, range), model.target, word);
    const title = to === '' ? 'Leave the groups to OpenSSL' : `Remove ${joinWords(taken)} from the list`;
    return [{ title, safe: true, changes: changeShared(shared, 'groups', text, to === '' ? undefined : to) }];
  }
}

/** More names that nobody knows are no list that can be saved. */
const mostTaken = 16;

/** A list without further names that are not known either: OpenSSL says no more than the first. What is only misspelt stays. */
function withoutUnknown(text: string, target: Target, first: string): { left: string; taken: readonly string[] } {
  const taken = [first];
  for (let left = text; left !== '' && taken.length < mostTaken; ) {
    const next = evaluateGroups(left, target).unknown.find(({ fatal }) => fatal);
    if (next === undefined || next.suggestion !== undefined) return { left, taken };
    left = withoutPart(left, next.range);
    taken.push(next.word);
  }
  return { left: '', taken };
}

function reportSyntax(context: RuleContext, list: GroupList, error: NonNullable<GroupList['result']['error']>): Report {
  const { model } = context;
  const { shared, text } = list;
  return {
    message: `${describeOpenssl(model.target)} cannot read the list of groups (${error.reason}), so the server does not start${logged(context, list)}. Correct it, or leave the groups to OpenSSL.`,
    // Of a name that is not there nothing can be marked.
    location: error.range.start < error.range.end ? partLocation(shared, text, error.range) : shared.location,
    related: inheritors(shared),
    fixes: [
      {
        title: 'Leave the groups to OpenSSL',
        safe: false,
        changes: changeShared(shared, 'groups', text, undefined),
      },
    ],
  };
}
