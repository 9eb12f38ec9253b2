import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { type Session, startSession } from './driver/session.ts';
import { clickUntil, eventually } from './driver/wait.ts';

const main = `events {}
http {
    server {
        listen 443 ssl;
        server_name example.com;
        ssl_certificate certs/example.com.pem;
        ssl_certificate_key certs/example.com.key;
        ssl_ciphers ECDHE+AESGCM:AES256-SAH:RSA;
        include snippets/headers.conf;
    }
    server {
        listen 80;
        server_name plain.example.com;

    }
}
`;

let session: Session;
before(async () => {
  session = await startSession({
    files: {
      'nginx.conf': main,
      'C#/several.nginx.conf': 'events {}\nhttp {\n  include ../snippets/*.conf;\n}\n',
      'snippets/tickets.conf': 'ssl_session_tickets off;\n',
      'snippets/headers.conf': 'add_header X-Content-Type-Options nosniff always;\n',
      'joined.apacheconf': '<VirtualHost *:443>\n  SSLProtocol all \\\n    -SSLv3 \\\n    -FOO\n</VirtualHost>\n',
      'ports.apacheconf': '# first line\n# second line\nListen 80\n',
    },
    prepare: (workspace) =>
      makeCertificates(join(workspace, 'certs'), [
        { name: 'example.com', subject: '/CN=example.com', names: 'DNS:example.com', days: 60 },
      ]),
  });
  await session.window.editor.open('nginx.conf');
  await session.window.editor.lenses();
});
after(() => session?.close());

test('a hover tells what a directive does, where it may stand, its default and its page', async () => {
  const { editor, page } = session.window;
  await editor.goTo(8, 12);
  const text = await editor.hover('ssl_ciphers');
  for (const part of ['Cipher suites of TLS 1.2 and older', 'Context', 'Default', 'Module'])
    assert.ok(text.includes(part), `${part} in ${text}`);
  await page.locator('.monaco-hover:visible a[data-href^="https://nginx.org/en/docs/"]').waitFor();
  await editor.press('Escape');
});

test('a hover lists the suites of a cipher string, and strikes through what matches nothing', async () => {
  const { editor, page } = session.window;
  await editor.goTo(8, 30);
  const text = await editor.hover('ECDHE-ECDSA-AES256-GCM-SHA384');
  assert.match(text, /AES256-SAH/);
  const struck = page.locator('.monaco-hover:visible').locator('del, s');
  await eventually(async () => assert.deepEqual(await struck.allInnerTexts(), ['AES256-SAH']));
  await session.window.screenshot('hover-ciphers');
  await editor.press('Escape');
});

test('a hover tells what an edit has made of a cipher string', async () => {
  const { editor } = session.window;
  await editor.goTo(8, 48);
  await editor.press('Backspace');
  await editor.press('Backspace');
  await editor.press('Backspace');
  await editor.type('kRSA+AESGCM');
  await editor.press('Escape');
  await editor.goTo(8, 30);
  const text = await editor.hover('Compared with the file as it was opened');
  assert.match(text, /Compared with the file as it was opened it drops AES256-CCM/);
  await session.window.screenshot('hover-change');
  await editor.press('Escape');
  await session.window.quickInput.runCommand('File: Revert File');
});

test('F12 leads from an include to its file, and from there back', async () => {
  const { editor, page } = session.window;
  await editor.goTo(9, 25);
  await editor.pressUntil('F12', page.locator('.tab.active[data-resource-name="headers.conf"]'));
  await editor.open('nginx.conf');
});

test('a path is a link to its file', async () => {
  const { page, editor } = session.window;
  const link = page.locator('.view-line [class*="detected-link"]', { hasText: 'certs/example.com.pem' }).first();
  const tab = page.locator('.tab.active[data-resource-name="example.com.pem"]');
  await clickUntil(link, tab, { modifiers: ['Control'] });
  await editor.open('nginx.conf');
});

test('a path with a wildcard is a link to all its files', async () => {
  const { page, editor, quickInput } = session.window;
  await editor.open('several.nginx.conf');
  await editor.goTo(3, 15);
  // A click with Control would ask for the definition as well.
  await page.locator('.view-line [class*="detected-link"]', { hasText: '../snippets/*.conf' }).waitFor();
  await quickInput.runCommand('Open Link');
  await page.locator('.peekview-widget', { hasText: 'headers.conf' }).waitFor();
  await page.locator('.peekview-widget .ref-tree .monaco-list-row', { hasText: 'tickets.conf' }).waitFor();
  await editor.press('Escape');
  await editor.open('nginx.conf');
});

