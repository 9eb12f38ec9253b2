import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createSecureContext, createServer, type TLSSocket } from 'node:tls';
import { startApplication } from './application.ts';
import { startDirectory } from './directory.ts';

/** What the server shows that samples pass requests on to. */
export type Backend =
  | 'two intermediates'
  | 'another name'
  | 'another name without SNI'
  | 'a certificate of nobody'
  | 'a directory'
  | 'an application';

/** The backend that a rule's page speaks of. */
export const backends: Readonly<Record<string, Backend>> = {
  'forwarded-scheme-wrong': 'an application',
  'ldap-plain': 'a directory',
  'ldap-unverified': 'a directory',
  'proxy-engine-lost': 'two intermediates',
  'proxy-engine-off': 'two intermediates',
  'upstream-depth': 'two intermediates',
  'upstream-name-missing': 'another name without SNI',
  'upstream-name-unverified': 'another name',
  'upstream-session-unverified': 'two intermediates',
  'upstream-trust-missing': 'two intermediates',
  'upstream-revocation-unused': 'a certificate of nobody',
  'upstream-unverified': 'a certificate of nobody',
};

const certificates: Readonly<Record<Exclude<Backend, 'a directory' | 'an application'>, string>> = {
  'two intermediates': 'backend',
  'another name': 'example.com',
  'another name without SNI': 'example.com',
  'a certificate of nobody': 'self-signed',
};

/** Answers every request over TLS, on a loopback port, or is a directory or an application. */
export async function startBackend(backend: Backend, folder: string) {
  if (backend === 'a directory') return startDirectory(folder);
  if (backend === 'an application') return startApplication();
  const identity = (name: string) => ({
    cert: readFileSync(join(folder, `${name}.crt`)),
    key: readFileSync(join(folder, 'example.com.key')),
  });
  const sockets = new Set<TLSSocket>();
  const server = createServer({
    ...identity(certificates[backend]),
    SNICallback: (name, answer) => {
      const wanted = backend === 'another name without SNI' && name === 'backend.example.net';
      answer(null, wanted ? createSecureContext(identity('backend')) : undefined);
    },
  });
  server.on('secureConnection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}
