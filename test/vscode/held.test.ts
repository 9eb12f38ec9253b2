import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Session, startSession } from './driver/session.ts';
import { clickUntil, eventually } from './driver/wait.ts';

const chart = `apiVersion: v1
kind: ConfigMap
metadata:
  name: web
data:
  nginx.conf: |
    events {}
    http {
      upstream shop { server 10.0.0.2; }
      include /etc/nginx/conf.d/*.conf;
    }
  site.conf: |
    server {
      listen 443 ssl;
      ssl_certificate /tls/tls.crt;
      ssl_certificate_key /tls/tls.key;
      ssl_protocols TLSv1.2 TLSv1.3;
      location / { proxy_pass http://shop; }
      ssl_session_timeut 1d;
    }
---
kind: ConfigMap
metadata:
  name: old
data:
  vhost.conf: |
    <VirtualHost *:443>
      ServerName old.example.com
      SSLEngine on
      SSLCertificateFile /tls/old.pem
      SSLProtocol TLSv1.3
    </VirtualHost>
`;
const script = `#!/bin/sh
cat >/etc/nginx/conf.d/site.conf <<EOF
server {
  listen 443 ssl;
  server_name $DOMAIN;
  ssl_certificate $CERTIFICATE;
  ssl_session_timeut 1d;
  location / {
    proxy_pass http://127.0.0.1:$PORT;
    proxy_set_header Host \\$host;
  }
}
EOF
`;
const lineOf = (text: string) => chart.slice(0, chart.indexOf(text)).split('\n').length;

let session: Session;
before(async () => {
  session = await startSession({
    settings: { 'editor.stickyScroll.enabled': false },
    files: { 'web.yaml': chart, 'other.yaml': 'a: |\n  b { c }\n', 'install.sh': script },
  });
  await session.window.editor.open('web.yaml');
});
after(() => session?.close());

test('a configuration in YAML is looked at where it stands', async () => {
  const { editor, problems, page } = session.window;
  await problems.waitFor(`[Ln ${lineOf('ssl_session_timeut')}, Col 7]`);
  const errors = page.locator('.markers-panel .monaco-list-row[aria-label^="Error"]');
  await eventually(async () => assert.equal(await errors.count(), 1));
  await editor.waitForLanguage('yaml');
  await session.window.screenshot('yaml');
});

test('its directives have hovers, those of the second configuration too', async () => {
  const { editor } = session.window;
  await session.window.problems.close();
  await editor.goTo(lineOf('ssl_protocols'), 8);
  assert.match(await editor.hover('ssl_protocols'), /TLS/);
  await editor.goTo(lineOf('SSLProtocol'), 8);
  assert.match(await editor.hover('SSLProtocol'), /mod_ssl/);
});

test('each of its servers has its lens, which leads to what it offers', async () => {
  const { editor, page, quickInput } = session.window;
  const lenses = page.locator('.codelens-decoration a');
  await eventually(async () => assert.equal(await lenses.count(), 2));
  // A lens that is just drawn anew takes no click.
  await clickUntil(lenses.last(), page.locator('.tab.active', { hasText: 'effective' }));
  await editor.waitForLanguage('Effective TLS Configuration');
  // In the document that is open: the file of its own has other lines.
  await editor.visibleText(
    new RegExp(`old\\.example\\.com on \\*:443[^]* TLS 1\\.3\\s+# web\\.yaml:${lineOf('SSLProtocol')}\\s`),
  );
  await quickInput.runCommand('View: Close Editor');
});

test('commands for configurations are there, and the server program is not asked about YAML', async () => {
  const { editor, quickInput, notifications } = session.window;
  await editor.open('web.yaml');
  await quickInput.runCommand('TLS: Test Configuration');
  await notifications.waitFor('This configuration is in web.yaml, which no server reads');
  await editor.goTo(lineOf('ssl_protocols'), 8);
  await quickInput.runCommand('TLS: Show Effective Configuration');
  await editor.waitForLanguage('Effective TLS Configuration');
  await editor.visibleText(/on 0\.0\.0\.0:443/);
  await quickInput.runCommand('View: Close Editor');
});

test('names lead to where they are defined, and get another in all places at once', async () => {
  const { editor, page } = session.window;
  await editor.open('web.yaml');
  await editor.goTo(lineOf('http://shop'), 38);
  await page.keyboard.press('F12');
  await page.locator('.right-items', { hasText: `Ln ${lineOf('upstream shop')}, Col` }).waitFor();
  await page.keyboard.press('F2');
  const box = page.locator('.rename-box input');
  await box.waitFor();
  await box.fill('store');
  await box.press('Enter');
  await editor.visibleText(/upstream store/);
  await editor.visibleText(/proxy_pass http:\/\/store/);
});

test('what a directive may be is completed with the blanks of YAML before it', async () => {
  const { editor, page } = session.window;
  await editor.goTo(lineOf('SSLEngine on'), 19);
  await page.keyboard.press('Enter');
  await editor.type('SSLHonorCip');
  await page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'SSLHonorCipherOrder' }).waitFor();
  await page.keyboard.press('Escape');
});

test('a configuration that a script writes is looked at, too', async () => {
  const { editor, problems } = session.window;
  await editor.open('install.sh');
  await editor.waitForLanguage('Shell Script');
  await problems.waitFor('Did you mean "ssl_session_timeout"?');
  await problems.waitFor(`[Ln ${script.slice(0, script.indexOf('ssl_session_timeut')).split('\n').length}, Col 3]`);
});
