import { suggestSwitch } from '../../../../text/suggest.ts';
import { atLeastVersion } from '../../../../text/version.ts';
import { type Setting, unknown } from '../../../../tls/model/setting.ts';
import type { Target } from '../../../../tls/target.ts';
import { originOf, type Scope, settle } from '../scopes/settle.ts';
import { readFlag } from './tls-words.ts';

export interface EngineOptions {
  readonly target: Target;
  /** What holds without `SSLEngine`. */
  readonly enabledByListen: boolean;
  /** An absent main file may say so. */
  readonly enabledElsewhere: string | undefined;
}

/** Whether a server speaks TLS: `SSLEngine`, or what may say so elsewhere. */
export function lowerEnabled(
  scope: Scope,
  { target, enabledByListen, enabledElsewhere }: EngineOptions,
): Setting<boolean> {
  const because = `Apache ${target.apache}`;
  const enabled = settle<boolean>(scope, ['sslengine'], enabledByListen, because, (statement) => {
    const value = statement.args[0]?.value;
    // From 2.4.64 on it is `off` with a notice in the log (AH10510).
    if (value?.toLowerCase() === 'optional') return !atLeastVersion(target.apache, '2.4.64');
    return readFlag(value) ?? readFlag(suggestSwitch(value ?? ''));
  });
  const last = (scope.own.get('sslengine') ?? scope.inherited.get('sslengine'))?.at(-1);
  // One mistake already, of which it does not follow that there is no TLS.
  if (last && !last.uncertain && enabled.origin.kind === 'default') {
    return {
      value: unknown(`${last.node.name} has a value that Apache does not take`),
      origin: originOf(last, !scope.own.has('sslengine')),
    };
  }
  if (enabled.origin.kind !== 'default' || enabledElsewhere === undefined) return enabled;
  return { value: { kind: 'unknown', reason: enabledElsewhere }, origin: enabled.origin };
}
