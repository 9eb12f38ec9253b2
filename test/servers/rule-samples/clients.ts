import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { get as getSecure } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { statusesOver } from '../../support/reused-connection.ts';
import type { RunningSample } from './servers.ts';

/** Whether OpenSSL's own client, with these options, does not get through a handshake or does not trust what it sees. */
export async function fails(running: RunningSample, options: readonly string[], name = 'example.com') {
  const trust = ['-CAfile', join(running.folder, 'root.crt'), '-verify_return_error', '-verify_hostname', name];
  return (await handshake(running, [...trust, ...options], name)).code !== 0;
}

export async function connects(running: RunningSample, options: readonly string[], name?: string): Promise<boolean> {
  return !(await fails(running, options, name));
}

/** What OpenSSL's client says about one handshake; certificates are not checked unless the options ask for it. */
export function handshake(
  { tlsPort }: RunningSample,
  options: readonly string[],
  name = 'example.com',
  request = '',
): Promise<{ readonly code: number | null; readonly output: string }> {
  const args = ['s_client', '-connect', `127.0.0.1:${tlsPort}`, '-servername', name, ...options];
  return new Promise((resolve) => {
    const child = spawn('openssl', args, { stdio: ['pipe', 'pipe', 'pipe'], timeout: 10_000 });
    let output = '';
    const collect = (data: Buffer) => {
      output += data;
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('close', (code) => resolve({ code, output }));
    child.stdin.on('error', () => {});
    child.stdin.end(request);
  });
}

/** What an IMAP server says to a password that comes before TLS. */
export function logIn({ plainPort: port }: RunningSample): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 5_000 });
    let said = '';
    const end = () => resolve(said);
    socket.on('data', (data) => {
      if (said === '') socket.write('a LOGIN somebody secret\r\n');
      else socket.end();
      said += data;
    });
    for (const event of ['end', 'close', 'timeout', 'error']) socket.on(event, end);
  });
}

export function isFreeForUdp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.on('error', () => resolve(false));
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)));
  });
}

export interface Answer {
  /** 0 where no answer came. */
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
}

export function request({ plainPort: port }: RunningSample, path = '/', auth?: string): Promise<Answer> {
  return answerOf((done) =>
    get({ host: '127.0.0.1', port, path, auth, headers: { host: 'example.com' }, agent: false }, done),
  );
}

export function secureRequest(running: RunningSample, path = '/', name = 'example.com'): Promise<Answer> {
  const { tlsPort: port, folder } = running;
  const ca = readFileSync(join(folder, 'root.crt'));
  const options = { host: '127.0.0.1', port, path, ca, servername: name, headers: { host: name }, agent: false };
  return answerOf((done) => getSecure({ ...options, agent: false as const }, done));
}

/** Status of a request for one host over an HTTP/2 connection to another; 0 where none came. Certificates are checked. */
export async function reusedConnection({ tlsPort, folder }: RunningSample, opener: string, host: string) {
  const [status] = await statusesOver(tlsPort, opener, [host], { ca: readFileSync(join(folder, 'root.crt')) });
  return status;
}

export async function secureHeader(running: RunningSample, header: string, name?: string): Promise<string | undefined> {
  return (await secureRequest(running, '/', name)).headers[header] as string | undefined;
}

function answerOf(send: (done: (response: IncomingMessage) => void) => ReturnType<typeof get>): Promise<Answer> {
  return new Promise((resolve) => {
    send((response) => {
      resolve({ status: response.statusCode ?? 0, headers: response.headers });
      response.destroy();
    }).on('error', () => resolve({ status: 0, headers: {} }));
  });
}
