import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { type Session, startSession } from './driver/session.ts';

let session: Session;
before(async () => {
  session = await startSession({ files: { 'readme.md': '# Site\n' }, prepare: makeFiles });
});
after(() => session?.close());

function makeFiles(workspace: string): void {
  const folder = join(workspace, 'certs');
  makeCertificates(folder, [
    { name: 'example.com', subject: '/CN=example.com', names: 'DNS:example.com,DNS:www.example.com', days: 60 },
  ]);
  const chain = readFileSync(join(folder, 'example.com.pem'), 'utf8');
  writeFileSync(join(folder, 'beside.pem'), chain);
  writeFileSync(
    join(folder, 'glued.pem'),
    chain.replace('-----END CERTIFICATE-----\n-----BEGIN', '-----END CERTIFICATE----------BEGIN'),
  );
}

test('a lens above each block says what it holds, and leads to the panel', async () => {
  const { editor } = session.window;
  await editor.open('example.com.pem');
  const [first = ''] = await editor.lenses(/^example\.com \+1 · (59|60) days left$/);
  assert.match(first, /^example\.com/);
  await editor.clickLens('example.com +1');
  await session.window.webview().locator('h1', { hasText: 'example.com.pem' }).waitFor();
});

test('the panel knows the key beside the file, though nobody has opened the view of certificates', async () => {
  const { window } = session;
  assert.equal(await window.page.locator('.pane-header', { hasText: 'Certificates' }).count(), 0);
  const key = window.webview().locator('tr', { hasText: 'Private key' });
  await key.filter({ hasText: 'certs/example.com.key' }).waitFor();
});

test('a hover says which field the base64 under the cursor is', async () => {
  const { editor, page } = session.window;
  // Among the files to open there is the panel too, by the same name.
  await page.locator('.tab', { hasText: 'example.com.pem' }).first().click();
  await editor.goTo(2, 30);
  assert.match(await editor.hover(''), /\w+/);
  await session.window.screenshot('pem-hover');
});

test('a file that has its decoded view opened beside it as soon as it is open has its lens', async () => {
  const { editor, page, quickInput } = session.window;
  await quickInput.runCommand('View: Close All Editors');
  await editor.open('beside.pem');
  await quickInput.runCommand('TLS: Open Decoded View');
  await page.locator('.tab.active', { hasText: 'beside.pem (decoded)' }).waitFor();
  await page.locator('.codelens-decoration a', { hasText: 'example.com +1' }).waitFor();
  await quickInput.runCommand('View: Close All Editors');
});

test('glued blocks are underlined, and mended by the light bulb', async () => {
  const { editor, page } = session.window;
  await editor.open('glued.pem');
  await editor.waitForSquiggles('warning');
  await editor.goTo(1, 1);
  const message = page.locator('.marker-widget');
  await editor.pressUntil('F8', message);
  await editor.press('Escape');
  await message.waitFor({ state: 'hidden' });
  const mended = page.locator('.view-line', { hasText: /^-----BEGIN\sCERTIFICATE-----$/ }).nth(1);
  await editor.applyQuickFix('Write the block as OpenSSL reads it', mended);
  await editor.waitForSquiggles('warning', 0);
  await session.window.screenshot('pem-mended');
});
