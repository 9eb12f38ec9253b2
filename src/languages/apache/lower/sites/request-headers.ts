import { known, unknown, type Value } from '../../../../tls/model/setting.ts';
import { withKey } from '../../evaluate/by-key.ts';
import type { Evaluation } from '../../evaluate/evaluate.ts';
import { isUncertain } from '../../evaluate/statement.ts';
import type { ServerScope } from '../scopes/scopes.ts';

/**
 * Names, in small letters, of headers that `RequestHeader` may add to requests before they go to a backend: those of the
 * server and of the main one, in whatever section and under whatever condition.
 */
export function addedToRequests({ block }: ServerScope, evaluation: Evaluation): Value<readonly string[]> {
  const names: string[] = [];
  for (const { args, parents } of withKey(evaluation, 'requestheader')) {
    const host = parents.find(({ key }) => key === 'virtualhost');
    if (host !== undefined && host !== block) continue;
    const [action = '', name = ''] = args.map(({ value }) => value);
    if (isUncertain(action) || isUncertain(name)) return unknown('a variable decides what RequestHeader sets');
    if (action.toLowerCase() !== 'unset') names.push(name.replace(/:$/, '').toLowerCase());
  }
  return known(names);
}
