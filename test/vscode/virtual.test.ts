import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { elsewhere, packElsewhere } from './driver/elsewhere.ts';
import { type Session, startSession } from './driver/session.ts';
import { eventually } from './driver/wait.ts';

const main = `events {}
http {
  include conf.d/*.conf;
  server {
    listen 443 ssl;
    server_name shop.example.com;
    ssl_protocols TLSv1.2;
    ssl_certificate certs/shop.pem;
    ssl_certificate_key certs/shop.key;
  }
}
`;

let session: Session;
before(async () => {
  session = await startSession({
    scheme: elsewhere,
    otherExtensions: [await packElsewhere()],
    files: {
      'nginx.conf': main,
      'conf.d/blog.conf': 'server {\n  listen 8443;\n  server_nam blog.example.com;\n}\n',
      'tls-workbench.yaml': 'lint:\n  rules: { hsts-missing: error }\n',
    },
    prepare: (workspace) =>
      makeCertificates(join(workspace, 'certs'), [
        { name: 'shop', subject: '/CN=shop.example.com', names: 'DNS:other.example.com', days: 60 },
      ]),
  });
  // The file system has no search, so that a file is opened where it is seen.
  const row = session.window.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'nginx.conf' });
  await row.dblclick();
});
after(() => session?.close());

test('a workspace on no disk is analysed with what it includes, its settings and its certificates', async () => {
  const { problems } = session.window;
  await problems.waitFor('Unknown directive "server_nam"');
  await problems.waitFor('certificate-name-mismatch');
  const rows = await problems.rows();
  assert.ok(
    rows.some((row) => /^Error: HSTS is not set/.test(row)),
    rows.join('\n'),
  );
  await problems.close();
});

test('a fix is saved there, and F12 leads to what is included', async () => {
  const { editor, page } = session.window;
  await page.locator('.editor-group-container.active .view-lines').click();
  await editor.goTo(7, 7);
  await editor.applyQuickFix('Offer TLS 1.3 too', page.locator('.tab.active.dirty'));
  await editor.save();
  await eventually(() => assert.match(session.read('nginx.conf'), /ssl_protocols TLSv1\.2 TLSv1\.3;/));
  await editor.goTo(3, 14);
  await editor.pressUntil('F12', page.locator('.monaco-editor.focused[data-uri$="/conf.d/blog.conf"]'));
});

test('certificates are found and looked into', async () => {
  const { trees, webview } = session.window;
  await trees.openContainer('TLS');
  await trees.click('Certificates', 'other.example.com', webview().locator('h1', { hasText: 'shop.pem' }));
  await webview().locator('main', { hasText: 'certs/shop.key' }).waitFor();
});

test('what needs a disk is not offered, and its view says so', async () => {
  const { quickInput, trees } = session.window;
  assert.match(await trees.welcome('Issuance'), /need a folder on a disk/);
  const offered = await quickInput.commands('TLS: ');
  for (const label of ['TLS: Test Configuration', 'TLS: Reload Server', 'TLS: Request Certificate…'])
    assert.ok(!offered.includes(label), offered.join(', '));
  assert.ok(offered.includes('TLS: Inspect Certificate'), offered.join(', '));
});

test('a new key goes to a disk of this machine, not to the path that it would have there', async () => {
  const { quickInput, webview } = session.window;
  // The home of the session.
  const home = dirname(session.workspace);
  await quickInput.runCommand('TLS: Create Key and CSR…');
  await quickInput.waitForTitle('names (1/4)');
  await quickInput.answer('shop.example.com');
  await quickInput.waitForTitle('key (2/4)');
  await quickInput.pick('ECDSA P-256');
  await quickInput.waitForTitle('subject (3/4)');
  await quickInput.answer('');
  await quickInput.waitForTitle('key file (4/4)');
  await quickInput.answerPath('shop.example.com.key', join(home, 'shop.example.com.key'));
  await webview().locator('h1', { hasText: 'shop.example.com.csr' }).waitFor();
  assert.equal(statSync(join(home, 'shop.example.com.key')).mode & 0o777, 0o600);
  assert.ok(!existsSync(join(session.workspace, 'shop.example.com.key')));
});
