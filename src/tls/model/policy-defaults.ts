import type { ProtocolVersion } from '../protocols.ts';
import type { Program, Target } from '../target.ts';
import { byDefault, type Setting, unknown } from './setting.ts';

/** What decides where neither the configuration nor the program does. */
export const systemPolicy = 'the crypto policy of the system, DEFAULT';

/** Protocols that TLS offers where nothing names any: the program's own, unless its build leaves them to the policy of the system. */
export function protocolsByDefault(
  server: Program,
  target: Target,
  own: readonly ProtocolVersion[],
  because: string,
): Setting<readonly ProtocolVersion[]> {
  const policy = target.distribution?.builds?.[server]?.policyProtocols;
  // Where the policy of the system says the same, it is all one who decides.
  const isSame = String(own) === String(target.distribution?.policy?.protocols);
  if (policy === undefined || (policy === 'unknown' && isSame)) return byDefault(own, because);
  if (policy !== 'unknown') return byDefault(policy, systemPolicy);
  return {
    value: unknown(`${because} or the crypto policy of the system decides`),
    origin: { kind: 'default', because },
  };
}

/** TLS 1.3 suites, which programs leave to OpenSSL. */
export function tls13ByDefault(setting: Setting<string>, { distribution }: Target): Setting<string> {
  const policy = distribution?.policy;
  return policy && setting.origin.kind === 'default' ? byDefault(policy.tls13CipherSuites, systemPolicy) : setting;
}

/** Groups, which programs leave to OpenSSL too. */
export function groupsByDefault(setting: Setting<string>, { distribution }: Target): Setting<string> {
  const policy = distribution?.policy;
  if (!policy || setting.origin.kind !== 'default') return setting;
  if (policy.groups !== undefined) return byDefault(policy.groups, systemPolicy);
  const reason = 'the crypto policy of the system decides';
  return { value: unknown(reason), origin: { kind: 'default', because: systemPolicy } };
}
