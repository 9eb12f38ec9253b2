import { evaluateCipherString } from './cipher-string.ts';
import type { CipherSuite } from './cipher-suites.ts';
import { evaluateGroups } from './groups.ts';
import type { ServerModel, TlsSettings } from './model/server-model.ts';
import { known, type Setting, unknown, type Value } from './model/setting.ts';
import type { NamedGroup } from './named-groups.ts';
import { type LeafCertificate, narrowSuites } from './offer-certificates.ts';
import { effectiveProtocols, type ProtocolVersion, type RefusedProtocol } from './protocols.ts';
import type { Target } from './target.ts';
import { evaluateTls13CipherSuites } from './tls13-cipher-suites.ts';

export interface OfferContext {
  readonly server: ServerModel['server'];
  readonly target: Target;
  /**
   * Leaf certificates of the endpoint, one for each certificate file. A string instead says why they are not known: suites
   * of every kind of certificate are then listed.
   */
  readonly certificates: readonly LeafCertificate[] | string;
  /** Settings of the listener's default site, where another site is asked: its level decides about protocols. */
  readonly defaultTls?: TlsSettings;
  /** QUIC speaks TLS 1.3 alone (RFC 9001 section 4.2). */
  readonly transport?: 'tcp' | 'quic' | 'udp';
}

/**
 * What handshakes with an endpoint find. A value is `unknown` with the reason where the configuration does not tell, and
 * `partial` where it is the most that can be: some of it may be missing.
 */
export interface Offer {
  /** Oldest first. */
  readonly protocols: Value<readonly ProtocolVersion[]>;
  /** Listed, yet no handshake can use them. */
  readonly refused: readonly RefusedProtocol[];
  /** TLS 1.2 and older, in the server's order. */
  readonly cipherSuites: Value<readonly CipherSuite[]>;
  readonly tls13CipherSuites: Value<readonly CipherSuite[]>;
  /** Groups that some offered protocol can use, in the server's order. */
  readonly groups: Value<readonly NamedGroup[]>;
  /** The server's order of cipher suites counts, not the client's. */
  readonly serverPreference: Value<boolean>;
  readonly securityLevel: number;
}

/** What handshakes with an endpoint of these settings find, with the OpenSSL of the target. */
export function offer(tls: TlsSettings, context: OfferContext): Offer {
  const { openssl } = context.target;
  const string = one(tls.cipherString, 'the cipher string');
  const text = string.kind === 'known' ? string.value + (tls.cipherStringAppended ?? '') : undefined;
  const evaluated = text === undefined ? undefined : evaluateCipherString(text, context.target);
  const securityLevel = evaluated?.securityLevel ?? context.target.securityLevel;
  const serverPreference = one(tls.serverPreference, 'the order of preference');
  const base = { securityLevel, serverPreference };

  if (one(tls.enabled, 'TLS').kind === 'known' && tls.enabled.value.kind === 'known' && !tls.enabled.value.value) {
    return { ...base, ...nothing };
  }
  const listed = one(tls.protocols, 'the protocols');
  if (listed.kind === 'unknown') {
    const reason = listed.reason;
    return {
      ...base,
      ...nothing,
      protocols: listed,
      cipherSuites: unknown(reason),
      tls13CipherSuites: unknown(reason),
      groups: unknown(reason),
    };
  }
  const groups = map(one(tls.groups, 'the groups'), (list) => evaluateGroups(list, { openssl, securityLevel }).groups);
  const wanted =
    context.transport === 'quic' ? listed.value.filter((protocol) => protocol === 'TLSv1.3') : listed.value;
  const allowed = effectiveProtocols(wanted, { openssl, securityLevel: levelForProtocols(context, securityLevel) });

  const tls13CipherSuites = allowed.offered.includes('TLSv1.3')
    ? map(
        one(tls.tls13CipherSuites, 'the TLS 1.3 suites'),
        (list) => evaluateTls13CipherSuites(list, { openssl, securityLevel }).suites,
      )
    : known([]);
  const older = allowed.offered.filter((protocol) => protocol !== 'TLSv1.3');
  const cipherSuites = olderSuites(tls, context, text, string, older, groups);

  const refused = [...allowed.refused];
  const offered = allowed.offered.filter((protocol) => {
    const reason = whyUnusable(protocol, protocol === 'TLSv1.3' ? tls13CipherSuites : cipherSuites, groups);
    if (reason !== undefined) refused.push({ protocol, reason });
    return reason === undefined;
  });
  return {
    ...base,
    protocols: known(offered),
    refused,
    cipherSuites: offered.some((protocol) => protocol !== 'TLSv1.3') ? cipherSuites : none(cipherSuites),
    tls13CipherSuites: offered.includes('TLSv1.3') ? tls13CipherSuites : none(tls13CipherSuites),
    groups: usedGroups(groups, offered, cipherSuites),
  };
}

