import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort, isOpen } from '../../support/ports.ts';

/** What the directory was told, byte by byte. */
export const heardFile = 'heard';

const entries = `dn: dc=example,dc=com
objectClass: dcObject
objectClass: organization
o: Example
dc: example

dn: cn=somebody,dc=example,dc=com
objectClass: person
cn: somebody
sn: somebody
userPassword: secret
`;

const ofSamples = { certificate: 'self-signed.crt', key: 'example.com.key' };

/** A real slapd that knows the password of somebody, with or without TLS on one port. What it shows nobody has signed. */
export async function startDirectory(folder: string, shown = ofSamples) {
  const at = (name: string) => join(folder, name);
  for (const name of ['directory', heardFile]) rmSync(at(name), { recursive: true, force: true });
  mkdirSync(at('directory'));
  writeFileSync(at(heardFile), '');
  writeFileSync(at('entries.ldif'), entries);
  const lines = [
    'include /etc/ldap/schema/core.schema',
    `TLSCertificateFile ${at(shown.certificate)}`,
    `TLSCertificateKeyFile ${at(shown.key)}`,
    'database ldif',
    'suffix "dc=example,dc=com"',
    `directory ${at('directory')}`,
  ];
  writeFileSync(at('slapd.conf'), `${lines.join('\n')}\n`);
  execFileSync('/usr/sbin/slapadd', ['-f', at('slapd.conf'), '-l', at('entries.ldif')]);
  const ports = { plain: await freePort(), tls: await freePort(), both: await freePort() };
  const addresses = `ldap://127.0.0.1:${ports.plain} ldaps://127.0.0.1:${ports.tls}`;
  const slapd = spawn('/usr/sbin/slapd', ['-f', at('slapd.conf'), '-h', addresses, '-d', '0'], { stdio: 'ignore' });
  const sockets = new Set<Socket>();
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.once('data', (first) => {
      // A handshake begins with 22.
      const slapd = connect(first[0] === 22 ? ports.tls : ports.plain, '127.0.0.1');
      sockets.add(slapd);
      const hear = (data: Buffer) => {
        appendFileSync(at(heardFile), data);
        slapd.write(data);
      };
      hear(first);
      socket.on('data', hear);
      slapd.pipe(socket);
      slapd.on('error', () => socket.destroy());
      socket.on('close', () => slapd.destroy());
    });
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((listening) => listener.listen(ports.both, '127.0.0.1', listening));
  for (let round = 0; round < 1000 && !(await isOpen(ports.tls, '127.0.0.1')); round++) await wait(20);
  return {
    port: ports.both,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      slapd.kill('SIGKILL');
      await new Promise((closed) => listener.close(closed));
    },
  };
}
