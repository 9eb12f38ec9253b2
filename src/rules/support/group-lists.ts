import { evaluateGroups, type GroupListResult } from '../../tls/groups.ts';
import type { ServerModel } from '../../tls/model/server-model.ts';
import { knownValue } from '../../tls/model/setting.ts';
import { isDefault, type SharedSetting, sharedSettings } from './shared-settings.ts';

/** A group list that somebody wrote, and what OpenSSL makes of it. */
export interface GroupList {
  readonly shared: SharedSetting<string>;
  readonly text: string;
  readonly result: GroupListResult;
}

/** Group lists that are written out, each once. */
export function groupLists(model: ServerModel): readonly GroupList[] {
  return sharedSettings(model, 'groups').flatMap((shared) => {
    const text = knownValue(shared.setting);
    if (text === undefined || isDefault(shared.setting)) return [];
    const result = evaluateGroups(text, model.target);
    return result.isDefault ? [] : [{ shared, text, result }];
  });
}
