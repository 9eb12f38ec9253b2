import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Session, startSession } from './driver/session.ts';
import { clickUntilGone, eventually, hoverUntil } from './driver/wait.ts';

const nginx = `events {}
http {
    server {
        listen 443 ssl http2;
        server_name example.com;
        ssl_certificate example.com.pem;
        ssl_certificate_key example.com.key;
    }
}
`;
const apache = `Listen 443
<VirtualHost *:443>
    ServerName example.com
    SSLEngine on
    SSLProtocol all -SSLv3
    SSLCertificateFile example.com.pem
    SSLCertificateKeyFile example.com.key
</VirtualHost>
`;

const suites = nginx.replace('http2;', ';').replace('    }\n', '        ssl_ciphers HIGH:!aNULL;\n    }\n');

let session: Session;
before(async () => {
  session = await startSession({
    files: { 'nginx.conf': nginx, 'apache2.conf': apache, 'suites.nginx.conf': suites },
    settings: { 'tlsWorkbench.target': { debian: '11' } },
  });
});
after(() => session?.close());

test('a configuration is migrated to other versions after a look at it, and judged by them from then on', async () => {
  const { editor, quickInput, notifications, page } = session.window;
  await editor.open('nginx.conf');
  await editor.lenses();
  await editor.waitForSquiggles('warning');
  const counted = await page.locator('#status\\.problems').innerText();
  await quickInput.runCommand('TLS: Migrate to Version…');
  await quickInput.waitForTitle('Migrate from nginx 1.18.0');
  await quickInput.pick('Debian 13');
  await page.locator('.panel .monaco-list-row', { hasText: 'http2 on;' }).waitFor();
  await session.window.screenshot('migration-preview');
  const boxes = page.locator('.panel .monaco-list-row input[type="checkbox"]');
  assert.ok((await boxes.count()) > 0);
  assert.equal(await page.locator('.panel .monaco-list-row input[type="checkbox"]:not(:checked)').count(), 0);
  await page.waitForTimeout(1_000);
  assert.equal(await page.locator('#status\\.problems').innerText(), counted, 'what is previewed is not judged');
  await clickUntilGone(page.getByRole('button', { name: 'Apply' }));
  await page.locator('.view-line', { hasText: 'listen 443 ssl;' }).waitFor();
  await page.locator('.view-line', { hasText: 'http2 on;' }).waitFor();
  await notifications.press('is written for nginx 1.26.3', 'Judge by Debian 13');
  await hoverUntil(
    page.locator('#status\\.languageStatus'),
    page.locator('.monaco-hover:visible', { hasText: 'nginx 1.26.3' }),
  );
  await eventually(() => {
    assert.deepEqual(JSON.parse(session.read('.vscode/settings.json')), { 'tlsWorkbench.target': { debian: '13' } });
  });
  await page.mouse.move(0, 0);
});

test('what no fix mends is named with its place', async () => {
  const { editor, quickInput, notifications } = session.window;
  await editor.open('nginx.conf');
  await editor.replaceAll('events {}\nhttp { server { listen 80; ssl_reject_handshake on; } }\n');
  await quickInput.runCommand('TLS: Migrate to Version…');
  await quickInput.waitForTitle('Migrate from nginx');
  await quickInput.pick('Debian 10');
  await notifications.waitFor('would not start with it: nginx.conf:2');
});

test('what a mended mistake has hidden is named', async () => {
  const { editor, quickInput, notifications, page } = session.window;
  await editor.replaceAll(
    'events {}\nhttp { server { listen 443 ssl; ssl_certificate a.pem; ssl_certificate_key a.key;\n  ssl_ecdh_curve X25519MLKEM768:SecP256r1MLKEM768:prime257v1:X25519; } }\n',
  );
  await quickInput.runCommand('TLS: Migrate to Version…');
  await quickInput.waitForTitle('Migrate from nginx');
  await quickInput.pick('Debian 10');
  await page.locator('.panel .monaco-list-row', { hasText: 'ssl_ecdh_curve' }).first().waitFor();
  await clickUntilGone(page.getByRole('button', { name: 'Apply' }));
  await notifications.waitFor('which still would not start with it: nginx.conf:3 OpenSSL 1.1.1');
});

test('a profile is applied to an Apache virtual host', async () => {
  const { editor, quickInput, page } = session.window;
  await editor.open('apache2.conf');
  await editor.lenses();
  await editor.goTo(5, 5);
  await quickInput.runCommand('TLS: Apply Profile');
  await quickInput.pick('intermediate');
  await page.locator('.panel .monaco-list-row', { hasText: 'SSLProtocol' }).first().waitFor();
  await session.window.screenshot('profile-apache');
  await clickUntilGone(page.getByRole('button', { name: 'Apply' }));
  const text = await editor.visibleText(/SSLProtocol -all \+TLSv1\.2 \+TLSv1\.3/);
  assert.match(text, /SSLCipherSuite/);
});

test('one key takes a whole profile back, and one brings it again', async () => {
  const { editor, page } = session.window;
  await editor.goTo(1, 1);
  await editor.press('Control+Z');
  const before = await editor.visibleText(/SSLProtocol all -SSLv3/);
  assert.doesNotMatch(before, /SSLCipherSuite/);
  await page.locator('.tab.active:not(.dirty)').waitFor();
  await editor.press('Control+Y');
  assert.match(await editor.visibleText(/SSLProtocol -all/), /SSLCipherSuite/);
  await editor.press('Control+Z');
  await editor.visibleText(/SSLProtocol all -SSLv3/);
});

test('a fix that mends several findings stands in the menu once', async () => {
  const { editor } = session.window;
  await editor.open('suites.nginx.conf');
  await editor.waitForSquiggles('warning');
  await editor.goTo(8, 22);
  const titles = await editor.openQuickFixes();
  await session.window.screenshot('fixes-once');
  await editor.closeMenu();
  assert.equal(titles.filter((title) => title.includes('Use the cipher suites of')).length, 1, titles.join('\n'));
  assert.match(titles.find((title) => title.includes('Use the cipher suites of')) ?? '', /known clients? fewer: /);
  assert.ok(titles.filter((title) => title.startsWith('Silence')).length > 1, titles.join('\n'));
});

test('a profile whose lines take the place of others is applied to a server that is the only one without asking', async () => {
  const { editor, quickInput, page } = session.window;
  await editor.open('suites.nginx.conf');
  await editor.goTo(1, 1);
  await quickInput.runCommand('TLS: Apply Profile');
  await quickInput.waitForTitle('Apply profile to server example.com');
  await quickInput.pick('modern');
  await page.locator('.panel .monaco-list-row', { hasText: 'ssl_ciphers' }).first().waitFor();
  await clickUntilGone(page.getByRole('button', { name: 'Apply' }));
  const text = await editor.visibleText(/ssl_protocols TLSv1\.3;/);
  assert.doesNotMatch(text, /ssl_ciphers/);
});
