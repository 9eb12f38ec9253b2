import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { get as getSecure } from 'node:https';
import { join } from 'node:path';
import type { Sample } from '../../rules/support/pages.ts';
import { isOpen, type RunningSample } from './servers.ts';

/** True where the effect that a page promises is seen on the running server. */
export type Probe = (running: RunningSample, sample: Sample) => Promise<boolean>;

/** A usual client that checks certificates cannot connect. */
export const refusesClients: Probe = (running) => fails(running, []);

/** What else a page promises, by rule. */
export const probes: Readonly<Record<string, Probe>> = {
  'acme-challenge-unreachable': async ({ plainPort }) =>
    (await request(plainPort, '/.well-known/acme-challenge/TOKEN')).status !== 200,
  'certificate-intermediate-missing': refusesClients,
  'certificate-name-mismatch': (running, { text }) => fails(running, [], /server_name .* (\S+);/.exec(text)?.[1]),
  'certificate-self-signed': refusesClients,
  'cipher-authentication-mismatch': (running) => fails(running, ['-tls1_2']),
  'cipher-no-forward-secrecy': async (running) => !(await fails(running, ['-tls1_2', '-cipher', 'kRSA'])),
  'cipher-weak': async (running) => !(await fails(running, ['-tls1_2', '-cipher', 'eNULL:@SECLEVEL=0'])),
  'dhe-without-parameters': (running) => fails(running, ['-tls1_2']),
  // A browser's key shares: the server that wants another has the client say hello twice.
  'group-hello-retry': async (running) => {
    const args = [
      's_client',
      '-connect',
      `127.0.0.1:${running.tlsPort}`,
      '-tls1_3',
      '-groups',
      '*X25519:P-384',
      '-msg',
    ];
    return ((await outputOf('openssl', args)).match(/>>> .*ClientHello/g)?.length ?? 0) > 1;
  },
  'group-no-post-quantum': (running) => fails(running, ['-tls1_3', '-groups', 'X25519MLKEM768']),
  'group-post-quantum-only': (running) => fails(running, ['-tls1_3', '-groups', 'X25519:P-256']),
  'hsts-invalid': async (running) =>
    !/^max-age=\d+/.test((await secureHeader(running, 'strict-transport-security')) ?? ''),
  'hsts-lost': async (running) => (await secureHeader(running, 'strict-transport-security')) === undefined,
  'hsts-missing': async (running) => (await secureHeader(running, 'strict-transport-security')) === undefined,
  // The browser insists on HTTPS for the subdomain, where no certificate has its name.
  'hsts-subdomain-plain': async (running, { text }) =>
    text.includes('wiki.example.com') &&
    /includeSubDomains/i.test((await secureHeader(running, 'strict-transport-security')) ?? '') &&
    (await fails(running, [], 'wiki.example.com')),
  // The header names a port of UDP that nobody has taken.
  'http3-not-served': async (running) =>
    /h3=/.test((await secureHeader(running, 'alt-svc')) ?? '') && (await isFreeForUdp(running.tlsPort)),
  'ipv4-missing': async ({ plainPort }) => !(await isOpen(plainPort, '127.0.0.1')) && (await isOpen(plainPort, '::1')),
  'key-in-document-root': async (running, { text }) => {
    const path = /ssl_certificate_key \/srv\/www(\S+);/.exec(text)?.[1];
    return path !== undefined && (await secureRequest(running, path)).status === 200;
  },
  'redirect-loop': async (running) =>
    (await secureHeader(running, 'location'))?.startsWith('https://example.com/') === true,
  'redirect-missing': async ({ plainPort }) => (await request(plainPort, '/')).status === 200,
  'security-header-lost': async (running) => (await secureHeader(running, 'x-frame-options')) === undefined,
  'stapling-no-responder': async (running) => running.log.includes('no OCSP responder URL'),
  'tls13-cipher-default': async (running) =>
    !(await fails(running, ['-tls1_3', '-ciphersuites', 'TLS_AES_128_GCM_SHA256'])),
  'tls13-missing': (running) => fails(running, ['-tls1_3']),
  'upstream-protocol-obsolete': async ({ plainPort }) => (await request(plainPort, '/')).status === 502,
};

/** Whether OpenSSL's own client, with these options, does not get through a handshake or does not trust what it sees. */
async function fails(
  { tlsPort, folder }: RunningSample,
  options: readonly string[],
  name = 'example.com',
): Promise<boolean> {
  const trust = ['-CAfile', join(folder, 'root.crt'), '-verify_return_error', '-verify_hostname', name];
  const target = ['-connect', `127.0.0.1:${tlsPort}`, '-servername', name];
  return (await run('openssl', ['s_client', ...target, ...trust, ...options])) !== 0;
}

function isFreeForUdp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.on('error', () => resolve(false));
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)));
  });
}

function run(program: string, args: readonly string[]): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'ignore'], timeout: 10_000 });
    child.on('exit', resolve);
    child.stdin.end();
  });
}

function outputOf(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'], timeout: 10_000 });
    let output = '';
    child.stdout.on('data', (data: Buffer) => {
      output += data;
    });
    child.on('close', () => resolve(output));
    child.stdin.end();
  });
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

async function secureHeader(running: RunningSample, name: string): Promise<string | undefined> {
  const { headers } = await secureRequest(running, '/');
  return headers[name] as string | undefined;
}

function request(port: number, path: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, headers: { host: 'example.com' }, agent: false as const };
    get(options, (response) => {
      resolve({ status: response.statusCode ?? 0, headers: response.headers });
      response.destroy();
    }).on('error', reject);
  });
}

function secureRequest({ tlsPort: port, folder }: RunningSample, path: string): Promise<Answer> {
  const ca = readFileSync(join(folder, 'root.crt'));
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, ca, servername: 'example.com', headers: { host: 'example.com' } };
    getSecure({ ...options, agent: false }, (response) => {
      resolve({ status: response.statusCode ?? 0, headers: response.headers });
      response.destroy();
    }).on('error', reject);
  });
}
