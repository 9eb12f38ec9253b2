import { known, unknown, type Value } from '../../../../tls/model/setting.ts';
import { withKey } from '../../evaluate/by-key.ts';
import type { Evaluation } from '../../evaluate/evaluation.ts';
import type { Statement } from '../../evaluate/statement.ts';
import { isUncertain } from '../../uncertain.ts';
import type { ServerScope } from '../scopes/scopes.ts';

/**
 * Names, in small letters, of headers that `RequestHeader` may add to requests before they go to a backend: those of the
 * server and of the main one, in whatever section and under whatever condition. `host` where a client's own may go there.
 */
export function addedToRequests({ block }: ServerScope, evaluation: Evaluation): Value<readonly string[]> {
  const names: string[] = [];
  const own = (key: string): readonly Statement[] =>
    withKey(evaluation, key).filter(({ parents }) => {
      const host = parents.find((parent) => parent.key === 'virtualhost');
      return host === undefined || host === block;
    });
  for (const { args } of own('requestheader')) {
    const [action = '', name = ''] = args.map(({ value }) => value);
    if (isUncertain(action) || isUncertain(name)) return unknown('a variable decides what RequestHeader sets');
    if (action.toLowerCase() !== 'unset') names.push(name.replace(/:$/, '').toLowerCase());
  }
  if (own('proxypass').some(({ args }) => args.some(({ value }) => /^(?!http)[a-z]+:\/\//i.test(value))))
    return unknown('a backend is not asked over HTTP');
  const isKept = own('proxypreservehost').some(({ args: [flag] }) => flag?.value.toLowerCase() === 'on');
  // Another one takes the place of the client's.
  const others = names.filter((name) => name !== 'host');
  return known(isKept && others.length === names.length ? [...names, 'host'] : others);
}
