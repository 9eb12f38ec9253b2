import type { CipherStringResult } from '../../tls/cipher-string.ts';
import type { CipherSuite } from '../../tls/cipher-suites.ts';
import type { Endpoint } from '../../tls/model/server-model.ts';
import { knownValue } from '../../tls/model/setting.ts';
import type { RuleContext } from '../rule.ts';
import { canAuthenticate, certificateKinds } from './certificate-kinds.ts';
import { handshakes } from './handshakes.ts';
import { isDefault, type SharedSetting, sharedSettings } from './shared-settings.ts';

/** A cipher string at its origin, and the suites that clients can really negotiate where it is in force. */
export interface CipherGroup {
  readonly shared: SharedSetting<string>;
  readonly text: string;
  /** In the string's order. Suites that no configured certificate can authenticate are left out. */
  readonly suites: readonly CipherSuite[];
  /** How OpenSSL reads the string; the same for every endpoint but for the protocols that it is offered with. */
  readonly result: CipherStringResult;
}

const caches = new WeakMap<RuleContext, readonly CipherGroup[]>();

/** Cipher strings that are known, each once. Those that nobody wrote count only where the whole configuration is seen. */
export function cipherGroups(context: RuleContext): readonly CipherGroup[] {
  let groups = caches.get(context);
  if (groups === undefined) {
    groups = sharedSettings(context.model, 'cipherString').flatMap((shared) => groupOf(context, shared) ?? []);
    caches.set(context, groups);
  }
  return groups;
}

function groupOf(context: RuleContext, shared: SharedSetting<string>): CipherGroup | undefined {
  const text = knownValue(shared.setting);
  if (text === undefined || (isDefault(shared.setting) && !context.model.complete)) return undefined;
  let result: CipherStringResult | undefined;
  const suites = new Set<CipherSuite>();
  for (const endpoint of shared.endpoints) {
    const own = handshakes(context.model, endpoint.tls).ciphers;
    if (own === undefined) return undefined;
    result ??= own;
    for (const suite of usableSuites(context, endpoint)) suites.add(suite);
  }
  return result === undefined ? undefined : { shared, text, suites: [...suites], result };
}

/** Suites of TLS 1.2 and older that a client of the endpoint can negotiate, as far as its certificates are known. */
export function usableSuites(context: RuleContext, { tls }: Endpoint): readonly CipherSuite[] {
  const suites = handshakes(context.model, tls).ciphers?.suites ?? [];
  const kinds = certificateKinds(context, tls);
  return suites.filter((suite) => suite.protocol !== 'TLSv1.3' && canAuthenticate(kinds, suite));
}
