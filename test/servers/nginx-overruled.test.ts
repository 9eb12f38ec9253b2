import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { freePort } from '../support/ports.ts';
import { startAnswering } from './nginx/answering.ts';

const folder = mkdtempSync(join(tmpdir(), 'nginx-overruled-'));

before(() => {
  mkdirSync(join(folder, 'logs'));
  const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', 'key.pem'];
  execFileSync('openssl', ['req', '-x509', '-subj', '/CN=b.test', '-days', '9', '-out', 'cert.pem', ...key], {
    cwd: folder,
    stdio: 'ignore',
  });
  for (const name of ['one.ticket', 'other.ticket']) writeFileSync(join(folder, name), randomBytes(80));
});

after(() => rmSync(folder, { recursive: true, force: true }));

/** Two ways to set something, with what shows in the client's view of a handshake which of them is in force. */
type Setting = readonly [one: string, other: string, version: string, shown: RegExp];

const lifetime = /lifetime hint: \d+/;
const ticketName = /0000 - ((?:[\da-f]{2}[ -]){16})/;
const suite = /Cipher is \S+/;
const strong = 'ssl_prefer_server_ciphers on; ssl_ciphers ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256;';

/** What the default site of an address decides for the others. */
const ofDefaultSite: readonly Setting[] = [
  ['ssl_session_timeout 100s;', 'ssl_session_timeout 200s;', '-tls1_2', lifetime],
  ['ssl_session_timeout 100s;', 'ssl_session_timeout 200s;', '-tls1_3', lifetime],
  ['ssl_session_ticket_key one.ticket;', 'ssl_session_ticket_key other.ticket;', '-tls1_2', ticketName],
  ['ssl_session_ticket_key one.ticket;', 'ssl_session_ticket_key other.ticket;', '-tls1_3', ticketName],
  ['ssl_early_data on;', 'ssl_early_data off;', '-tls1_3', /Max Early Data: \d+/],
  ['ssl_conf_command Ciphersuites TLS_AES_128_GCM_SHA256;', '', '-tls1_3', suite],
  ['ssl_ecdh_curve prime256v1;', 'ssl_ecdh_curve X25519;', '-tls1_3', /Temp Key: \S+/],
];

/** What each site decides itself. */
const ofSite: readonly Setting[] = [
  ['ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256;', 'ssl_ciphers ECDHE-RSA-AES256-GCM-SHA384;', '-tls1_2', suite],
  [strong, strong.replace(' on;', ' off;'), '-tls1_2', suite],
];

async function shown(first: string, second: string, version: string, what: RegExp): Promise<string | undefined> {
  let output = '';
  await running(first, second, async (port) => {
    output = await handshake(port, version);
  });
  const found = what.exec(output);
  return found?.[1] ?? found?.[0];
}

/** @param ask rejects while nothing answers */
async function running(first: string, second: string, ask: (port: number) => Promise<void>): Promise<void> {
  const port = await freePort();
  const server = (name: string, says: string) =>
    `server { listen 127.0.0.1:${port} ssl; server_name ${name}; ${says} return 200; }`;
  const file = join(folder, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; pid ${folder}/pid; error_log stderr emerg; events { worker_connections 64; }
http { access_log off; ssl_certificate ${folder}/cert.pem; ssl_certificate_key ${folder}/key.pem;
${server('a.test', first)} ${server('b.test', second)} }\n`,
  );
  const stop = await startAnswering(folder, file, () => ask(port));
  await stop();
}

/** What OpenSSL's client says of a handshake with b.test and a request, after which tickets of TLS 1.3 are there. */
function handshake(port: number, ...options: readonly string[]): Promise<string> {
  const args = ['s_client', '-connect', `127.0.0.1:${port}`, '-servername', 'b.test', '-ign_eof', ...options];
  const ciphers = ['-cipher', 'ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384'];
  return new Promise((resolve, reject) => {
    const child = execFile('openssl', [...args, ...ciphers], { timeout: 10_000 }, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
    child.stdin?.on('error', () => {});
    child.stdin?.end('GET / HTTP/1.0\r\nHost: b.test\r\n\r\n');
  });
}

for (const [settings, decides] of [
  [ofDefaultSite, 'the default site'],
  [ofSite, 'the site itself'],
] as const) {
  for (const [one, other, version, what] of settings) {
    test(`${decides} decides: ${one} or ${other} (${version})`, { timeout: 60_000 }, async () => {
      const [ofOne, ofOther] = [await shown(one, one, version, what), await shown(other, other, version, what)];
      assert.notEqual(ofOne, ofOther);
      assert.equal(await shown(one, other, version, what), decides === 'the default site' ? ofOne : ofOther);
      assert.equal(await shown(other, one, version, what), decides === 'the default site' ? ofOther : ofOne);
    });
  }
}

test('a site that chooses another suite when the handshake starts over refuses its clients', {
  timeout: 60_000,
}, async () => {
  const suites = ['-ciphersuites', 'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384', '-groups', '*X25519:P-384'];
  const own = 'ssl_prefer_server_ciphers on;';
  for (const [first, second, connects] of [
    ['', '', true],
    ['', own, false],
    [own, '', false],
    [own, own, true],
    ['ssl_reject_handshake on;', own, false],
  ] as const) {
    const lists = 'ssl_ecdh_curve secp384r1;';
    let connected: boolean | undefined;
    await running(`${lists} ${first}`, `${lists} ${second}`, async (port) => {
      await handshake(port, '-tls1_2');
      connected = await handshake(port, '-tls1_3', ...suites).then(
        () => true,
        () => false,
      );
    });
    assert.equal(connected, connects, `${first} | ${second}`);
  }
});
