import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Pebble, startPebble } from '../support/pebble.ts';
import { type Session, startSession } from './driver/session.ts';
import { appears, eventually, repeat } from './driver/wait.ts';

let pebble: Pebble;
let session: Session;
before(async () => {
  pebble = await startPebble();
  session = await startSession({
    files: {
      '.git/HEAD': 'ref: refs/heads/main\n',
      'nginx/nginx.conf': `events {}
http {
  server {
    listen 80;
    server_name shop.example www.shop.example;
    root ${pebble.webroot};
  }
}
`,
      'tls-workbench.yaml': `# Kept: who issues
issuers:
  pebble: { directory: "${pebble.directory}", ca: ${pebble.caFile}, agreeToTerms: true } # loopback
`,
    },
  });
});
after(async () => {
  await session?.close();
  await pebble?.stop();
});

test('the default issuer is a development CA that needs no network', async () => {
  const { quickInput, notifications, trees, page } = session.window;
  await trees.openContainer('TLS');
  await session.window.page.getByText('There are no certificates in this workspace').waitFor();
  await quickInput.runCommand('TLS: Request Certificate');
  await quickInput.waitForTitle('names');
  await quickInput.pick('Other names');
  await quickInput.waitForMessage('Domain names and addresses');
  await quickInput.answer('app.test');
  await quickInput.waitForTitle('issuer');
  await quickInput.pick('local');
  const ignore = page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Ignore *.key' });
  await ignore.waitFor();
  // A "Cancel" would seem to end the request.
  assert.deepEqual((await page.locator('.monaco-dialog-box .monaco-button').allInnerTexts()).toSorted(), [
    'Ignore *.key',
    'Leave as It Is',
  ]);
  await notifications.pressInDialog('Ignore *.key');
  await notifications.waitFor('The certificate for app.test is in tls/app.test.fullchain.pem');
  await notifications.press('To have its certificates trusted on this machine', 'Copy Command');
  assert.match(session.read('.gitignore'), /^\*\.key$/m);
  const certificate = new X509Certificate(session.read('tls/app.test.fullchain.pem'));
  assert.equal(certificate.subjectAltName, 'DNS:app.test');
  assert.equal(statSync(join(session.workspace, 'tls/app.test.key')).mode & 0o777, 0o600);
  await session.window.webview().locator('h1', { hasText: 'app.test.fullchain.pem' }).waitFor();
  const plan = session.read('tls-workbench.yaml');
  assert.match(plan, /^# Kept: who issues$/m);
  assert.match(plan, /# loopback$/m);
  await trees.row('Certificates', 'app.test');
  await trees.row('Issuance', 'app.test');
  await session.window.screenshot('issuance-local');
});

test('what a development CA has issued is not offered to be revoked', async () => {
  const { quickInput, notifications, trees, page } = session.window;
  await trees.openContainer('TLS');
  const entry = page.locator('.context-view .action-menu-item', { hasText: 'Renew Certificate' }).first();
  await repeat('The menu of the certificate', async () => {
    await (await trees.row('Issuance', 'app.test')).click({ button: 'right' });
    return appears(entry);
  });
  const entries = await page.locator('.context-view .action-menu-item').allInnerTexts();
  assert.ok(!entries.some((text) => text.includes('Revoke')), entries.join());
  await page.keyboard.press('Escape');
  await quickInput.runCommand('TLS: Revoke Certificate');
  await notifications.waitFor('every certificate of the plan is of a development CA');
});

test('a certificate from an ACME CA, with names and webroot from the configuration', async () => {
  const { editor, quickInput, notifications, page } = session.window;
  await editor.open('nginx.conf');
  await quickInput.runCommand('TLS: Request Certificate');
  await quickInput.waitForTitle('names');
  await quickInput.pick('shop.example');
  await quickInput.waitForTitle('issuer');
  await quickInput.pick('pebble');
  await quickInput.waitForTitle('webroot');
  await eventually(async () => assert.equal(await quickInput.value(), pebble.webroot));
  await quickInput.answer(pebble.webroot);
  for (const _ of ['shop.example', 'www.shop.example']) {
    const message = await notifications.waitFor('Publish this file, then continue');
    assert.match(message, /\.well-known\/acme-challenge\//);
    await session.window.screenshot('issuance-publish');
    await notifications.press('Publish this file', 'Continue Without Check');
  }
  // Whoever goes on typing meanwhile does so when the panel comes.
  const palette = page.locator('.quick-input-widget .quick-input-box input');
  await page.keyboard.press('F1');
  await palette.fill('>half a command');
  await session.window.webview().locator('h1', { hasText: 'shop.example.fullchain.pem' }).waitFor({ timeout: 60_000 });
  await page.keyboard.type(' typed');
  assert.equal(await palette.inputValue(), '>half a command typed');
  await quickInput.cancel();
  await notifications.waitFor('The certificate for shop.example is in');
  const certificate = new X509Certificate(session.read('tls/shop.example.fullchain.pem'));
  assert.equal(certificate.subjectAltName, 'DNS:shop.example, DNS:www.shop.example');
  // The challenge file and its folders are removed.
  await eventually(() => assert.deepEqual(readdirSync(pebble.webroot), []));
});

test('a request that is cancelled half way leaves nothing behind', async () => {
  const { quickInput, notifications } = session.window;
  await notifications.clear();
  await quickInput.runCommand('TLS: Request Certificate');
  await quickInput.waitForTitle('names');
  await quickInput.pick('Other names');
  await quickInput.waitForMessage('Domain names and addresses');
  await quickInput.answer('half.example');
  await quickInput.waitForTitle('issuer');
  await quickInput.pick('pebble');
  await quickInput.waitForTitle('webroot');
  await quickInput.answer(pebble.webroot);
  await notifications.waitFor('Publish this file, then continue');
  assert.ok(existsSync(join(pebble.webroot, '.well-known/acme-challenge')));
  await notifications.press('Certificate half.example', 'Cancel');
  await notifications.waitFor('The request for half.example was cancelled');
  await eventually(() => assert.deepEqual(readdirSync(pebble.webroot), []));
  assert.ok(!existsSync(join(session.workspace, 'tls/half.example.key')));
});

test('and whoever closes the message of that request later is asked nothing', async () => {
  const { notifications, page } = session.window;
  await notifications.clear();
  await page.waitForTimeout(1_000);
  assert.equal(await page.locator('.monaco-dialog-box').count(), 0);
});

test('a window that is reloaded in the midst of a request leaves its order for the next one', async () => {
  const { quickInput, notifications, trees, page } = session.window;
  await trees.chooseFromMenu(
    'Issuance',
    'half.example',
    'Request Certificate',
    page.locator('.notification-list-item'),
  );
  await notifications.waitFor('Publish this file, then continue');
  await quickInput.runCommand('Developer: Reload Window');
  await eventually(() => assert.deepEqual(readdirSync(pebble.webroot), []));
  await trees.openContainer('TLS');
  await trees.row('Issuance', 'half.example');
  await eventually(async () => {
    const rows = await trees.rows('Issuance');
    const [row] = rows.filter((each) => each.startsWith('half.example'));
    assert.equal(row, 'half.example, not issued yet · pebble · order begun');
  });
});

test('what is planned is requested, and a try that failed is told in its row', async () => {
  const { trees, notifications, page } = session.window;
  const down = '{ directory: "https://127.0.0.1:9/directory", agreeToTerms: true }';
  const planned = `{ names: [down.example], issuer: down, challenge: { type: http-01, webroot: ${pebble.webroot} } }`;
  session.write('tls-workbench.yaml', `issuers:\n  down: ${down}\ncertificates:\n  down.example: ${planned}\n`);
  await trees.openContainer('TLS');
  await trees.chooseFromMenu(
    'Issuance',
    'down.example',
    'Request Certificate',
    page.locator('.notification-list-item'),
  );
  await notifications.waitFor('127.0.0.1:9/directory cannot be reached');
  await trees.row('Issuance', 'last try failed');
  const [label] = (await trees.rows('Issuance')).filter((row) => row.startsWith('down.example'));
  assert.equal(label, 'down.example, not issued yet · last try failed · down');
  await trees.expand('Issuance', 'History');
  await trees.row('Issuance', 'down.example failed');
  const [event] = (await trees.rows('Issuance')).filter((row) => row.startsWith('down.example failed'));
  assert.match(event ?? '', /127\.0\.0\.1:9\/directory cannot be reached: connection refused/);
});
