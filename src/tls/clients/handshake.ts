import type { Version } from '../../text/version.ts';
import type { NamedGroup } from '../named-groups.ts';
import { authenticationKinds, type LeafCertificate, signsForOldProtocols } from '../offer/certificates.ts';
import type { Schemes } from '../offer/signatures.ts';
import { type ProtocolVersion, protocolName, protocolVersions } from '../protocols.ts';
import { smallestRsaBits } from '../security-level.ts';
import { type CipherSuite, cipherSuites } from '../suites/cipher-suites.ts';
import type { Client } from './clients.ts';
import { newerGroup, olderGroup } from './group-choice.ts';
import { canSignFor, takesCurve } from './signatures.ts';

/** A server as one client meets it: what of it is known for sure. */
export interface ServerSide {
  readonly openssl: Version;
  readonly securityLevel: number;
  /** What OpenSSL chooses among, oldest first, though a handshake may then find no suite or group. */
  readonly protocols: readonly ProtocolVersion[];
  /** TLS 1.2 and older, in the server's order. */
  readonly cipherSuites: readonly CipherSuite[];
  readonly tls13CipherSuites: readonly CipherSuite[];
  /** In the server's order, by rank. */
  readonly groups: readonly (readonly NamedGroup[])[];
  readonly order: Order;
  /** The order in TLS 1.3, which is the default site's where the server learns the name late. */
  readonly early: Order;
  readonly certificates: readonly LeafCertificate[];
  /** What it may sign by, where its configuration says so. */
  readonly signatures: Schemes;
  /** Bits of the prime for DHE suites; undefined where that is not known. */
  readonly dhBits: number | undefined;
}

/** Whose order of suites and groups counts. */
export interface Order {
  readonly byServer: boolean;
  /** In the server's order ChaCha20 goes first for clients that put it first themselves. */
  readonly chachaFirst: boolean;
}

/** What becomes of a handshake. */
export type Handshake =
  | {
      readonly kind: 'agreed';
      readonly protocol: ProtocolVersion;
      readonly suite: CipherSuite;
      /** Undefined where nothing but the certificate's key is used, and with DHE up to TLS 1.2. */
      readonly group: NamedGroup | undefined;
      /** The suite with a certificate of another kind, where the server's cannot be seen. */
      readonly otherwise?: CipherSuite;
    }
  /** `reason` is a sentence without its subject, the client: `speaks nothing newer than TLS 1.0`. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** The handshake of one client, as OpenSSL's server goes about it (statem_srvr.c, ssl3_choose_cipher). */
export function shakeHands(client: Client, server: ServerSide): Handshake {
  const protocol = sharedProtocol(client, server.protocols);
  if (typeof protocol === 'object') return protocol;
  return protocol === 'TLSv1.3' ? newer(client, server) : older(client, server, protocol);
}

/** The newest version of both; an older client gets the server's newest that is not newer than its own. */
function sharedProtocol({ protocols }: Client, offered: readonly ProtocolVersion[]): ProtocolVersion | Handshake {
  if (offered.length === 0) return refused('finds no protocol that can be spoken');
  const rank = (protocol: ProtocolVersion) => protocolVersions.indexOf(protocol);
  const oldest = protocols[0] as ProtocolVersion;
  const newest = protocols.at(-1) as ProtocolVersion;
  const chosen = offered.findLast((protocol) => rank(protocol) <= rank(newest));
  if (chosen === undefined) return refused(`speaks nothing newer than ${protocolName(newest)}`);
  return rank(chosen) < rank(oldest) ? refused(`speaks nothing older than ${protocolName(oldest)}`) : chosen;
}

function newer(client: Client, server: ServerSide): Handshake {
  if (signing(client, server, 'TLSv1.3').length === 0) return unverified;
  const suite = firstShared(client, server.tls13CipherSuites, server.early);
  if (suite === undefined) return refused('has no TLS 1.3 suite in common with the server');
  const { groups: ranks, early, openssl } = server;
  const group = newerGroup(client, { ranks: ranksFor(ranks, 'tls13'), byServer: early.byServer, openssl });
  if (group === undefined) return refused('has no group in common with the server');
  return { kind: 'agreed', protocol: 'TLSv1.3', suite, group };
}

