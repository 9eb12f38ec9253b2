import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Session, startSession } from './driver/session.ts';
import { eventually } from './driver/wait.ts';

/** What `nginx -T` prints. */
const dump = `nginx: the configuration file /etc/nginx/nginx.conf syntax is ok
nginx: configuration file /etc/nginx/nginx.conf test is successful
# configuration file /etc/nginx/nginx.conf:
events {}
http {
    ssl_protocols TLSv1.2 TLSv1.3;
    include sites-enabled/*;
}

# configuration file /etc/nginx/sites-enabled/shop:
server {
    listen 443 ssl;
    server_name shop.example.com;
    ssl_certificate /etc/ssl/shop.pem;
    ssl_certificate_key /etc/ssl/shop.key;
    include snippets/ciphers.conf;
    root /srv/shop;
}

# configuration file /etc/nginx/snippets/ciphers.conf:
ssl_ciphers ECDHE+AESGCM:RC4;
ssl_session_timeut 1d;

`;
const lineOf = (text: string) => dump.slice(0, dump.indexOf(text)).split('\n').length;

let session: Session;
before(async () => {
  session = await startSession({ files: { 'nginx-T': dump }, viewport: { width: 1600, height: 900 } });
  await session.window.editor.open('nginx-T');
});
after(() => session?.close());

test('findings of what nginx -T printed are those of its files, where they stand in it', async () => {
  const { editor, problems, page } = session.window;
  await editor.waitForLanguage('nginx');
  await problems.waitFor(`[Ln ${lineOf('ssl_session_timeut')}, Col 1]`);
  const errors = page.locator('.markers-panel .monaco-list-row[aria-label^="Error"]');
  await eventually(async () => assert.equal(await errors.count(), 1));
  await session.window.screenshot('dump');
});

test('lenses, hovers and the outline know the files of a dump', async () => {
  const { editor, page, quickInput } = session.window;
  await session.window.problems.close();
  await editor.lenses(/TLS 1\.2–1\.3/);
  await editor.goTo(lineOf('ssl_ciphers'), 20);
  assert.match(await editor.hover('cipher suites'), /ECDHE-RSA-AES128-GCM-SHA256/);
  await editor.press('Escape');
  const rows = page.locator('.quick-input-widget .monaco-list-row', { hasText: '/etc/nginx/snippets/ciphers.conf' });
  await editor.pressUntil('Control+Shift+O', rows);
  await quickInput.cancel();
});

test('an include leads to its file in the dump, and completion knows what stands around it', async () => {
  const { editor, page } = session.window;
  const there = page.locator('#status\\.editor\\.selection', { hasText: `Ln ${lineOf('ssl_ciphers')}, Col 1` });
  await editor.goTo(lineOf('include snippets'), 20);
  await editor.pressUntil('F12', there);
  await editor.goTo(lineOf('    root'), 1);
  await editor.type('    proxy_pas');
  await editor.complete('proxy_pass_header');
  await editor.press('Escape');
  await session.window.quickInput.runCommand('Undo');
});

test('a fix changes the dump where the finding is', async () => {
  const { editor, page } = session.window;
  await editor.goTo(lineOf('ssl_session_timeut'), 8);
  await editor.applyQuickFix('ssl_session_timeout', page.locator('.view-line', { hasText: 'ssl_session_timeout' }));
  await session.window.problems.waitForNone('ssl_session_timeut');
});

test('the effective configuration names lines of the dump', async () => {
  const { editor } = session.window;
  await editor.clickLens('TLS 1.2');
  const line = lineOf('    ssl_protocols');
  await editor.visibleText(new RegExp(`protocols: TLS 1\\.2–1\\.3\\s+# nginx-T:${line} `));
  await session.window.screenshot('dump-effective');
});
