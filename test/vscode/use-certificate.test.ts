import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Session, startSession } from './driver/session.ts';
import { clickUntilGone, eventually } from './driver/wait.ts';

const nginx = `events {}
http {
    server {
        listen 80;
        server_name app.test;
    }
    server {
        listen 443 ssl;
        server_name other.test;
    }
    server {
        listen 443 ssl;
        server_name app.test;
    }
}
`;
const apache = `Listen 443
<VirtualHost *:443>
    ServerName app.test
    SSLEngine on
    SSLCertificateFile old.pem
    SSLCertificateKeyFile old.key
</VirtualHost>
`;

let session: Session;
before(async () => {
  session = await startSession({ files: { 'nginx/nginx.conf': nginx, 'apache/apache2.conf': apache } });
});
after(() => session?.close());

test('where nothing is planned nothing is due, and the next step is told', async () => {
  const { quickInput, notifications } = session.window;
  await quickInput.runCommand('TLS: Renew All Due Certificates');
  await notifications.waitFor('No certificate is planned yet. Run TLS: Request Certificate');
});

test('a certificate that was issued is named in a server after a look at the change', async () => {
  const { editor, quickInput, notifications, page } = session.window;
  await quickInput.runCommand('TLS: Request Certificate');
  await quickInput.waitForTitle('names');
  await quickInput.pick('app.test');
  await quickInput.waitForTitle('issuer');
  await quickInput.pick('local');
  await notifications.press('The certificate for app.test is in', 'Use in a Server…');
  await quickInput.waitForTitle('Use the certificate of app.test');
  const servers = ['Server app.test', 'Virtual host app.test (*:443)', 'Server other.test'];
  await eventually(async () => assert.deepEqual(await quickInput.rows(), servers));
  assert.match(await quickInput.text(), /none of its names \(other\.test\)/);
  await session.window.screenshot('use-certificate');
  await quickInput.pick('Server app.test');
  await page.locator('.panel .monaco-list-row', { hasText: 'ssl_certificate_key' }).first().waitFor();
  await session.window.screenshot('use-certificate-preview');
  await clickUntilGone(page.getByRole('button', { name: 'Apply' }));
  await notifications.waitFor('Server app.test names');
  // The changed server is shown, so that one key takes the change back or saves it.
  await page.locator('.tab.active', { hasText: 'nginx.conf' }).waitFor();
  await page.locator('.view-line', { hasText: 'ssl_certificate_key' }).waitFor();
  await session.window.screenshot('use-certificate-done');
  await editor.save();
  await eventually(() =>
    assert.match(
      session.read('nginx/nginx.conf'),
      /server_name app\.test;\n +ssl_certificate \S*\/tls\/app\.test\.fullchain\.pem;\n +ssl_certificate_key \S*\/tls\/app\.test\.key;\n +\}\n\}\n$/,
    ),
  );
});

test('any certificate of the workspace is named in a virtual host of Apache, in the place of the old one', async () => {
  const { editor, quickInput, page } = session.window;
  await quickInput.runCommand('View: Close All Editors');
  await quickInput.runCommand('TLS: Use Certificate in a Server');
  await quickInput.pick('app.test');
  await quickInput.waitForTitle('Use the certificate of app.test');
  await quickInput.pick('Virtual host app.test');
  await page.locator('.panel .monaco-list-row', { hasText: 'SSLCertificateFile' }).first().waitFor();
  await clickUntilGone(page.getByRole('button', { name: 'Apply' }));
  await page.locator('.view-line', { hasText: 'app.test.key' }).waitFor();
  await editor.save();
  await eventually(() => {
    const text = session.read('apache/apache2.conf');
    assert.match(
      text,
      /SSLCertificateFile \S*\/tls\/app\.test\.fullchain\.pem\n +SSLCertificateKeyFile \S*\/tls\/app\.test\.key\n/,
    );
    assert.doesNotMatch(text, /old/);
  });
});

test('Inspect Certificate offers those of the workspace, and any other file', async () => {
  const { quickInput } = session.window;
  await quickInput.runCommand('View: Close All Editors');
  await quickInput.runCommand('TLS: Inspect Certificate');
  await quickInput.waitForTitle('Inspect certificate');
  await eventually(async () =>
    assert.deepEqual(
      (await quickInput.rows()).map((row) => row.trim()),
      ['app.test', 'Choose a File…'],
    ),
  );
  await quickInput.pick('app.test');
  await session.window.webview().locator('h1', { hasText: 'app.test.fullchain.pem' }).waitFor();
});