function older(client: Client, server: ServerSide, protocol: ProtocolVersion): Handshake {
  const { groups: ranks, order, openssl, certificates } = server;
  const group = olderGroup(client, { ranks: ranksFor(ranks, 'tls12'), byServer: order.byServer, openssl });
  const able = signing(client, server, protocol);
  const ableKinds = authenticationKinds(able);
  // Keys that came with TLS 1.2 count where they can sign; of the others OpenSSL finds out when the suite is chosen.
  const kinds = authenticationKinds(
    certificates.filter((one) => able.includes(one) || (signsForOldProtocols(one) && takesCurve(client, one))),
  );
  const decrypts = certificates.some(({ publicKey }) => publicKey.algorithm === 'RSA');
  const fits = ({ protocol: oldest, keyExchange, authentication }: CipherSuite) => {
    if (oldest === 'TLSv1.2' && protocol !== 'TLSv1.2') return false;
    if (keyExchange === 'ECDH' && group === undefined) return false;
    if (keyExchange === 'RSA') return decrypts;
    return authentication === 'None' || kinds.has(authentication);
  };
  const suite = firstShared(client, server.cipherSuites.filter(fits), order);
  if (suite === undefined) return refused(`has no ${protocolName(protocol)} suite in common with the server`);
  // In TLS 1.2 it wants a scheme even for static RSA, with which nothing is signed (tls_choose_sigalg).
  const signs = protocol === 'TLSv1.2' || suite.keyExchange !== 'RSA';
  if (signs && suite.authentication !== 'None' && !ableKinds.has(suite.authentication)) return unverified;
  if (suite.keyExchange === 'DH')
    return withParameters(client, server, { kind: 'agreed', protocol, suite, group: undefined });
  return { kind: 'agreed', protocol, suite, group: suite.keyExchange === 'ECDH' ? group : undefined };
}

function signing(client: Client, server: ServerSide, protocol: ProtocolVersion) {
  return server.certificates.filter((one) => canSignFor(client, one, protocol, server));
}

/** The server does not learn which Diffie-Hellman primes a client takes: one that is too large or small ends the handshake. */
function withParameters({ dhBits }: Client, server: ServerSide, agreed: Handshake): Handshake {
  const { least = 0, most = Number.POSITIVE_INFINITY } = dhBits;
  const atLeast = server.dhBits ?? smallestRsaBits(server.securityLevel);
  if (atLeast > most) return refused(`takes Diffie-Hellman parameters of at most ${most} bits`);
  if (server.dhBits !== undefined) {
    return server.dhBits < least ? refused(`takes Diffie-Hellman parameters of at least ${least} bits`) : agreed;
  }
  if (atLeast >= least && most === Number.POSITIVE_INFINITY) return agreed;
  return { kind: 'unknown', reason: 'how large the Diffie-Hellman parameters are is not known' };
}

function ranksFor(ranks: ServerSide['groups'], version: 'tls12' | 'tls13'): ServerSide['groups'] {
  return ranks.map((rank) => rank.filter((group) => group[version]));
}

/** The server's first suite that the client has, or the client's first that the server has. */
function firstShared(
  { cipherSuites: theirs }: Client,
  own: readonly CipherSuite[],
  { byServer, chachaFirst }: Order,
): CipherSuite | undefined {
  const shared = own.filter(({ id }) => theirs.includes(id));
  if (!byServer) return shared.sort((a, b) => theirs.indexOf(a.id) - theirs.indexOf(b.id))[0];
  return (chachaFirst && isChacha(theirs[0]) ? shared.find(({ id }) => isChacha(id)) : undefined) ?? shared[0];
}

/** The client's first suite of all counts, whatever version it is for. */
function isChacha(id: number | undefined): boolean {
  return id !== undefined && chachaSuites.has(id);
}

const chachaSuites: ReadonlySet<number> = new Set(
  cipherSuites.filter(({ encryption }) => encryption.startsWith('CHACHA20')).map(({ id }) => id),
);

const unverified = refused('cannot verify signatures by the key of the certificate');

function refused(reason: string): Handshake {
  return { kind: 'refused', reason };
}
