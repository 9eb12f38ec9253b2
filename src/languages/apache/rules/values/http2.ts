import type { Statement } from '../../evaluate/statement.ts';
import type { BadValue, ValueChecks } from './value-check.ts';

/** mod_http2. Messages are httpd's own. */
export const http2Checks: ValueChecks = {
  h2pushpriority: checkPushPriority,
  h2pushresource: checkPushResource,
};

/** `H2PushPriority mime-type [after|before|interleaved] [weight]`: too great a weight is made smaller in silence. */
function checkPushPriority({ args: [, order, weight] }: Statement): BadValue | undefined {
  if (!order) return undefined;
  if (!/^(?:after|before|interleaved)$/i.test(order.value)) {
    return { argument: order, message: "H2PushPriority: dependency must be one of 'After', 'Before' or 'Interleaved'" };
  }
  if (!weight) return undefined;
  if (/^before$/i.test(order.value)) {
    return { argument: weight, message: "H2PushPriority: dependency 'Before' does not allow a weight" };
  }
  return (Number.parseInt(weight.value, 10) || 0) < 1
    ? { argument: weight, message: 'H2PushPriority: weight must be a number >= 1' }
    : undefined;
}

/** `H2PushResource [add] path [critical]`; what is left of `add` alone is a path. */
function checkPushResource({ args }: Statement): BadValue | undefined {
  const [, last, extra] = /^add$/i.test(args[0]?.value ?? '') && args.length > 1 ? args.slice(1) : args;
  if (extra) return { argument: extra, message: 'H2PushResource: too many parameter' };
  return last && !/^critical$/i.test(last.value)
    ? { argument: last, message: 'H2PushResource: unknown last parameter: only critical may follow the path' }
    : undefined;
}
