import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { type Session, startSession } from './driver/session.ts';
import { clickUntil, clickUntilGone, eventually } from './driver/wait.ts';

const main = `events {}
http {
  server {
    listen 443 ssl;
    server_name example.com;
    ssl_certificate certs/example.com.pem;
    ssl_certificate_key certs/example.com.key;
    add_header Strict-Transport-Security "max-age=63072000" always;
  }
}
`;

/** Two servers of one address, of which the first decides protocols for both. */
const shared = `events {}
http {
  ssl_certificate certs/example.com.pem;
  ssl_certificate_key certs/example.com.key;
  server {
    listen 8443 ssl;
    server_name one.example;
  }
  server {
    listen 8443 ssl;
    server_name two.example;
  }
}
`;

const names = Array.from({ length: 12 }, (_, index) => `n${index}.example`);

const apache = `ServerName localhost
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
ErrorLog /dev/null
Listen 127.0.0.1:8443
KeepAlive Sometimes
`;

let session: Session;
before(async () => {
  session = await startSession({
    // The effective configuration has many lines.
    viewport: { width: 1400, height: 1300 },
    files: {
      'nginx.conf': main,
      'lost.nginx.conf': main.replace(
        ' always;\n',
        ';\n    location / {\n      add_header X-Frame-Options DENY;\n    }\n',
      ),
      'broken.conf': 'events {}\nhttp {\n  server {\n    lsten 80;\n  }\n}\n',
      'apache/httpd.conf': apache,
      'two-servers.conf': shared,
      'away.nginx.conf': shared.replaceAll('certs/', 'away/'),
      'stopped/httpd.conf': `${apache.replace('KeepAlive Sometimes\n', '')}PidFile /nowhere/httpd.pid\n`,
      'whole/web.conf': 'events {}\nhttp {\n  include part.conf;\n}\n',
      'whole/part.conf': 'server_tokens off;\n',
      'names.nginx.conf': `events {}\nhttp {\n  server {\n    listen 8081;\n    server_name ${names.join(' ')};\n  }\n}\n`,
      'drawer/site.conf': 'server {\n  listen 80;\n  server_name drawer.test;\n}\n',
    },
    prepare: (workspace) =>
      makeCertificates(join(workspace, 'certs'), [
        { name: 'example.com', subject: '/CN=example.com', names: 'DNS:example.com', days: 60 },
      ]),
  });
});
after(() => session?.close());

