import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { type Session, startSession } from './driver/session.ts';

const main = `events {}
http {
    server {
        listen 80;

    }
}
`;

const vhost = `<VirtualHost *:443>
    SSLEngine on
</VirtualHost>
`;

const pem = (label: string) => `-----BEGIN ${label}-----\nMIIB\n-----END ${label}-----\n`;

let session: Session;
before(async () => {
  session = await startSession({
    files: {
      'nginx.conf': main,
      'vhost.apacheconf': vhost,
      'section.apacheconf': '<VirtualHost *:443>\n\n</VirtualHost>\n',
      'sections.apacheconf': '',
      'typed.nginx.conf': 'events {}\nhttp {\n\n}\n',
      'rest.nginx.conf': 'events {}\nhttp {\n  server {\n    ssl_protocols TLSv1.3;\n  }\n}\n',
      'tls/dhparam.pem': pem('DH PARAMETERS'),
      'tls/site.pem': pem('CERTIFICATE'),
    },
  });
});
after(() => session?.close());

test('a directive that is proposed is explained when it is looked at', async () => {
  const { editor, page } = session.window;
  await editor.open('nginx.conf');
  await editor.goTo(5, 1);
  await editor.type('ssl_protoc');
  await editor.complete('ssl_protocols');
  await page.locator('.suggest-widget.visible .monaco-list-row.focused', { hasText: 'ssl_protocols' }).waitFor();
  const details = page.locator('.suggest-details', { hasText: 'Context: http, server' });
  await editor.pressUntil('Control+Space', details);
});

test('blanks that move a line ask for nothing, and those behind a directive for its values', async () => {
  const { editor, page } = session.window;
  const proposed = page.locator('.suggest-widget.visible .monaco-list-row');
  await editor.open('rest.nginx.conf');
  await editor.goTo(4, 1);
  await editor.type('  ');
  assert.ok(!(await appears(proposed)));
  await editor.goTo(4, 20);
  await editor.type(' ');
  await proposed.filter({ hasText: 'TLSv1.2' }).first().waitFor();
  await editor.press('Escape');
  await session.window.quickInput.runCommand('File: Revert File');
});

test('a variable is proposed as soon as its sign is written', async () => {
  const { editor, page } = session.window;
  await editor.open('nginx.conf');
  await editor.goTo(6, 1);
  const proposed = page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'args' }).first();
  await editor.type('if ($');
  await proposed.waitFor();
  await editor.press('Escape');
  // In quotes VS Code proposes only what a sign asks for that stands for itself.
  await editor.type(' = "on $');
  await proposed.waitFor();
  await editor.press('Escape');
});

test('a word of which there is nothing to tell opens no empty box beside it', async () => {
  const { editor, page, quickInput } = session.window;
  await editor.goTo(4, 1);
  await editor.press('End');
  await editor.press('ArrowLeft');
  await editor.type(' ');
  await editor.complete('default_server', 'ssl');
  await page.locator('.suggest-widget.visible .monaco-list-row.focused', { hasText: 'default_server' }).waitFor();
  // The key shows details and hides them: whichever it was before, there are none.
  for (const _ of ['shown or hidden', 'the other way round']) {
    await page.keyboard.press('Control+Space');
    assert.equal(await appears(page.locator('.suggest-details')), false);
  }
  await page.keyboard.press('Escape');
  await quickInput.runCommand('File: Revert File');
  await page.locator('.tab.active:not(.dirty)').waitFor();
});

test('while a directive is written, what it takes is shown, and the argument that is next', async () => {
  const { editor, page } = session.window;
  await editor.open('nginx.conf');
  await editor.goTo(6, 1);
  await editor.press('End');
  await editor.press('Enter');
  await editor.type('add_header X-Frame-Options ');
  const hints = page.locator('.parameter-hints-widget.visible');
  await hints.filter({ hasText: 'add_header <name> <value> [always];' }).waitFor();
  await hints.locator('.parameter.active', { hasText: '<value>' }).waitFor();
  await session.window.screenshot('signature-help');
  await editor.type('DENY;');
  await hints.waitFor({ state: 'detached' });
});

test('a comment that silences a rule is completed with its name', async () => {
  const { editor, page } = session.window;
  await editor.open('nginx.conf');
  await editor.goTo(4, 1);
  await editor.press('Enter');
  await editor.press('ArrowUp');
  await editor.type('        # tls-workbench-');
  await editor.complete('tls-workbench-disable-next-line', 'tls-workbench-context');
  await editor.press('Escape');
  await editor.type('disable-next-line hsts-');
  await editor.complete('hsts-missing', 'hsts-short');
  await page.keyboard.press('Escape');
});

test('behind a directive that was taken its values are proposed, and its end is not typed twice', async () => {
  const { editor, page } = session.window;
  await editor.open('typed.nginx.conf');
  await editor.goTo(3, 1);
  await editor.type('  ssl_protoc');
  await editor.complete('ssl_protocols');
  await page.locator('.suggest-widget.visible .monaco-list-row.focused', { hasText: 'ssl_protocols' }).waitFor();
  await editor.press('Tab');
  await page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'TLSv1.3' }).waitFor();
  await editor.press('Escape');
  await editor.type('TLSv1.3;');
  await editor.visibleText(/ssl_protocols TLSv1\.3;\s/);
  await editor.waitForSquiggles('error', 0);
});

