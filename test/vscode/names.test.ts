import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Session, startSession } from './driver/session.ts';
import { eventually } from './driver/wait.ts';

const main = `events {}
http {
    upstream shop {
        server 127.0.0.1:8081;
    }
    include sites/*.conf;
}
`;

const site = `server {
    listen 80;
    server_name shop.example.com;
    location / {
        proxy_pass http://shop/app;
    }
    location /api {
        proxy_pass http://shop;
    }
}
`;

let session: Session;
before(async () => {
  session = await startSession({ files: { 'nginx.conf': main, 'sites/shop.conf': site } });
  await session.window.editor.open('sites/shop.conf');
});
after(() => session?.close());

test('F12 on the name of an upstream leads to the file that defines it', async () => {
  const { editor, page } = session.window;
  await editor.goTo(5, 29);
  await editor.pressUntil('F12', page.locator('.tab.active[data-resource-name="nginx.conf"]'));
});

test('Shift+F12 shows where an upstream is used, in all files', async () => {
  const { editor, page } = session.window;
  await editor.open('nginx.conf');
  await editor.goTo(3, 15);
  const rows = page.locator('.ref-tree .monaco-list-row', { hasText: 'proxy_pass' });
  await editor.pressUntil('Shift+F12', rows.first());
  await eventually(async () => assert.equal(await rows.count(), 2));
  await session.window.screenshot('references');
  await page.locator('.reference-zone-widget .codicon-close').click();
  await rows.first().waitFor({ state: 'detached' });
});

test('Ctrl+T finds servers and upstreams of the workspace by their names', async () => {
  const { page, quickInput, editor } = session.window;
  const rows = page.locator('.quick-input-widget .monaco-list-row');
  await editor.pressUntil('Control+T', page.locator('.quick-input-widget:visible'));
  await page.keyboard.type('shop');
  await rows.filter({ hasText: 'shop.example.com' }).filter({ hasText: 'server 80' }).first().waitFor();
  await rows.filter({ hasText: 'upstream' }).first().waitFor();
  await session.window.screenshot('workspace-symbols');
  await quickInput.cancel();
});

test('F2 gives an upstream another name everywhere, and refuses what is none', async () => {
  const { editor, page, quickInput } = session.window;
  await editor.open('nginx.conf');
  await editor.goTo(3, 15);
  const box = page.locator('.rename-box input, input.rename-input');
  await editor.pressUntil('F2', box);
  await box.fill('my shop');
  await box.press('Enter');
  await page
    .locator('.notification-toast, .monaco-editor-overlaymessage', {
      hasText: 'this upstream can only have letters, digits',
    })
    .first()
    .waitFor();
  await editor.press('Escape');
  await editor.pressUntil('F2', box);
  await box.fill('store');
  await box.press('Enter');
  await editor.visibleText(/upstream store \{/);
  await quickInput.runCommand('File: Save All Files');
  const saved = () => readFileSync(join(session.workspace, 'sites/shop.conf'), 'utf8');
  await eventually(async () => assert.equal(saved(), site.replaceAll('http://shop', 'http://store')));
});
