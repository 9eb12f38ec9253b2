import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { inPage } from '../support/in-page.ts';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { type Session, startSession } from './driver/session.ts';

const configuration = `events {}
http {
    server {
        listen 443 ssl;
        server_name shop.example.com;
        ssl_certificate certs/shop.pem;
        ssl_certificate_key certs/shop.key;
    }
}
`;

let session: Session;
before(async () => {
  session = await startSession({ files: { 'nginx/nginx.conf': configuration } });
  makeCertificates(join(session.workspace, 'nginx/certs'), [
    { name: 'shop', subject: '/CN=shop.example.com', names: 'DNS:shop.example.com', days: 60 },
    { name: 'expired', subject: '/CN=old.example.com', names: 'DNS:old.example.com', days: -1 },
    { name: 'soon', subject: '/CN=soon.example.com', names: 'DNS:soon.example.com', days: 4 },
  ]);
});
after(() => session?.close());

test('the view carries a badge that counts what needs attention', async () => {
  const { trees, page } = session.window;
  await trees.openContainer('TLS');
  await trees.row('Certificates', 'old.example.com');
  const badge = page.locator('.activitybar .action-item', { has: page.locator('[aria-label^="TLS"]') });
  await badge.locator('.badge-content', { hasText: '2' }).waitFor();
});

test('the children show chain, key and the server that uses it, though its file was never opened', async () => {
  const { trees, page } = session.window;
  await trees.expand('Certificates', 'shop.pem');
  const usage = await trees.row('Certificates', 'nginx.conf:6');
  assert.match(await usage.innerText(), /shop\.example\.com/);
  await usage.click();
  await page.locator('.tab.active[data-resource-name="nginx.conf"]').waitFor();
});

test('a filter shows some, says so, and can be cleared', async () => {
  const { trees, quickInput, page } = session.window;
  await quickInput.runCommand('TLS: Filter Certificates…');
  await quickInput.answer('shop');
  await page.locator('.pane', { hasText: '1 of 4 certificates: with “shop”' }).first().waitFor();
  await page.locator('.pane .monaco-list-row', { hasText: 'old.example.com' }).waitFor({ state: 'detached' });
  await session.window.screenshot('certificates-filter');
  await quickInput.runCommand('TLS: Filter Certificates…');
  await quickInput.pick('Expired or expiring this week');
  await trees.row('Certificates', 'soon.example.com');
  await quickInput.runCommand('TLS: Clear Certificate Filter');
  await trees.row('Certificates', 'Test Root');
});

test('grouped by server, a certificate stands below the server that uses it', async () => {
  const { trees, quickInput } = session.window;
  await quickInput.runCommand('TLS: Group Certificates By…');
  await quickInput.pick('Server');
  await trees.row('Certificates', 'Used by no server');
  const rows = await trees.rows('Certificates');
  assert.match(rows[0] ?? '', /^shop\.example\.com, 1 certificate/);
  await session.window.screenshot('certificates-by-server');
});

test('the explorer marks files that have expired or are about to', async () => {
  const { quickInput, page } = session.window;
  await session.window.editor.open('expired.pem');
  await quickInput.runCommand('File: Reveal Active File in Explorer View');
  const row = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'expired.pem' });
  await row.waitFor();
  const label = row.locator('.monaco-icon-label');
  const deadline = Date.now() + 10_000;
  while (!(await label.evaluate(markOf)).includes('!!') && Date.now() < deadline) await page.waitForTimeout(100);
  assert.match(await label.evaluate(markOf), /!!/);
  await session.window.screenshot('certificates-explorer');
});

const markOf = inPage<string>('label', "return getComputedStyle(label, '::after').content");
