import { remember } from '../../../memory/remember.ts';
import { evaluateGroups, type GroupListResult } from '../../../tls/groups.ts';
import type { ServerModel } from '../../../tls/model/server-model.ts';
import { knownValue } from '../../../tls/model/setting.ts';
import { idleSettings, type SharedSetting, writtenSettings } from '../shared-settings.ts';
import { servesNobody } from '../sites/refused.ts';

/** A group list that somebody wrote, and what OpenSSL makes of it. */
export interface GroupList {
  readonly shared: SharedSetting<string>;
  readonly text: string;
  readonly result: GroupListResult;
}

/** Group lists that are written out, each once. */
export const groupLists = remember((model: ServerModel): readonly GroupList[] =>
  writtenSettings(model, 'groups').flatMap((shared) => (servesNobody(shared) ? [] : listOf(model, shared))),
);

/** Those that the server reads at start alone. */
export const idleGroupLists = remember((model: ServerModel): readonly GroupList[] =>
  [...writtenSettings(model, 'groups').filter(servesNobody), ...idleSettings(model, 'groups')].flatMap((shared) =>
    listOf(model, shared),
  ),
);

function listOf({ target }: ServerModel, shared: SharedSetting<string>): readonly GroupList[] {
  const text = knownValue(shared.setting);
  const result = text === undefined ? undefined : evaluateGroups(text, target);
  return text === undefined || result === undefined || result.isDefault ? [] : [{ shared, text, result }];
}
