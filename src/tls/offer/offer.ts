import { atLeastVersion, type Version } from '../../text/version.ts';
import { evaluateCipherString } from '../cipher-string/cipher-string.ts';
import { evaluateGroups } from '../groups.ts';
import type { ServerModel, TlsSettings } from '../model/server-model.ts';
import { known, knownValue, unknown, type Value } from '../model/setting.ts';
import { isGroupAllowedAtLevel, type NamedGroup } from '../named-groups.ts';
import { effectiveProtocols, includesProtocol, type ProtocolVersion, type RefusedProtocol } from '../protocols.ts';
import { isAllowedAtLevel } from '../security-level.ts';
import type { CipherSuite } from '../suites/cipher-suites.ts';
import { evaluateTls13CipherSuites } from '../suites/tls13-cipher-suites.ts';
import type { Program, Target } from '../target.ts';
import { listOf, mapValue, oneValue } from '../values.ts';
import {
  authenticationKinds,
  certificatesAtLevel,
  type LeafCertificate,
  narrowSuites,
  signsForOldProtocols,
} from './certificates.ts';
import { cipherStringOf, levelOf, whyNoHandshake } from './setup.ts';
import { allowedSchemes, certificatesThatSign } from './signatures.ts';

export interface OfferContext {
  readonly server: ServerModel['server'];
  readonly target: Target;
  /**
   * Leaf certificates of the endpoint, one for each certificate file. A string instead says why they are not known: suites
   * of every kind of certificate are then listed.
   */
  readonly certificates: readonly LeafCertificate[] | string;
  /** Settings of the listener's default site. Its security level counts for what is settled before the name is read. */
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
  /** Within the server's order, the suites with ChaCha20 go first for clients that put one of them first. */
  readonly chachaFirst: Value<boolean>;
  readonly securityLevel: number;
}