const nothing = {
  protocols: known<readonly ProtocolVersion[]>([]),
  refused: [],
  cipherSuites: known<readonly CipherSuite[]>([]),
  tls13CipherSuites: known<readonly CipherSuite[]>([]),
  groups: known<readonly NamedGroup[]>([]),
} as const;

/** The one value that a setting has, or why there is none. */
function one<T>({ value }: Setting<T>, what: string): Exclude<Value<T>, { readonly kind: 'one-of' | 'partial' }> {
  switch (value.kind) {
    case 'known':
    case 'unknown':
      return value;
    case 'one-of':
      return { kind: 'unknown', reason: `${what} differ between the branches of a condition` };
    case 'partial':
      return { kind: 'unknown', reason: value.reason };
  }
}

function map<T, U>(value: Value<T>, change: (value: T) => U): Value<U> {
  if (value.kind === 'known') return known(change(value.value));
  if (value.kind === 'partial') return { ...value, value: change(value.value) };
  return value.kind === 'unknown' ? value : { kind: 'one-of', values: value.values.map(change) };
}

function listOf<T>(value: Value<readonly T[]>): readonly T[] | undefined {
  return value.kind === 'known' || value.kind === 'partial' ? value.value : undefined;
}

function none<T>(value: Value<readonly T[]>): Value<readonly T[]> {
  return value.kind === 'unknown' ? value : known([]);
}

/** OpenSSL chooses the protocol before it looks at the name, with the level of the default site. */
function levelForProtocols({ defaultTls, target }: OfferContext, own: number): number {
  if (defaultTls === undefined) return own;
  const { value } = defaultTls.cipherString;
  if (value.kind !== 'known') return own;
  return evaluateCipherString(value.value + (defaultTls.cipherStringAppended ?? ''), target).securityLevel;
}

function olderSuites(
  tls: TlsSettings,
  context: OfferContext,
  text: string | undefined,
  string: Value<string>,
  older: readonly ProtocolVersion[],
  groups: Value<readonly NamedGroup[]>,
): Value<readonly CipherSuite[]> {
  const [minimum] = older;
  const maximum = older.at(-1);
  if (minimum === undefined || maximum === undefined) return known([]);
  if (text === undefined) return string.kind === 'unknown' ? string : unknown('the cipher string is not known');
  const result = evaluateCipherString(text, { ...context.target, minimum, maximum });
  if (result.systemPolicy) return unknown('the system’s crypto policy decides');
  const curves = listOf(groups)?.some(({ tls12 }) => tls12) ?? true;
  const usable = result.suites.filter(({ keyExchange }) => keyExchange !== 'ECDH' || curves);
  return narrowSuites(usable, tls, context.server, context.target, context.certificates);
}

function whyUnusable(
  protocol: ProtocolVersion,
  suites: Value<readonly CipherSuite[]>,
  groups: Value<readonly NamedGroup[]>,
): string | undefined {
  if (protocol === 'TLSv1.3' && listOf(groups)?.every(({ tls13 }) => !tls13)) return 'has no group that it can use';
  const list = listOf(suites);
  if (list === undefined || list.some((suite) => protocol === 'TLSv1.3' || canUse(protocol, suite))) return undefined;
  return 'has no cipher suite that it can use';
}

/** Suites of TLS 1.2 need that version; the others are for every version up to it (RFC 5246 appendix A.5). */
function canUse(protocol: ProtocolVersion, suite: CipherSuite): boolean {
  return protocol === 'TLSv1.2' ? suite.encryption !== 'IDEA' : suite.protocol !== 'TLSv1.2';
}

function usedGroups(
  groups: Value<readonly NamedGroup[]>,
  offered: readonly ProtocolVersion[],
  suites: Value<readonly CipherSuite[]>,
): Value<readonly NamedGroup[]> {
  const tls13 = offered.includes('TLSv1.3');
  const older = offered.some((protocol) => protocol !== 'TLSv1.3');
  const ephemeral = older && (listOf(suites)?.some(({ keyExchange }) => keyExchange === 'ECDH') ?? true);
  return map(groups, (list) => list.filter((group) => (tls13 && group.tls13) || (ephemeral && group.tls12)));
}
