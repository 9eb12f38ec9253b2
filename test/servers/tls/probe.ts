import { execFile } from 'node:child_process';
import { connect, createSecureContext, type SecureVersion } from 'node:tls';
import { namedGroups } from '../../../src/tls/named-groups.ts';
import type { ProtocolVersion } from '../../../src/tls/protocols.ts';
import { cipherSuites } from '../../../src/tls/suites/cipher-suites.ts';

/** What one handshake agreed on. */
export interface Agreed {
  readonly suite: string;
}

export interface Wish {
  readonly port: number;
  readonly name: string;
  readonly protocol: ProtocolVersion;
  /** OpenSSL names, in the client's order. */
  readonly suites: readonly string[];
  /** IANA names. */
  readonly groups: readonly string[];
}

/** Groups that this Node's own OpenSSL has; handshakes within the process are ten times as fast as a program. */
const ownGroups: ReadonlySet<string> = new Set(
  namedGroups
    .map(({ name }) => name)
    .filter((name) => {
      try {
        createSecureContext({ ecdhCurve: name });
        return true;
      } catch {
        return false;
      }
    }),
);

/** Suites that `openssl ciphers` and Node's OpenSSL both have. */
export const knownSuites: readonly string[] = cipherSuites
  .filter(({ lastOpenssl, protocol }) => lastOpenssl === undefined && protocol !== 'TLSv1.3')
  .map(({ name }) => name);

/** One handshake; undefined where the server refuses it. */
export async function handshake(wish: Wish): Promise<Agreed | undefined> {
  if (wish.suites.length === 0) return undefined;
  const groups = wish.groups.filter((name) => ownGroups.has(name));
  return groups.length > 0 ? withNode({ ...wish, groups }) : withOpenSsl(wish);
}

function withNode({ port, name, protocol, suites, groups }: Wish): Promise<Agreed | undefined> {
  const version = protocol as SecureVersion;
  return new Promise((done) => {
    const socket = connect({
      host: '127.0.0.1',
      port,
      servername: name,
      minVersion: version,
      maxVersion: version,
      ciphers: [...suites, ...(protocol === 'TLSv1.3' ? ['DEFAULT'] : []), '@SECLEVEL=0'].join(':'),
      ecdhCurve: groups.join(':'),
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
    });
    const finish = (agreed: Agreed | undefined) => {
      socket.destroy();
      done(agreed);
    };
    socket.setTimeout(5000, () => finish(undefined));
    socket.once('secureConnect', () => finish({ suite: socket.getCipher().name }));
    socket.once('error', () => finish(undefined));
  });
}

const flags: Readonly<Partial<Record<ProtocolVersion, string>>> = {
  TLSv1: '-tls1',
  'TLSv1.1': '-tls1_1',
  'TLSv1.2': '-tls1_2',
  'TLSv1.3': '-tls1_3',
};

/** The machine's `openssl s_client`, which has every group and suite that its server has. */
export function withOpenSsl(wish: Wish): Promise<(Agreed & { readonly group: string }) | undefined> {
  const { port, name, protocol, suites, groups } = wish;
  const list = suites.join(':');
  const ciphers =
    protocol === 'TLSv1.3' ? ['-ciphersuites', list, '-cipher', 'ALL:@SECLEVEL=0'] : ['-cipher', `${list}:@SECLEVEL=0`];
  const args = ['s_client', '-connect', `127.0.0.1:${port}`, '-servername', name, flags[protocol] ?? '', ...ciphers];
  return new Promise((done) => {
    const child = execFile('openssl', [...args, '-groups', groups.join(':')], { timeout: 10_000 }, (_error, output) => {
      const suite = /Cipher is (\S+)/.exec(output)?.[1];
      const group = /(?:Temp Key|TLS1\.3 group): (.*)/.exec(output)?.[1] ?? '';
      done(suite === undefined || suite === '(NONE)' ? undefined : { suite, group });
    });
    child.stdin?.on('error', () => undefined).end();
  });
}
