import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Session, startSession } from './driver/session.ts';

const main = `events {}
http {
    server {
        listen 80;
        ssl_protocls TLSv1.3;
    }
}
`;

const plan = `issuers:
  local: { type: local, permitted: ["*.test"] }
certificates:
  shop.test:
    names: [shop.test]
    issuer: local
    challenge: { type: http-01, webroot: public }
    output: { fullchain: tls/shop.test.pem, key: tls/shop.test.key }
`;

let session: Session;
before(async () => {
  const https = main.replace('listen 80', 'listen 443 ssl').replace('protocls TLSv1.3', 'protocols TLSv1.2 TLSv1.3');
  const files = { 'nginx.conf': main, 'https/nginx.conf': https };
  session = await startSession({ files, trusted: false });
  await session.window.notifications.pressInDialog("don't trust");
});
after(() => session?.close());

test('a configuration is checked in restricted mode too', async () => {
  const { editor, page } = session.window;
  await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
  await editor.open('nginx.conf');
  await editor.waitForSquiggles('error');
  await editor.goTo(5, 12);
  assert.match(await editor.hover('ssl_protocols'), /Did you mean/);
});

test('the effective configuration has no suspicious characters there either', async () => {
  const { editor, page, quickInput } = session.window;
  await editor.open('https/nginx.conf');
  await editor.goTo(4, 9);
  await quickInput.runCommand('TLS: Show Effective Configuration');
  await editor.visibleText(/protocols: TLS 1\.2–1\.3/);
  await page.waitForTimeout(1_000);
  assert.equal(await page.locator('.unicode-highlight').count(), 0);
  await quickInput.runCommand('View: Close All Editors');
  await editor.open('nginx.conf');
});

test('but what runs programs or requests certificates is not offered', async () => {
  const { page, quickInput } = session.window;
  const rows = page.locator('.quick-input-widget .monaco-list-row');
  for (const [name, isOffered] of [
    ['TLS: Inspect Host…', true],
    ['TLS: Test Configuration', false],
    ['TLS: Reload Server', false],
    ['TLS: Request Certificate…', false],
  ] as const) {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-box input:visible').fill(`>${name}`);
    const row = rows.filter({ hasText: name });
    await (isOffered ? row.first().waitFor() : row.waitFor({ state: 'detached' }));
    await quickInput.cancel();
  }
});

test('who looks for a plan before there is one is led to trust', async () => {
  const { editor, notifications, page, quickInput } = session.window;
  await quickInput.runCommand('TLS: Open Plan File');
  await notifications.press('so trust the workspace first', 'Manage Workspace Trust');
  await page.locator('.workspace-trust-editor').waitFor();
  await quickInput.runCommand('View: Close All Editors');
  await editor.open('nginx.conf');
});

test('nor is it above the entries of a plan, until somebody trusts the folder', async () => {
  const { editor, page, quickInput, notifications } = session.window;
  session.write('tls-workbench.yaml', plan);
  await editor.open('tls-workbench.yaml');
  // What leads nowhere is no link.
  const lens = page.locator('.codelens-decoration', { hasText: 'not issued yet' });
  await lens.waitFor();
  assert.equal((await lens.innerText()).trim(), 'not issued yet');
  await quickInput.runCommand('Workspaces: Manage Workspace Trust');
  await page
    .locator('.workspace-trust-editor .monaco-button', { hasText: /^\s*Trust/ })
    .first()
    .click();
  await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ state: 'detached' });
  await notifications.clear();
  await editor.open('tls-workbench.yaml');
  await editor.lenses(/^Request$/);
});
