import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { type Session, startSession } from './driver/session.ts';

let session: Session;
before(async () => {
  session = await startSession({
    files: { 'nginx.conf': 'events {}\nhttp {\n  server {\n    listen 80;\n    bogus x;\n  }\n}\n' },
    prepare: (workspace) =>
      makeCertificates(join(workspace, 'certs'), [
        { name: 'example.com', subject: '/CN=example.com', names: 'DNS:example.com', days: 60 },
      ]),
  });
});
after(() => session?.close());

test('where extensions are started anew, a panel that nobody answers any more says what to do', async () => {
  const { trees, webview, editor } = session.window;
  await trees.openContainer('TLS');
  await trees.click('Certificates', 'example.com', webview().locator('h1', { hasText: 'example.com.pem' }));
  const said = webview().locator('#announcer');
  const copy = webview().getByRole('button', { name: 'Copy SHA-256' });
  await copy.click();
  await said.filter({ hasText: 'SHA-256 copied.' }).waitFor();

  session.server.endExtensionHosts();
  await said.filter({ hasText: /^$/ }).waitFor({ state: 'attached' });
  await copy.click();
  await said.filter({ hasText: 'Close this tab and open the certificate again.' }).waitFor();
  await session.window.screenshot('panel-without-answer');

  await editor.press('Control+w');
  await trees.click('Certificates', 'example.com', webview().locator('h1', { hasText: 'example.com.pem' }));
  await copy.click();
  await said.filter({ hasText: 'SHA-256 copied.' }).waitFor();
});

test('and findings are there again, of what is typed too', async () => {
  const { editor } = session.window;
  await editor.open('nginx.conf');
  await editor.waitForSquiggles('error', 1);
  await editor.goTo(5, 1);
  await editor.type('    bogus y;\n');
  await editor.waitForSquiggles('error', 2);
});
