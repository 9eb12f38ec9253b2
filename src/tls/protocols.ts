import { atLeastVersion, type Version } from '../text/version.ts';

/** Protocol versions, oldest first, as OpenSSL, nginx and Apache spell them. */
export const protocolVersions = ['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;
export type ProtocolVersion = (typeof protocolVersions)[number];

export interface RefusedProtocol {
  readonly protocol: ProtocolVersion;
  /** Sentence without its subject: `needs security level 0 since OpenSSL 3.0`. */
  readonly reason: string;
  /** A client that speaks it gets no older one instead: OpenSSL settles the version before it finds that nothing fits. */
  readonly isSettledOn?: true;
}

export interface EffectiveProtocols {
  /** Protocols that handshakes can use, oldest first. */
  readonly offered: readonly ProtocolVersion[];
  /** Listed, yet refused by the library. */
  readonly refused: readonly RefusedProtocol[];
}

export interface ProtocolContext {
  readonly openssl: Version;
  readonly securityLevel: number;
  /** The level at which the version is settled, where the server learns later which site is meant. */
  readonly levelBeforeName?: number;
}

/** What OpenSSL makes of a list of protocols (SSL_CTX_set_security_level(3), and what stock builds leave out). */
export function effectiveProtocols(
  listed: readonly ProtocolVersion[],
  { openssl, securityLevel, levelBeforeName = securityLevel }: ProtocolContext,
): EffectiveProtocols {
  const offered: ProtocolVersion[] = [];
  const refused: RefusedProtocol[] = [];
  for (const protocol of protocolVersions) {
    if (!listed.includes(protocol)) continue;
    const reason =
      whyRefused(protocol, openssl, securityLevel) ?? whyNotTaken(protocol, openssl, levelBeforeName, '3.1');
    if (reason === undefined) offered.push(protocol);
    else refused.push({ protocol, reason });
  }
  return { offered, refused };
}

/** Protocols that are missing between the oldest and the newest of a list: clients of those versions cannot connect. */
export function protocolGaps(protocols: readonly ProtocolVersion[]): readonly ProtocolVersion[] {
  const indexes = protocols.map((protocol) => protocolVersions.indexOf(protocol));
  const oldest = Math.min(...indexes);
  const newest = Math.max(...indexes);
  return protocolVersions.filter((_, index) => index > oldest && index < newest && !indexes.includes(index));
}

/** True for what RFC 8996 (TLS 1.0, 1.1), RFC 7568 (SSL 3.0) and RFC 6176 (SSL 2.0) forbid. */
export function isObsoleteProtocol(protocol: ProtocolVersion): boolean {
  return protocol !== 'TLSv1.2' && protocol !== 'TLSv1.3';
}

/** `TLS 1.2` of `TLSv1.2`, as prose has it. */
export function protocolName(protocol: ProtocolVersion): string {
  const number = protocol.slice(4);
  return `${protocol.slice(0, 3)} ${number.includes('.') ? number : `${number}.0`}`;
}

/** True where a suite whose oldest protocol is `suite.protocol` can be used by some protocol of the range. */
export function includesProtocol(
  suite: { readonly protocol: ProtocolVersion },
  minimum: ProtocolVersion,
  maximum: ProtocolVersion,
): boolean {
  const rank = (protocol: ProtocolVersion) => protocolVersions.indexOf(protocol);
  if (suite.protocol === 'TLSv1.3') return maximum === 'TLSv1.3';
  return rank(suite.protocol) <= rank(maximum) && minimum !== 'TLSv1.3';
}

/** Protocols that OpenSSL takes a ClientHello of, oldest first; with 3.0 it breaks off later, where it is to sign by SHA-1. */
export function takenProtocols(listed: readonly ProtocolVersion[], { openssl, securityLevel }: ProtocolContext) {
  return protocolVersions.filter(
    (protocol) => listed.includes(protocol) && whyNotTaken(protocol, openssl, securityLevel, '3.1') === undefined,
  );
}

function whyRefused(protocol: ProtocolVersion, openssl: Version, securityLevel: number): string | undefined {
  return whyNotTaken(protocol, openssl, securityLevel, '3.0');
}

/** @param onlyAtNone the version of OpenSSL since which TLS 1.0 and 1.1 need level 0 (NEWS: 3.0 in effect, 3.1 from the start) */
function whyNotTaken(
  protocol: ProtocolVersion,
  openssl: Version,
  securityLevel: number,
  onlyAtNone: Version,
): string | undefined {
  switch (protocol) {
    case 'SSLv2':
      return atLeastVersion(openssl, '1.1.0') ? 'is gone since OpenSSL 1.1.0' : 'is left out of most builds of OpenSSL';
    case 'SSLv3':
      return atLeastVersion(openssl, '1.1.0') ? 'is left out of stock builds of OpenSSL since 1.1.0' : undefined;
    case 'TLSv1':
    case 'TLSv1.1': {
      if (atLeastVersion(openssl, onlyAtNone)) {
        return securityLevel > 0 ? 'needs security level 0 since OpenSSL 3.0' : undefined;
      }
      const highest = protocol === 'TLSv1' ? 2 : 3;
      return securityLevel > highest ? `needs security level ${highest} or lower` : undefined;
    }
    case 'TLSv1.2':
      return undefined;
    case 'TLSv1.3':
      return atLeastVersion(openssl, '1.1.1') ? undefined : 'needs OpenSSL 1.1.1';
  }
}