/** What handshakes with an endpoint of these settings find, with the OpenSSL of the target. */
export function offer(tls: TlsSettings, context: OfferContext): Offer {
  const { target, transport } = context;
  const securityLevel = levelOf(tls, target);
  const base = {
    securityLevel,
    serverPreference: oneValue(tls.serverPreference, 'the preferences'),
    chachaFirst: oneValue(tls.chachaFirst, 'the options'),
  };
  if (knownValue(tls.enabled) === false || knownValue(tls.rejectHandshake) === true) return { ...base, ...nothing };

  const listed = oneValue(tls.protocols, 'the protocols');
  if (listed.kind === 'unknown') return { ...base, ...allUnknown(listed.reason) };
  const spoken = transport === 'quic' ? listed.value.filter((protocol) => protocol === 'TLSv1.3') : listed.value;
  const earlyLevel = levelBeforeName(context, securityLevel);
  const broken = whyNoHandshake(context.defaultTls ?? tls, target);
  if (broken !== undefined)
    return { ...base, ...nothing, refused: spoken.map((protocol) => ({ protocol, reason: broken })) };
  // An old version that passes the first level breaks off at the site's own, where the server signs by the hash that only old
  // versions sign with (tls_choose_sigalg).
  const { openssl } = target;
  const allowed = effectiveProtocols(spoken, { openssl, securityLevel, levelBeforeName: earlyLevel });
  const groups = usableGroups(tls, target, securityLevel, earlyLevel);
  const certificates = certificatesAtLevel(context.certificates, securityLevel, openssl);
  const signing = (protocol: ProtocolVersion) =>
    certificatesThatSign(certificates, tls, protocol, { openssl, securityLevel });
  const older = allowed.offered.filter((protocol) => protocol !== 'TLSv1.3');
  // What signs in TLS 1.2 alone decides about its suites, and what signs in older versions is not limited.
  const signingOlder = older.some((protocol) => protocol !== 'TLSv1.2') ? certificates : signing('TLSv1.2');
  const cipherSuites = olderSuites(tls, { ...context, certificates: signingOlder }, older, groups);
  const tls13CipherSuites = allowed.offered.includes('TLSv1.3') ? newSuites(tls, target, earlyLevel) : known([]);

  // Nobody signs for these.
  const isAnonymous = listOf(cipherSuites)?.some(({ authentication }) => authentication === 'None') === true;
  const refused = [...allowed.refused];
  const offered = allowed.offered.filter((protocol) => {
    const able = signing(protocol);
    const reason =
      certificates.length === 0
        ? `has no certificate that security level ${securityLevel} takes`
        : able.length === 0 && !(protocol === 'TLSv1.2' && isAnonymous)
          ? whyNoneSigns(tls)
          : whyUnusable(protocol, protocol === 'TLSv1.3' ? tls13CipherSuites : cipherSuites, groups, able);
    if (reason === undefined) return true;
    refused.push({ protocol, reason, isSettledOn: true });
    return false;
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

function whyNoneSigns(tls: TlsSettings): string {
  const allowed = allowedSchemes(tls);
  const isLimited = allowed.kind === 'known' && allowed.value !== undefined;
  return `has no certificate whose key can sign ${isLimited ? 'as SignatureAlgorithms wants it' : 'there'}`;
}

const nothing = {
  protocols: known<readonly ProtocolVersion[]>([]),
  refused: [],
  cipherSuites: known<readonly CipherSuite[]>([]),
  tls13CipherSuites: known<readonly CipherSuite[]>([]),
  groups: known<readonly NamedGroup[]>([]),
} as const;

function allUnknown(reason: string): Omit<Offer, 'securityLevel' | 'serverPreference' | 'chachaFirst'> {
  const value = unknown(reason);
  return { protocols: value, refused: [], cipherSuites: value, tls13CipherSuites: value, groups: value };
}

function none<T>(value: Value<readonly T[]>): Value<readonly T[]> {
  return value.kind === 'unknown' ? value : known([]);
}

/** Since when a server chooses the site before OpenSSL settles the protocol, given OpenSSL 1.1.1. */
const siteChosenFirst: Readonly<Partial<Record<Program, Version>>> = { nginx: '1.29.2', apache: '2.4.42' };

/** Older servers learn the name when protocol, TLS 1.3 suite and key share are settled, at the default site's level. */
export function learnsNameLate(server: ServerModel['server'], target: Target): boolean {
  const since = siteChosenFirst[server];
  return since !== undefined && !atLeastVersion(target[server], since);
}

function levelBeforeName({ defaultTls, server, target }: OfferContext, own: number): number {
  return defaultTls === undefined || !learnsNameLate(server, target) ? own : levelOf(defaultTls, target);
}

/** A group, and whether each kind of protocol can use it. */
interface UsableGroup {
  readonly group: NamedGroup;
  readonly older: boolean;
  readonly tls13: boolean;
}

function usableGroups(
  tls: TlsSettings,
  target: Target,
  level: number,
  earlyLevel: number,
): Value<readonly UsableGroup[]> {
  return mapValue(oneValue(tls.groups, 'the groups'), (list) =>
    evaluateGroups(list, { ...target, securityLevel: 0 }).groups.map((group) => ({
      group,
      older: group.tls12 && isGroupAllowedAtLevel(group, level),
      tls13: group.tls13 && isGroupAllowedAtLevel(group, earlyLevel),
    })),
  );
}

function newSuites(tls: TlsSettings, { openssl }: Target, securityLevel: number): Value<readonly CipherSuite[]> {
  const list = oneValue(tls.tls13CipherSuites, 'the TLS 1.3 suites');
  return mapValue(list, (text) => evaluateTls13CipherSuites(text, { openssl, securityLevel }).suites);
}

function olderSuites(
  tls: TlsSettings,
  context: OfferContext,
  protocols: readonly ProtocolVersion[],
  groups: Value<readonly UsableGroup[]>,
): Value<readonly CipherSuite[]> {
  const [minimum] = protocols;
  const maximum = protocols.at(-1);
  if (minimum === undefined || maximum === undefined) return known([]);
  const string = cipherStringOf(tls);
  if (string.kind === 'unknown') return string;
  const result = evaluateCipherString(string.value, { ...context.target, minimum, maximum });
  if (result.systemPolicy) return unknown('the system’s crypto policy decides');
  const curves = listOf(groups)?.some(({ older }) => older) ?? true;
  const listed = [...new Set([...besideTls13(tls, context.target, protocols), ...result.suites])];
  const usable = listed.filter(({ keyExchange }) => keyExchange !== 'ECDH' || curves);
  const { certificates } = context;
  return mapValue(narrowSuites(usable, tls, context.server, context.target, certificates), (suites) =>
    suites.filter((suite) => protocols.some((protocol) => canUse(protocol, suite, certificates))),
  );
}

/** Suites that the list for TLS 1.3 has for older versions; they go before those of the cipher string. */
function besideTls13(tls: TlsSettings, target: Target, protocols: readonly ProtocolVersion[]): readonly CipherSuite[] {
  const list = oneValue(tls.tls13CipherSuites, 'the TLS 1.3 suites');
  const [minimum, maximum] = [protocols[0], protocols.at(-1)];
  if (list.kind === 'unknown' || minimum === undefined || maximum === undefined) return [];
  const { older } = evaluateTls13CipherSuites(list.value, target);
  const level = levelOf(tls, target);
  return older
    .map(({ suite }) => suite)
    .filter((suite) => includesProtocol(suite, minimum, maximum) && isAllowedAtLevel(suite, level, target.openssl));
}

function whyUnusable(
  protocol: ProtocolVersion,
  suites: Value<readonly CipherSuite[]>,
  groups: Value<readonly UsableGroup[]>,
  certificates: OfferContext['certificates'],
): string | undefined {
  if (protocol === 'TLSv1.3' && listOf(groups)?.every(({ tls13 }) => !tls13)) return 'has no group that it can use';
  const list = listOf(suites);
  if (list === undefined || list.some((suite) => protocol === 'TLSv1.3' || canUse(protocol, suite, certificates))) {
    return undefined;
  }
  return 'has no cipher suite that it can use';
}

/** Suites of TLS 1.2 need that version, as Ed25519 and RSA-PSS keys do; the others are for every version up to it. */
function canUse(protocol: ProtocolVersion, suite: CipherSuite, certificates: OfferContext['certificates']): boolean {
  if (protocol === 'TLSv1.2') return suite.encryption !== 'IDEA';
  if (suite.protocol === 'TLSv1.2') return false;
  if (typeof certificates === 'string' || suite.authentication === 'None') return true;
  return authenticationKinds(certificates.filter(signsForOldProtocols)).has(suite.authentication);
}

function usedGroups(
  groups: Value<readonly UsableGroup[]>,
  offered: readonly ProtocolVersion[],
  suites: Value<readonly CipherSuite[]>,
): Value<readonly NamedGroup[]> {
  const newer = offered.includes('TLSv1.3');
  const older = offered.some((protocol) => protocol !== 'TLSv1.3');
  const ephemeral = older && (listOf(suites)?.some(({ keyExchange }) => keyExchange === 'ECDH') ?? true);
  return mapValue(groups, (list) =>
    list.filter((usable) => (newer && usable.tls13) || (ephemeral && usable.older)).map(({ group }) => group),
  );
}
