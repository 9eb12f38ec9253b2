import { connect as connectSocket, isIP, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { type ConnectionOptions, connect as connectTls, type SecureVersion, type TLSSocket } from 'node:tls';
import { readHandshake } from './handshake.ts';
import { NetworkError, whyUnreachable } from './http.ts';
import { type StartTls, startTls } from './start-tls.ts';

/** Whom to ask. */
export interface DialTarget {
  readonly host: string;
  readonly port: number;
  /** How the plain connection becomes TLS; undefined: it begins with TLS. */
  readonly startTls: StartTls | undefined;
  /** Name to ask for (SNI), none where it is empty. Default: `host`, where it is a name. */
  readonly serverName?: string;
  /** The only version to offer. Default: all that this program can. */
  readonly protocol?: SecureVersion;
  /** Signature algorithms to offer, as OpenSSL writes them, and so the kinds of certificate. Default: those of this program. */
  readonly signatures?: string;
  /** Protocols to offer by ALPN. Default: those of HTTP, and with STARTTLS none. */
  readonly alpn?: readonly string[];
  /** Milliseconds for everything. Default: 10 000. */
  readonly timeout?: number;
  readonly signal?: AbortSignal | undefined;
}

/** What a server showed in one handshake. */
export interface DialResult {
  /** Address that answered. */
  readonly address: string;
  /** DER of each certificate in the order that the server sent them, the leaf first. */
  readonly chain: readonly Uint8Array[];
  /** False where the order as sent could not be read, and the chain is as OpenSSL arranged it. */
  readonly isAsSent: boolean;
  /** `TLSv1.3`. */
  readonly protocol: string;
  /** IANA name. */
  readonly cipherSuite: string;
  /** `X25519`, `secp256r1`, `X25519MLKEM768`, …; undefined for RSA key exchange. */
  readonly group: string | undefined;
  readonly alpn: string | undefined;
  /** DER of the stapled OCSP response. */
  readonly stapledResponse: Uint8Array | undefined;
  /** Why the chain is not trusted on this machine (`CERT_HAS_EXPIRED`); undefined where it is. */
  readonly trustError: string | undefined;
}

const schemes: Readonly<Record<string, { readonly port: number; readonly startTls: StartTls | undefined }>> = {
  'tls:': { port: 443, startTls: undefined },
  'https:': { port: 443, startTls: undefined },
  'smtp:': { port: 25, startTls: 'smtp' },
  'imap:': { port: 143, startTls: 'imap' },
  'pop3:': { port: 110, startTls: 'pop3' },
  'ldap:': { port: 389, startTls: 'ldap' },
  'postgres:': { port: 5432, startTls: 'postgres' },
  'mysql:': { port: 3306, startTls: 'mysql' },
};

/** `tls://host[:port]`, `smtp://`, `imap://`, `pop3://`, `ldap://`, `postgres://`, `mysql://`; undefined for anything else. */
export function parseDialUrl(text: string): DialTarget | undefined {
  // Node's URL knows no default ports of these schemes, and keeps the brackets of addresses.
  const match = /^([a-z][a-z0-9]*:)\/\/(?:\[([0-9a-f:.]+)\]|([^/:[\]@?#\s]+))(?::(\d{1,5}))?\/?$/i.exec(text);
  const scheme = schemes[match?.[1]?.toLowerCase() ?? ''];
  const host = match?.[2] ?? match?.[3];
  const port = match?.[4] === undefined ? scheme?.port : Number(match[4]);
  if (scheme === undefined || host === undefined || port === undefined || port < 1 || port > 65535) return undefined;
  return { host, port, startTls: scheme.startTls };
}

/** Shakes hands once, verifying nothing: whatever the server shows is the answer. @throws NetworkError */
export async function dial(target: DialTarget): Promise<DialResult> {
  const place = `${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`;
  const limit = target.timeout ?? 10_000;
  const timeout = AbortSignal.timeout(limit);
  const signal = target.signal === undefined ? timeout : AbortSignal.any([target.signal, timeout]);
  let socket: Socket | undefined;
  try {
    socket = await openSocket(target, signal);
    if (target.startTls !== undefined) await startTls(socket, target.startTls, signal);
    return await shakeHands(socket, target, signal);
  } catch (error) {
    if (timeout.aborted)
      throw new NetworkError(
        'timeout',
        place,
        `${place} did not finish a TLS handshake within ${limit / 1000} seconds.`,
      );
    if (signal.aborted) throw new NetworkError('aborted', place, `The connection to ${place} was cancelled.`);
    if (error instanceof NetworkError) throw error;
    const reason = reasonOf(error);
    if (socket === undefined)
      throw new NetworkError('unreachable', place, `${place} cannot be reached: ${whyUnreachable(error) ?? reason}.`, {
        cause: error,
      });
    throw new NetworkError('cut', place, `${place}: no TLS handshake (${reason}).`, { cause: error });
  } finally {
    socket?.destroy();
  }
}

/** Node's message of a failed handshake has lines of OpenSSL's own; `reason` is what they say. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, reason } = error as Error & { readonly code?: string; readonly reason?: string };
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER') return 'what answers there does not speak TLS';
  return reason ?? error.message;
}

function openSocket(target: DialTarget, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectSocket({ host: target.host, port: target.port });
    const stop = (): void => {
      socket.destroy();
      reject(new Error('cancelled'));
    };
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    socket.once('error', (error) => {
      const inner = error instanceof AggregateError ? error.errors[0] : error;
      reject(inner instanceof Error ? inner : error);
    });
    socket.once('connect', () => {
      signal.removeEventListener('abort', stop);
      resolve(socket);
    });
  });
}

function shakeHands(socket: Socket, target: DialTarget, signal: AbortSignal): Promise<DialResult> {
  const received: Buffer[] = [];
  const keyLog: string[] = [];
  let stapled: Uint8Array | undefined;
  return new Promise((resolve, reject) => {
    const tls = connectTls({ ...tlsOptions(target), socket: tapped(socket, received) });
    const stop = (): void => {
      tls.destroy();
      reject(new Error('cancelled'));
    };
    signal.addEventListener('abort', stop, { once: true });
    tls.on('keylog', (line: Buffer) => keyLog.push(line.toString('latin1')));
    tls.on('OCSPResponse', (response: Buffer | null) => {
      stapled = response ?? undefined;
    });
    tls.once('error', reject);
    tls.once('close', () => reject(new Error('the server closed the connection during the handshake')));
    tls.once('secureConnect', () => {
      signal.removeEventListener('abort', stop);
      resolve(describe(tls, socket, Buffer.concat(received), keyLog, stapled));
      tls.destroy();
    });
  });
}

/** Old protocols and weak suites are offered too: what is wrong with a server is what one wants to see. */
function tlsOptions(target: DialTarget): ConnectionOptions & { readonly requestOCSP: true } {
  const { protocol, signatures, alpn = target.startTls === undefined ? ['h2', 'http/1.1'] : [] } = target;
  const name = target.serverName ?? (isIP(target.host) === 0 ? target.host : undefined);
  return {
    ...(name === undefined ? {} : { servername: name }),
    rejectUnauthorized: false,
    requestOCSP: true,
    minVersion: protocol ?? 'TLSv1',
    ...(protocol === undefined ? {} : { maxVersion: protocol }),
    ...(signatures === undefined ? {} : { sigalgs: signatures }),
    // Electron's BoringSSL knows no security levels.
    ...('electron' in process.versions ? {} : { ciphers: 'DEFAULT@SECLEVEL=0' }),
    ...(alpn.length === 0 ? {} : { ALPNProtocols: [...alpn] }),
  };
}

/** Hands the connection on while keeping what the server sent, so that its handshake can be read as it stood. */
function tapped(socket: Socket, received: Buffer[]): Duplex {
  let size = 0;
  const tap = new Duplex({
    read: () => void socket.resume(),
    write: (part: Buffer, encoding, done) => void socket.write(part, encoding, done),
    final: (done) => void socket.end(done),
  });
  socket.on('data', (part: Buffer) => {
    size += part.length;
    if (size <= 1 << 20) received.push(part);
    if (!tap.push(part)) socket.pause();
  });
  socket.on('end', () => tap.push(null));
  socket.on('error', (error) => tap.destroy(error));
  return tap;
}

function describe(
  tls: TLSSocket,
  socket: Socket,
  bytes: Buffer,
  keyLog: readonly string[],
  stapledResponse: Uint8Array | undefined,
): DialResult {
  const protocol = tls.getProtocol() ?? 'unknown';
  const cipher = tls.getCipher();
  const cipherSuite = cipher.standardName ?? cipher.name;
  const seen = readHandshake(bytes, cipherSuite, keyLog);
  return {
    address: socket.remoteAddress ?? '',
    chain: seen.chain ?? arrangedChain(tls),
    isAsSent: seen.chain !== undefined,
    protocol,
    cipherSuite,
    group: seen.group,
    alpn: tls.alpnProtocol === false || tls.alpnProtocol === null ? undefined : tls.alpnProtocol,
    stapledResponse,
    trustError: tls.authorized ? undefined : String(tls.authorizationError),
  };
}

function arrangedChain(tls: TLSSocket): readonly Uint8Array[] {
  const chain: Uint8Array[] = [];
  let current = tls.getPeerX509Certificate();
  while (current !== undefined && chain.length < 20) {
    chain.push(current.raw);
    const next = current.issuerCertificate;
    if (next === undefined || next.raw.equals(current.raw)) break;
    current = next;
  }
  return chain;
}
