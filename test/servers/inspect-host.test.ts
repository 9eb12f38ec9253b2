import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { inspect } from '../../src/cli/inspect.ts';
import { openssl, temporaryFolder } from './certificates-tools.ts';

const folder = temporaryFolder();
const ssl = (...args: readonly string[]) => openssl(folder.path, ...args);
const servers: ReturnType<typeof spawn>[] = [];

const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

before(() => {
  writeFileSync(join(folder.path, 'empty.cnf'), '[req]\ndistinguished_name = dn\n[dn]\n');
  const made = ['req', '-x509', '-config', 'empty.cnf', ...key, '-days', '30'];
  const isCa = ['-addext', 'basicConstraints=critical,CA:TRUE'];
  ssl(...made, '-keyout', 'root.key', '-subj', '/CN=Root', ...isCa, '-out', 'root.pem');
  const below = (issuer: string) => ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`];
  ssl(...made, ...below('root'), ...isCa, '-keyout', 'middle.key', '-subj', '/CN=Middle', '-out', 'middle.pem');
  const end = ['-addext', 'basicConstraints=critical,CA:FALSE', '-addext', 'subjectAltName=DNS:localhost'];
  const feature = ['-addext', 'tlsfeature=status_request'];
  const responder = ['-addext', 'authorityInfoAccess=OCSP;URI:http://127.0.0.1/'];
  for (const [name, more] of [
    ['site', []],
    ['staple', [...feature, ...responder]],
  ] as const) {
    const files = ['-keyout', `${name}.key`, '-subj', '/CN=localhost', '-out', `${name}.pem`];
    ssl(...made, ...below('middle'), ...end, ...more, ...files);
  }
  const serial = ssl('x509', '-in', 'staple.pem', '-noout', '-serial').trim().replace('serial=', '');
  const signer = ['-CA', 'middle.pem', '-rsigner', 'middle.pem', '-rkey', 'middle.key', '-index', 'index.txt'];
  ssl('ocsp', '-issuer', 'middle.pem', '-cert', 'staple.pem', '-reqout', 'request.der');
  for (const [name, entry] of [
    ['good', 'V\t400101000000Z\t'],
    ['revoked', 'R\t400101000000Z\t260101000000Z'],
  ] as const) {
    writeFileSync(join(folder.path, 'index.txt'), `${entry}\t${serial}\tunknown\t/CN=localhost\n`);
    ssl('ocsp', ...signer, '-reqin', 'request.der', '-respout', `${name}.der`, '-ndays', '3');
  }
});

after(async () => {
  for (const server of servers) if (server.exitCode === null && server.kill()) await once(server, 'close');
  folder.remove();
});

async function serve(name: string, ...options: readonly string[]): Promise<string> {
  const shown = ['-cert', `${name}.pem`, '-key', `${name}.key`];
  const server = spawn('openssl', ['s_server', '-accept', '127.0.0.1:0', ...shown, ...options], { cwd: folder.path });
  servers.push(server);
  let said = '';
  for await (const part of server.stdout ?? []) {
    said += String(part);
    const [, port] = /^ACCEPT 127\.0\.0\.1:(\d+)/m.exec(said) ?? [];
    if (port !== undefined) return port;
  }
  throw new Error(`openssl s_server ended: ${said}`);
}

async function ask(...args: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
  let text = '';
  const io = {
    stdout: (more: string) => {
      text += more;
    },
    stderr: () => {},
    readStdin: async () => new Uint8Array(0),
    showsColour: () => false,
    cwd: folder.path,
    env: {},
  };
  return { code: await inspect(args, io), text };
}

test('a server in order: the connection in words, and nothing to do', async () => {
  const port = await serve('site', '-cert_chain', 'middle.pem');
  const { code, text } = await ask('--trust', 'root.pem', `tls://localhost:${port}`);
  assert.equal(code, 0, text);
  assert.match(text, /^ {3}Cipher suite +TLS_AES_256_GCM_SHA384$/m);
  assert.match(text, /^ {3}Trust +this machine does not trust the chain: the certificate of (?:an|its) issuer was /m);
  assert.match(text, /^Chain: complete, in order, trusted by root\.pem\.$/m);
});

test('a server that is asked by a name that its certificate does not have', async () => {
  const port = await serve('site', '-cert_chain', 'middle.pem');
  const { code, text } = await ask(`tls://127.0.0.1:${port}`);
  assert.equal(code, 1, text);
  assert.match(text, /^ {3}error: It is not valid for 127\.0\.0\.1, .* \[certificate-name-mismatch\]$/m);
});

test('a server that sends no intermediate certificate fails, though the same file alone would not', async () => {
  const port = await serve('site');
  const { code, text } = await ask('--fail-on', 'warning', `tls://localhost:${port}`);
  assert.equal(code, 1, text);
  assert.match(text, /^Chain: not complete, in order\.\n {2}The certificate of the issuer, “CN=Middle”, is missing/m);
  assert.equal((await ask('site.pem')).code, 0);
});

test('must-staple: what is stapled is shown and judged, and what is missing too', async () => {
  const silent = await ask(`tls://localhost:${await serve('staple', '-cert_chain', 'middle.pem')}`);
  assert.equal(silent.code, 1);
  assert.match(silent.text, /^ {3}error: It demands a stapled OCSP response .* \[certificate-must-staple\]$/m);
  const port = async (response: string) => serve('staple', '-cert_chain', 'middle.pem', '-status_file', response);
  const good = await ask(`tls://localhost:${await port('good.der')}`);
  assert.equal(good.code, 0, good.text);
  assert.match(good.text, /^3\. OCSP response$/m);
  assert.match(good.text, /^ {5}[0-9A-F]+ {2}good; said for /m);
  const revoked = await ask(`tls://localhost:${await port('revoked.der')}`);
  assert.equal(revoked.code, 1);
  assert.match(revoked.text, /^ {3}error: The certificate [0-9A-F]+ is revoked: .* \[ocsp-response-revoked\]$/m);
});