test('a path of a certificate is completed with certificates first, by what the files hold', async () => {
  const { editor, page } = session.window;
  await editor.open('nginx.conf');
  await editor.goTo(4, 1);
  await editor.press('Enter');
  await editor.press('ArrowUp');
  await editor.type('        ssl_certificate tls/');
  await editor.complete('dhparam.pem', 'site.pem');
  const labels = page.locator('.suggest-widget.visible .monaco-list-row .label-name');
  assert.deepEqual((await labels.allInnerTexts()).slice(0, 2), ['site.pem', 'dhparam.pem']);
  await page.keyboard.press('Escape');
});

test('Enter ends the line behind a word that is complete, though it is still proposed', async () => {
  const { editor, page } = session.window;
  await editor.open('vhost.apacheconf');
  await editor.goTo(2, 17);
  await editor.press('Enter');
  await editor.type('SSLCipherSuite ECDHE+AESGC');
  // A list that was asked for by a key would be taken from, and one that is asked for by typing may come too late on a busy machine.
  const proposed = page.locator('.suggest-widget.visible .monaco-list-row.focused', { hasText: 'AESGCM' });
  await editor.type('M');
  for (let tries = 0; tries < 10 && !(await appears(proposed)); tries++) {
    await editor.press('Backspace');
    await editor.type('M');
  }
  await editor.press('Enter');
  await page.locator('#status\\.editor\\.selection', { hasText: 'Ln 4' }).waitFor();
  await editor.visibleText(/SSLCipherSuite ECDHE\+AESGCM\s/);
});

test('a section that was taken has the bracket once that VS Code has written with the first one', async () => {
  const { editor, page } = session.window;
  await editor.open('section.apacheconf');
  await editor.goTo(2, 1);
  await editor.type('<Direc');
  await editor.complete('<Directory>');
  await page.locator('.suggest-widget.visible .monaco-list-row.focused', { hasText: '<Directory>' }).waitFor();
  await editor.press('Tab');
  await editor.type('/srv');
  assert.doesNotMatch(await editor.visibleText(/<Directory \/srv>\s+<\/Directory>/), />>/);
});

test('the rest of a word stays, or goes where whoever takes the proposal asks for that', async () => {
  const { editor, page } = session.window;
  await editor.open('rest.nginx.conf');
  const take = async (column: number, word: string, key: string) => {
    await editor.goTo(4, column);
    await editor.type('TLSv1.');
    await editor.complete(word);
    await page.locator('.suggest-widget.visible .monaco-list-row.focused', { hasText: word }).waitFor();
    await editor.press(key);
  };
  await take(19, 'TLSv1.2', 'Tab');
  await editor.visibleText(/ssl_protocols TLSv1\.2TLSv1\.3;/);
  await editor.press('Space');
  // What the list has already is not proposed again.
  await take(27, 'TLSv1.3', 'Shift+Tab');
  await editor.visibleText(/ssl_protocols TLSv1\.2 TLSv1\.3;/);
});

test('variables of Apache and flags are proposed where they stand, and the brace that the editor wrote is not there twice', async () => {
  const { editor, page, quickInput } = session.window;
  const proposed = (text: string) =>
    page.locator('.suggest-widget.visible .monaco-list-row', { hasText: text }).first();
  await editor.open('vhost.apacheconf');
  await editor.goTo(2, 1);
  await editor.press('End');
  await editor.press('Enter');
  await editor.type('RewriteCond "%{');
  await proposed('%{HTTPS}').waitFor();
  await editor.press('Enter');
  await page.locator('.view-line', { hasText: /^\s*RewriteCond.*"%\{HTTPS\}"$/ }).waitFor();
  await editor.press('End');
  await editor.press('Enter');
  await editor.type('RewriteRule ^ /b ');
  // VS Code asks for nothing more while the answer to a key before is on its way.
  await page.waitForTimeout(500);
  await editor.type('[');
  await proposed('R=301').waitFor();
  await editor.type('R=301,');
  await proposed('Tries no further rules').waitFor();
  await editor.press('Escape');
  await quickInput.runCommand('File: Revert File');
});

function appears(locator: Locator): Promise<boolean> {
  return locator.waitFor({ timeout: 2000 }).then(
    () => true,
    () => false,
  );
}

test('who opens a section by hand gets its closing tag with the new line, and goes on in front of it', async () => {
  const { editor } = session.window;
  await editor.open('sections.apacheconf');
  await editor.waitForLanguage('Apache');
  // Only an extension that runs closes a section: one that proposes something does.
  await editor.type('SSLSessionCa');
  await editor.complete('SSLSessionCache');
  await editor.press('Escape');
  await session.window.quickInput.runCommand('File: Revert File');
  await editor.visibleText(/^\s*$/);
  await editor.type('<VirtualHost *:443>');
  await editor.press('Enter');
  await editor.visibleText(/^<VirtualHost \*:443>\n\s+\n<\/VirtualHost>$/);
  await editor.type('<Location />');
  await editor.press('Enter');
  await editor.visibleText(/\n\s{4}<Location \/>\n\s+\n\s{4}<\/Location>\n<\/VirtualHost>$/);
  await editor.type('Require all granted');
  await editor.visibleText(/\n\s{8}Require all granted\n\s{4}<\/Location>\n<\/VirtualHost>$/);
});
