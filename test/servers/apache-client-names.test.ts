import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { apache } from '../../src/languages/apache/index.ts';
import { snippet } from '../languages/apache/project.ts';
import { freePort } from '../support/ports.ts';
import { type ApacheRoot, createApacheRoot, mainFileHead, startApache } from './apache-server.ts';
import { openssl } from './certificates-tools.ts';

// Whether a certificate that its owner has signed lets in where one with this name shall.

let root: ApacheRoot;

before(() => {
  root = createApacheRoot();
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'own.key'];
  openssl(root.folder, 'req', '-x509', ...key, '-subj', '/O=Snake Oil/CN=alice', '-days', '9', '-out', 'own.crt');
  // The hash of "password", which FakeBasicAuth has every user say.
  writeFileSync(join(root.folder, 'users'), '/O=Snake Oil/CN=alice:xxj31ZMTZzkVA\n');
});
after(() => root.remove());

const name = `Require expr "%{SSL_CLIENT_S_DN_CN} == 'alice'"`;
const basic = 'AuthType Basic\nAuthName x\nAuthUserFile users\nRequire valid-user';
const at = (...lines: readonly string[]) => `<Location />\n${lines.join('\n')}\n</Location>`;

const configurations: readonly string[] = [
  at(name),
  at(`Require expr %{SSL_CLIENT_S_DN} =~ /CN=alice/`),
  at(`Require expr "%{SSL_CLIENT_S_DN_CN} in {'bob', 'alice'} && %{SSL:SSL_CLIENT_S_DN_O} == 'Snake Oil'"`),
  at(`Require expr "%{SSL_CLIENT_S_DN_CN} == 'bob'"\n${name}`),
  at('SSLRequire %{SSL_CLIENT_S_DN_O} eq "Snake Oil" and %{SSL_CLIENT_S_DN_CN} in {"alice"}'),
  at(`SSLOptions +FakeBasicAuth`, basic),
  `SSLOptions +FakeBasicAuth +StrictRequire\n${at(basic)}`,
  `SSLUserName SSL_CLIENT_S_DN_CN\n${at('Require user alice')}`,
  at('SSLUserName SSL_CLIENT_S_DN_CN', basic),
  at('SSLUserName SSL_CLIENT_VERIFY', 'Require user SUCCESS'),
  at(basic),
  at('<RequireAll>', 'Require ssl-verify-client', name, '</RequireAll>'),
  at(`Require expr "%{SSL_CLIENT_VERIFY} == 'SUCCESS' && %{SSL_CLIENT_S_DN_CN} == 'alice'"`),
  at('SSLRequire %{SSL_CLIENT_S_DN_CN} eq "alice"', 'Require ip 192.0.2.1'),
  ...['all', '192.0.2.1'].map((from) =>
    at('SSLRequire %{SSL_CLIENT_S_DN_CN} eq "alice"', 'Order allow,deny', `Allow from ${from}`),
  ),
  at(name, 'Order allow,deny', 'Allow from 192.0.2.1'),
  `SSLVerifyClient optional\n${at(name)}`,
];

for (const text of configurations) {
  test(`A certificate of one's own: ${text.replaceAll('\n', ' ')}`, { timeout: 30_000 }, async () => {
    const port = await freePort();
    const tls = `SSLCertificateFile tls/site.crt\nSSLCertificateKeyFile tls/site.key\nSSLCACertificateFile tls/rsa.crt`;
    const host = `<VirtualHost *:443>\nServerName example.com\nSSLEngine on\n${tls}\nSSLVerifyClient optional_no_ca\n${text}\n</VirtualHost>`;
    const said = apache.check(snippet(`Listen 443\n${host}\n`, { complete: true })).map(({ rule }) => rule);
    const modules =
      'mpm_event access_compat authz_core authz_host authn_core authn_file authz_user auth_basic dir mime socache_shmcb ssl';
    const head = `${mainFileHead(root.folder, modules)}\nListen 127.0.0.1:${port}\nDocumentRoot ${root.folder}/www`;
    const file = join(root.folder, 'apache2.conf');
    writeFileSync(file, `${head}\n${host.replace(':443', `:${port}`)}\n`);
    const { started, log, stop } = await startApache(file, root.folder);
    try {
      assert.ok(started, log);
      for (const version of ['-tls1_2', '-tls1_3']) {
        const isIn = / 200 OK/.test(await answer(port, version));
        assert.equal(isIn, said.includes('client-certificate-unverified'), version);
      }
    } finally {
      await stop();
    }
  });
}

function answer(port: number, version: string): Promise<string> {
  const own = ['-cert', join(root.folder, 'own.crt'), '-key', join(root.folder, 'own.key')];
  const args = ['s_client', '-connect', `127.0.0.1:${port}`, version, '-ign_eof', ...own];
  return new Promise((resolve) => {
    const child = spawn('openssl', args, { stdio: ['pipe', 'pipe', 'ignore'], timeout: 10_000 });
    let said = '';
    child.stdout.on('data', (data) => (said += data));
    child.on('close', () => resolve(said));
    child.stdin.on('error', () => {});
    child.stdin.end('GET / HTTP/1.0\r\nHost: example.com\r\n\r\n');
  });
}
