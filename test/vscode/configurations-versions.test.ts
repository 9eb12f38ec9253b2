import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { type Session, startSession } from './driver/session.ts';
import { hoverUntil } from './driver/wait.ts';

const nginx = `events {}
http {
  server {
    listen 443 ssl;
    server_name example.com;
    ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;
    ssl_certificate example.com.crt;
    ssl_certificate_key example.com.key;
  }
}
`;
const apache = `Listen 443
<VirtualHost *:443>
  ServerName example.com
  SSLEngine on
  SSLProtocol all -SSLv3
  SSLCertificateFile example.com.crt
  SSLCertificateKeyFile example.com.key
</VirtualHost>
`;

let session: Session;
before(async () => {
  session = await startSession({ files: { 'nginx.conf': nginx, 'apache2.conf': apache } });
});
after(() => session?.close());

test('where nobody states versions, nginx itself is asked', async () => {
  const { editor, problems, page } = session.window;
  await editor.open('nginx.conf');
  await problems.waitFor('(nginx -V)');
  const version = /nginx\/(\S+)/.exec(spawnSync('/usr/sbin/nginx', ['-V'], { encoding: 'utf8' }).stderr)?.[1];
  await hoverUntil(
    page.locator('#status\\.languageStatus'),
    page.locator('.monaco-hover:visible', { hasText: `nginx ${version} · OpenSSL` }),
  );
  await session.window.screenshot('target-status');
});

test('and Apache with the OpenSSL of the system', async () => {
  const { editor, problems } = session.window;
  await editor.open('apache2.conf');
  await problems.waitFor('(apache2 -v, openssl version)');
  assert.match(execFileSync('/usr/sbin/apache2', ['-v'], { encoding: 'utf8' }), /^Server version: Apache/);
});

test('a setting leaves the programs alone', async () => {
  const { problems } = session.window;
  session.write('.vscode/settings.json', JSON.stringify({ 'tlsWorkbench.detectVersions': false }));
  await problems.waitFor('(assumed: Debian 13)');
  session.write('.vscode/settings.json', '{}');
  await problems.waitFor('(apache2 -v, openssl version)');
});
