import { known, unknown, type Value } from '../../../../tls/model/setting.ts';
import { withKey } from '../../evaluate/by-key.ts';
import type { Evaluation } from '../../evaluate/evaluate.ts';
import { isUncertain } from '../../evaluate/statement.ts';
import type { ServerScope } from '../scopes/scopes.ts';

/**
 * Names, in small letters, of headers that `RequestHeader` may add to requests before they go to a backend: those of the
 * server and of the main one, in whatever section and under whatever condition. `host` where a client's own may go there.
 */
export function addedToRequests({ block }: ServerScope, evaluation: Evaluation): Value<readonly string[]> {
  const names: string[] = [];
  const isElsewhere = (parents: readonly { readonly key: string }[]): boolean => {
    const host = parents.find(({ key }) => key === 'virtualhost');
    return host !== undefined && host !== block;
  };
  const preserving = withKey(evaluation, 'proxypreservehost').filter(({ parents }) => !isElsewhere(parents));
  if (preserving.some(({ args: [flag] }) => flag?.value.toLowerCase() === 'on')) names.push('host');
  for (const { args, parents } of withKey(evaluation, 'requestheader')) {
    if (isElsewhere(parents)) continue;
    const [action = '', name = ''] = args.map(({ value }) => value);
    if (isUncertain(action) || isUncertain(name)) return unknown('a variable decides what RequestHeader sets');
    if (action.toLowerCase() !== 'unset') names.push(name.replace(/:$/, '').toLowerCase());
  }
  return known(names);
}
