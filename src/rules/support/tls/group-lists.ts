import { remember } from '../../../memory/remember.ts';
import { evaluateGroups, type GroupListResult } from '../../../tls/groups.ts';
import type { ServerModel } from '../../../tls/model/server-model.ts';
import { knownValue } from '../../../tls/model/setting.ts';
import type { Target } from '../../../tls/target.ts';
import { idleSettings, type SharedSetting, writtenSettings } from '../shared-settings.ts';
import { servesNobody } from '../sites/refused.ts';
import { securityLevelOf, targetAtLevel } from './security-levels.ts';
import { withoutPart } from './value-parts.ts';

/** The groups that browsers send key shares for without being asked, by their names in OpenSSL's table. */
export const guessedGroups: ReadonlySet<string> = new Set(['x25519', 'X25519MLKEM768']);

/** A group list that somebody wrote, and what OpenSSL makes of it. */
export interface GroupList {
  readonly shared: SharedSetting<string>;
  readonly text: string;
  /** At the security level that cipher strings give those who have the list. */
  readonly target: Target;
  readonly result: GroupListResult;
}

/** Group lists that are written out, each once. */
export const groupLists = remember((model: ServerModel): readonly GroupList[] =>
  writtenSettings(model, 'groups').flatMap((shared) => {
    if (servesNobody(shared)) return [];
    return listOf(targetAtLevel(model.target, securityLevelOf(model, shared.endpoints)), shared);
  }),
);

/** Those that the server reads at start alone. */
export const idleGroupLists = remember((model: ServerModel): readonly GroupList[] =>
  [...writtenSettings(model, 'groups').filter(servesNobody), ...idleSettings(model, 'groups')].flatMap((shared) =>
    listOf(model.target, shared),
  ),
);

function listOf(target: Target, shared: SharedSetting<string>): readonly GroupList[] {
  const text = knownValue(shared.setting);
  const result = text === undefined ? undefined : evaluateGroups(text, target);
  return text === undefined || result === undefined || result.isDefault ? [] : [{ shared, text, target, result }];
}

/** A list with a group before all others, and without what takes it out again behind them (`DEFAULT:-X25519`). */
export function withFirst(group: string, text: string): string {
  const removal = new RegExp(String.raw`(?<!\w)-${group}(?=[\s:/]|$)`, 'i');
  let left = text;
  for (let found = removal.exec(left); found; found = removal.exec(left)) {
    left = withoutPart(left, { start: found.index + 1, end: found.index + found[0].length });
  }
  return `${group}:${left}`;
}