test('a lens above the server says what it offers, and leads to where each value comes from', async () => {
  const { editor, page } = session.window;
  await editor.open('nginx.conf');
  await editor.lenses(/^TLS 1\.2–1\.3 · \d+ suites · [^·]+ · expires in (59|60) days$/);
  await session.window.screenshot('lens');
  await editor.clickLens('TLS 1.2');
  await page.locator('.tab.active', { hasText: 'effective' }).waitFor();
  const text = await editor.visibleText(/example\.com on 0\.0\.0\.0:443/);
  assert.match(text, /\n {2}protocols: TLS 1\.2–1\.3\s+# default of nginx/);
  assert.match(
    text,
    /\n {2}grade: [A-Z][+-]?, as SSL Labs would rate it\n/,
    'a reason stands below, on a line of its own',
  );
  assert.match(
    text,
    /\n {2}TLS 1\.3 suites: TLS_AES_256_GCM_SHA384, \n {4}TLS_CHACHA20/,
    'what does not fit is indented',
  );
  assert.match(
    text,
    /\n {2}suites of TLS 1\.2 and older, in order:\n {4}ECDHE-/,
    'the list at the end says what it is',
  );
  assert.match(text, /clients: \d\d of \d\d known ones connect,/);
  assert.equal(await page.locator('.unicode-highlight').count(), 0, 'a dash is no suspicious character');
  await editor.waitForLanguage('Effective TLS Configuration');
  await editor.visibleText(/HSTS: 63072000 seconds \(2 years\)\s+# nginx\.conf:8/);
  await session.window.screenshot('effective-configuration');
  await page.keyboard.press('Control+End');
  const end = await editor.visibleText(/Chrome 137 \/\s+Win 11/);
  assert.match(end, /\n {4}TLS 1\.3, TLS_AES_128_GCM_SHA256,\s+X25519MLKEM768\n {6}[^:]*Chrome 137 \/\s+Win 11/);
  await session.window.screenshot('effective-clients');
});

test('a header that a location loses is told where that sets its own', async () => {
  const { editor, quickInput } = session.window;
  await editor.open('lost.nginx.conf');
  await quickInput.runCommand('TLS: Show Effective Configuration');
  await editor.visibleText(/HSTS: not among the headers\s+# lost\.nginx\.conf:10/);
});

test('an editor that is split as soon as it is open has the lens on both sides', async () => {
  const window = await session.reopen();
  const { editor, page } = window;
  await editor.open('nginx.conf');
  await page.keyboard.press('Control+\\');
  await page.locator('.editor-instance').nth(1).waitFor();
  await eventually(async () => assert.equal(await page.locator('.codelens-decoration a').count(), 2));
  await window.quickInput.runCommand('View: Close All Editors');
  await editor.open('nginx.conf');
});

test('an editor that has another opened beside it as soon as it is open has its lens', async () => {
  const { editor, page, quickInput } = session.window;
  await editor.open('nginx.conf');
  await quickInput.runCommand('TLS: Show Effective Configuration');
  await editor.waitForLanguage('Effective TLS Configuration');
  await page.locator('.codelens-decoration a').waitFor();
  await quickInput.runCommand('View: Close All Editors');
});

test('an editor that the keyboard leaves as soon as it is open has its lens', async () => {
  const { editor, page, problems, quickInput } = session.window;
  await problems.rows();
  await editor.open('broken.conf');
  await editor.open('nginx.conf');
  await page.keyboard.press('Control+Shift+M');
  await page.locator('.markers-panel .monaco-list.focused, .markers-panel :focus').first().waitFor();
  await page.locator('.codelens-decoration a', { hasText: 'TLS 1.2' }).waitFor();
  await quickInput.runCommand('View: Close All Editors');
});

test('so does the icon above the editor, for the server with the cursor', async () => {
  const { editor, page, quickInput } = session.window;
  await quickInput.runCommand('View: Close All Editors');
  await editor.open('nginx.conf');
  await editor.goTo(5, 8);
  const shown = page.locator('.tab.active', { hasText: 'effective' });
  await clickUntil(page.locator('.editor-actions .action-label[aria-label^="Show Effective"]').first(), shown);
  await editor.visibleText(/example\.com on 0\.0\.0\.0:443/);
});

test('and the menu in the text', async () => {
  const { editor, page, quickInput } = session.window;
  await quickInput.runCommand('View: Close All Editors');
  await editor.open('nginx.conf');
  await editor.goTo(5, 8);
  const entry = page.locator('.monaco-menu .action-menu-item', { hasText: 'Show Effective Configuration' });
  await editor.pressUntil('Shift+F10', entry);
  await clickUntil(entry, page.locator('.tab.active', { hasText: 'effective' }));
  await editor.visibleText(/example\.com on 0\.0\.0\.0:443/);
  await quickInput.runCommand('View: Close All Editors');
  await editor.open('nginx.conf');
});

test('what a server does is followed when lines come before it, and comes back after a reload', async () => {
  const { editor, page, quickInput } = session.window;
  await editor.open('two-servers.conf');
  await editor.goTo(9, 5);
  await quickInput.runCommand('TLS: Show Effective Configuration');
  await editor.visibleText(/^two\.example on/m);
  await quickInput.runCommand('View: Focus First Editor Group');
  await editor.goTo(3, 1);
  await editor.type('  add_header X-Name value;\n');
  await editor.save();
  const effective = page.locator('.editor-instance', { hasText: 'Effective configuration' });
  await effective.locator('.view-line', { hasText: 'two-servers.conf:4' }).first().waitFor();
  assert.match((await effective.innerText()).replaceAll('\u00a0', ' '), /\ntwo\.example on/);

  await Promise.all([page.waitForEvent('load'), quickInput.runCommand('Developer: Reload Window')]);
  await page.locator('.monaco-workbench .part.statusbar').waitFor();
  await effective.locator('.view-line', { hasText: 'two.example on' }).waitFor();
  await effective.locator('.view-line', { hasText: 'two-servers.conf:4' }).first().waitFor();
  await quickInput.runCommand('View: Close All Editors');
});

test('reasons name files as the workspace does', async () => {
  const { editor, quickInput } = session.window;
  await editor.open('away.nginx.conf');
  await quickInput.runCommand('TLS: Show Effective Configuration');
  await editor.visibleText(/^ {4}the certificate away\/example\.com\.pem is not\s/m);
  await quickInput.runCommand('View: Close All Editors');
});

test('names that differ in nothing stand together, and all of them can be found', async () => {
  const { editor, quickInput } = session.window;
  await editor.open('names.nginx.conf');
  await editor.goTo(4, 8);
  await quickInput.runCommand('TLS: Show Effective Configuration');
  await editor.visibleText(/^ {4}all names\n {6}n0\.example, /m);
  await quickInput.runCommand('View: Close All Editors');
});

test('a text that was never saved names files from the folder that it would be saved in', async () => {
  const { editor, page, quickInput } = session.window;
  await quickInput.runCommand('File: New Untitled Text File');
  await page.locator('.tab.active', { hasText: 'Untitled-1' }).waitFor();
  await editor.replaceAll(main.replace(/\n +/g, '\n'));
  await editor.waitForLanguage('nginx');
  await editor.lenses(/expires in (59|60) days$/);
  await page.locator('.view-line [class*="detected-link"]', { hasText: 'certs/example.com.pem' }).waitFor();
  // VS Code has indented the lines as it does while one types.
  await editor.goTo(6, 25);
  await editor.complete('certs');
  await page.keyboard.press('Escape');
  await editor.clickLens('expires in');
  await editor.visibleText(/HSTS: 63072000 seconds \(2 years\)\s+# Untitled-1:8/);
  await quickInput.runCommand('View: Close Editor');
  await quickInput.runCommand('View: Revert and Close Editor');
});

test('a profile is applied after it was looked at', async () => {
  const { editor, quickInput, page } = session.window;
  await editor.open('nginx.conf');
  await editor.goTo(5, 5);
  await quickInput.runCommand('TLS: Apply Profile');
  await page
    .locator('.quick-input-list .monaco-list-row', {
      hasText: /known clients fewer: Android 8\.1,/,
    })
    .waitFor();
  await session.window.screenshot('profiles');
  await quickInput.pick('modern');
  await page.locator('.panel .monaco-list-row', { hasText: 'ssl_protocols TLSv1.3;' }).waitFor();
  await session.window.screenshot('profile-preview');
  await clickUntilGone(page.getByRole('button', { name: 'Apply' }));
  await page.locator('.view-line', { hasText: 'ssl_protocols TLSv1.3' }).first().waitFor();
});

test('what another server decides for the one with the profile is told, and mended there', async () => {
  const { editor, quickInput, notifications, page } = session.window;
  const apply = async (shown: string) => {
    await page.locator('.panel .monaco-list-row', { hasText: shown }).first().waitFor();
    await clickUntilGone(page.getByRole('button', { name: 'Apply', exact: true }));
  };
  await editor.open('two-servers.conf');
  await editor.goTo(11, 5);
  await quickInput.runCommand('TLS: Apply Profile');
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: 'groups come from server one.example' });
  await row.first().waitFor();
  await quickInput.pick('modern');
  await apply('ssl_protocols TLSv1.3');
  await notifications.waitFor('come from server one.example, the default site of 0.0.0.0:8443');
  await notifications.press('come from server one.example', 'Apply There Too');
  await apply('ssl_protocols TLSv1.3');
  const written = page.locator('.view-line', { hasText: 'ssl_protocols' });
  await eventually(async () => assert.equal(await written.count(), 2));
});

test('the server program judges, and its message stands in the text', async () => {
  const { editor, quickInput, notifications, problems } = session.window;
  await editor.open('broken.conf');
  await editor.waitForSquiggles('error');
  await quickInput.runCommand('TLS: Test Configuration');
  await notifications.waitFor('nginx refuses the configuration: unknown directive "lsten"');
  await problems.waitFor('unknown directive "lsten"');
});

test('the server program judges what the editors of all files show, saved or not', async () => {
  const { editor, quickInput, notifications, problems, page } = session.window;
  await editor.open('whole/part.conf');
  await editor.goTo(1, 1);
  await editor.type('lissen 80;\n');
  await editor.open('whole/web.conf');
  await editor.waitForLanguage('nginx');
  await quickInput.runCommand('TLS: Test Configuration');
  await notifications.press('nginx refuses the configuration: unknown directive "lissen"', 'Go to Line');
  await page.locator('.tab.active', { hasText: 'part.conf' }).waitFor();
  assert.match(session.read('whole/part.conf'), /^lissen 80;/);
  await editor.open('whole/part.conf');
  await editor.replaceAll('server_tokens off;\n');
  await problems.waitForNone('part.conf');
  await editor.save();
});

test('a part of a configuration that no main file includes is not given to the server program', async () => {
  const { editor, quickInput, notifications } = session.window;
  await editor.open('drawer/site.conf');
  await editor.waitForLanguage('nginx');
  await quickInput.runCommand('TLS: Test Configuration');
  await notifications.waitFor('no main file here includes it, so nginx cannot judge it alone');
});

test('Apache judges too, and a file that it accepts has no message left', async () => {
  const { editor, quickInput, notifications, problems, page } = session.window;
  await editor.open('apache/httpd.conf');
  await quickInput.runCommand('TLS: Test Configuration');
  const refused = await notifications.waitFor('apache2ctl refuses the configuration');
  assert.match(refused, /KeepAlive/);
  await problems.waitFor('KeepAlive');
  await session.window.screenshot('apache-test');
  await page.locator('.view-line', { hasText: 'KeepAlive' }).click();
  await editor.replaceAll(apache.replace('Sometimes', 'On'));
  await quickInput.runCommand('TLS: Test Configuration');
  await notifications.waitFor('apache2ctl accepts apache/httpd.conf.');
});

test('an Apache that does not run is not started by what shall only reload it', async () => {
  const { editor, quickInput, notifications } = session.window;
  await editor.open('stopped/httpd.conf');
  await editor.waitForLanguage('Apache Conf');
  await quickInput.runCommand('TLS: Reload Server');
  await notifications.waitFor('Apache does not run with stopped/httpd.conf. Start it, then it can be reloaded.');
});

test('what the server program does not see until it starts is said beside its answer', async () => {
  const { editor, quickInput, notifications, problems } = session.window;
  await editor.open('apache/httpd.conf');
  const certificate = join(session.workspace, 'certs/example.com');
  await editor.replaceAll(`${apache.replace('Sometimes', 'On')}LoadModule ssl_module /usr/lib/apache2/modules/mod_ssl.so
<VirtualHost *:8443>
  SSLEngine on
  SSLProtocol -all
  SSLCertificateFile ${certificate}.pem
  SSLCertificateKeyFile ${certificate}.key
</VirtualHost>
`);
  await problems.waitFor('AH02231');
  await quickInput.runCommand('TLS: Test Configuration');
  await notifications.waitFor(
    'accepts apache/httpd.conf, but this test does not see everything: The list leaves no protocol',
  );
});