test('the outline names servers, and leads to them', async () => {
  const { editor, quickInput, page } = session.window;
  const rows = page.locator('.quick-input-widget .monaco-list-row', { hasText: 'server plain.example.com · 80' });
  await editor.pressUntil('Control+Shift+O', rows);
  await session.window.screenshot('outline');
  await quickInput.cancel();
});

test('a block folds up to its brace', async () => {
  const { editor, page } = session.window;
  await editor.goTo(11, 5);
  await editor.pressUntil(
    'Control+Shift+[',
    page.locator('.view-lines .inline-folded, .cldr.codicon-folding-collapsed'),
  );
  await page.locator('.view-line', { hasText: 'plain.example.com' }).waitFor({ state: 'detached' });
  await editor.visibleText(/server \{[\s⋯]*\n\s+\}\n\}/);
  await editor.pressUntil('Control+Shift+]', page.locator('.view-line', { hasText: 'plain.example.com' }));
});

test('a comment of several lines folds to its first', async () => {
  const { editor, page, quickInput } = session.window;
  await editor.open('ports.apacheconf');
  await editor.waitForLanguage('Apache');
  const second = page.locator('.view-line', { hasText: 'second line' });
  await second.waitFor();
  await quickInput.runCommand('Fold All Block Comments');
  await second.waitFor({ state: 'detached' });
  await editor.visibleText(/first line[\s\S]*Listen 80/);
  await editor.open('nginx.conf');
});

test('directives complete by context, their values and paths by directive', async () => {
  const { editor } = session.window;
  await editor.goTo(14, 1);
  await editor.type('        ssl_prot');
  await editor.complete('ssl_protocols');
  await editor.press('Escape');
  await editor.type('ocols ');
  await editor.complete('TLSv1.3');
  await editor.press('Escape');
  await editor.press('Shift+Home');
  await editor.type('ssl_certificate certs/');
  await editor.complete('example.com.key', 'example.com.pem', 'root.crt');
  await session.window.screenshot('path-completion');
  await editor.press('Escape');
  await editor.press('Shift+Home');
  await editor.press('Delete');
});

test('a finding is silenced with its reason, in a comment above its line', async () => {
  const { editor, quickInput, page, problems } = session.window;
  await problems.waitFor('AES256-SAH');
  await editor.goTo(8, 32);
  const asked = page.locator('.quick-input-title', { hasText: 'Silence cipher-unknown' });
  await editor.applyQuickFix('Silence cipher-unknown', asked);
  await quickInput.answer('the old appliance sends it');
  const comment = '# tls-workbench-disable-next-line cipher-unknown -- the old appliance sends it';
  await page.locator('.view-line', { hasText: comment }).waitFor();
  await problems.waitForNone('AES256-SAH');
  await session.window.screenshot('silenced');
});

test('nothing is written between lines that a backslash joins, and the comment above them counts', async () => {
  const { editor, quickInput, page, problems } = session.window;
  await problems.close();
  await editor.open('joined.apacheconf');
  await editor.waitForSquiggles('error');
  await editor.goTo(4, 7);
  const asked = page.locator('.quick-input-title', { hasText: 'Silence invalid-value' });
  await editor.applyQuickFix('Silence invalid-value', asked);
  await quickInput.answer('read by a module of ours');
  await editor.waitForSquiggles('error', 0);
  await editor.save();
  assert.match(
    session.read('joined.apacheconf'),
    /\n {2}# tls-workbench-disable-next-line invalid-value.*\n {2}SSLProtocol/,
  );
});

test('a path follows a file that is renamed in the editor, once somebody agrees', async () => {
  const { editor, notifications, page, quickInput } = session.window;
  await editor.open('example.com.key');
  await quickInput.runCommand('File: Reveal Active File in Explorer View');
  await page.locator('.explorer-folders-view .monaco-list-row.focused', { hasText: 'example.com.key' }).waitFor();
  const name = page.locator('.explorer-folders-view .explorer-item-edited input');
  await editor.pressUntil('F2', name);
  await name.fill('shop.key');
  await name.press('Enter');
  await notifications.pressInDialog('OK');
  await page.locator('.tab.dirty[data-resource-name="nginx.conf"]').waitFor();
  await editor.open('nginx.conf');
  await editor.visibleText(/ssl_certificate_key certs\/shop\.key;/);
});
