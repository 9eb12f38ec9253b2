import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { runInExtensionHost } from './driver/extension-host.ts';
import { type Session, startSession } from './driver/session.ts';

let session: Session;
before(async () => {
  session = await startSession({
    editor: 'newest',
    files: { 'site.conf': 'host {\n    listen 443 ssl;\n    server_name example.com;\n}\n' },
    prepare: (workspace) =>
      makeCertificates(join(workspace, 'certs'), [
        { name: 'example.com', subject: '/CN=example.com', names: 'DNS:example.com', days: 60 },
      ]),
  });
});
after(() => session?.close());

test('in the newest VS Code a mistake is underlined and mended', async () => {
  const { editor, page } = session.window;
  await editor.open('site.conf');
  await editor.waitForSquiggles('error');
  await editor.goTo(1, 2);
  await editor.applyQuickFix('server', page.locator('.view-line', { hasText: 'server {' }));
  await editor.waitForSquiggles('error', 0);
  await session.window.screenshot('newest-editor');
});

test('and a certificate is found and inspected', async () => {
  const { trees } = session.window;
  await trees.openContainer('TLS');
  const heading = session.window.webview().locator('h1', { hasText: 'example.com.pem' });
  await trees.click('Certificates', 'example.com', heading);
  await session.window.screenshot('newest-panel');
});

test('and it has every command', async () => {
  const log = await runInExtensionHost(session, 'test/vscode/host/activation.ts');
  assert.ok(
    log.some((line) => line.startsWith('activated')),
    log.join('\n'),
  );
});
