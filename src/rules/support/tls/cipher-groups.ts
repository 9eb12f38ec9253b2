import { remember } from '../../../memory/remember.ts';
import type { CipherStringResult } from '../../../tls/cipher-string/cipher-string.ts';
import type { Endpoint, ServerModel, TlsSettings } from '../../../tls/model/server-model.ts';
import { knownValue } from '../../../tls/model/setting.ts';
import type { CipherSuite } from '../../../tls/suites/cipher-suites.ts';
import type { RuleContext } from '../../rule.ts';
import { type CertificateKinds, canAuthenticate, certificateKinds } from '../certificates/certificate-kinds.ts';
import { needsDhParameters } from '../server-facts.ts';
import { idleSettings, type SharedSetting, sharedSettings, writtenSettings } from '../shared-settings.ts';
import { isRefused, servesNobody } from '../sites/refused.ts';
import { handshakes } from './handshakes.ts';

/** A cipher string at its origin, and the suites that clients can really negotiate where it is in force. */
export interface CipherGroup {
  readonly shared: SharedSetting<string>;
  readonly text: string;
  /** In the string's order. Suites that no configured certificate can authenticate are left out. */
  readonly suites: readonly CipherSuite[];
  /** Those of them that are not left unused because the server surely has no DH parameters for them. */
  readonly offered: readonly CipherSuite[];
  /** How OpenSSL reads the string, for the endpoint whose protocols leave most of it; the same for every one but for these. */
  readonly result: CipherStringResult;
}

/** Cipher strings that are known, each once. Those that nobody wrote count only where the whole configuration is seen. */
export const cipherGroups = remember((context: RuleContext): readonly CipherGroup[] => {
  const { model } = context;
  const shared = model.complete ? sharedSettings(model, 'cipherString') : writtenSettings(model, 'cipherString');
  return shared.flatMap((setting) => (servesNobody(setting) ? undefined : groupOf(context, setting)) ?? []);
});

/** Those that the server reads at start alone. */
export const idleCipherGroups = remember((context: RuleContext): readonly CipherGroup[] => {
  const refused = writtenSettings(context.model, 'cipherString').filter(servesNobody);
  const idle = [...refused, ...idleSettings(context.model, 'cipherString')];
  return idle.flatMap((setting) => groupOf(context, setting) ?? []);
});

function groupOf(context: RuleContext, shared: SharedSetting<string>): CipherGroup | undefined {
  const text = knownValue(shared.setting);
  if (text === undefined) return undefined;
  if (shared.endpoints.length === 1) {
    const { tls } = shared.endpoints[0] as Endpoint;
    const result = handshakes(context.model, tls).ciphers;
    return result && createGroup(context, shared, text, usableOf(context, tls, result), result);
  }
  return groupOfSeveral(context, shared, text);
}

function groupOfSeveral(context: RuleContext, shared: SharedSetting<string>, text: string): CipherGroup | undefined {
  let result: CipherStringResult | undefined;
  const lists = new Set<readonly CipherSuite[]>();
  for (const endpoint of shared.endpoints) {
    const own = handshakes(context.model, endpoint.tls).ciphers;
    if (own === undefined) return undefined;
    if (result === undefined || own.suites.length > result.suites.length) result = own;
    if (!isRefused(endpoint)) lists.add(usableSuites(context, endpoint));
  }
  if (result === undefined) return undefined;
  const [first = []] = lists;
  return createGroup(context, shared, text, lists.size === 1 ? first : [...new Set([...lists].flat())], result);
}

function createGroup(
  { model }: RuleContext,
  shared: SharedSetting<string>,
  text: string,
  suites: readonly CipherSuite[],
  result: CipherStringResult,
): CipherGroup {
  const others = mayLackParameters(model) ? withoutDhe(suites) : suites;
  const lacksParameters =
    others !== suites && shared.endpoints.every(({ tls }) => knownValue(tls.dhParameters) === null);
  return { shared, text, suites, offered: lacksParameters ? others : suites, result };
}

const mayLackParameters = remember((model: ServerModel) => model.complete && needsDhParameters(model));

/** The same list where it has no such suite; servers that offer the same share it. */
const withoutDhe = remember((suites: readonly CipherSuite[]): readonly CipherSuite[] =>
  suites.some(isDhe) ? suites.filter((suite) => !isDhe(suite)) : suites,
);

function isDhe({ keyExchange }: CipherSuite): boolean {
  return keyExchange === 'DH';
}

/** Suites of TLS 1.2 and older that a client of the endpoint can negotiate, as far as its certificates are known. */
export function usableSuites(context: RuleContext, { tls }: Endpoint): readonly CipherSuite[] {
  const { ciphers } = handshakes(context.model, tls);
  return ciphers === undefined ? [] : usableOf(context, tls, ciphers);
}

function usableOf(context: RuleContext, tls: TlsSettings, ciphers: CipherStringResult): readonly CipherSuite[] {
  const kinds = certificateKinds(context, tls);
  const known = usable(ciphers);
  let suites = known.get(kinds);
  if (suites === undefined) {
    suites = select(ciphers.suites, kinds);
    known.set(kinds, suites);
  }
  return suites;
}

/** By kinds of certificate, of which equal ones are one object, as the results of evaluating one string are. */
const usable = remember(
  (_result: CipherStringResult) => new Map<CertificateKinds | undefined, readonly CipherSuite[]>(),
);

function select(suites: readonly CipherSuite[], kinds: CertificateKinds | undefined): readonly CipherSuite[] {
  return suites.filter((suite) => suite.protocol !== 'TLSv1.3' && canAuthenticate(kinds, suite));
}
