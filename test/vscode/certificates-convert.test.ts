import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { type Session, startSession } from './driver/session.ts';
import { appears, clickUntil, clickUntilGone, eventually, repeat } from './driver/wait.ts';

let session: Session;
before(async () => {
  session = await startSession({
    files: { 'readme.md': '# Site\n' },
    prepare: (workspace) => {
      // The repository's folder is one above the one that is opened.
      mkdirSync(join(workspace, '../.git'));
      makeCertificates(join(workspace, 'certs'), [
        { name: 'example.com', subject: '/CN=example.com', names: 'DNS:example.com,DNS:www.example.com', days: 60 },
      ]);
    },
  });
  await session.window.trees.openContainer('TLS');
  await session.window.trees.row('Certificates', 'example.com +1');
});
after(() => session?.close());

const openssl = (...args: readonly string[]) =>
  execFileSync('openssl', args, { cwd: session.workspace, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

async function saveAs(file: string, proposal: string): Promise<void> {
  const { quickInput } = session.window;
  await quickInput.answerPath(proposal, join(session.workspace, file));
}

async function startExport(): Promise<void> {
  const { editor, quickInput } = session.window;
  await editor.open('example.com.pem');
  await quickInput.runCommand('TLS: Export and Convert…');
  await quickInput.waitForTitle('Export example.com.pem as');
}

async function exportAs(format: string, file: string, proposal: string): Promise<void> {
  const { quickInput } = session.window;
  await startExport();
  await quickInput.pick(format);
  await quickInput.waitForTitle('Export to');
  await saveAs(file, proposal);
  await session.window.notifications.waitFor(`Exported to ${file}`);
}

test('the chain is exported as servers want it: the leaf first and no root', async () => {
  await exportAs('PEM chain', 'certs/out-fullchain.pem', 'example.com-fullchain.pem');
  const text = session.read('certs/out-fullchain.pem');
  assert.equal(text.match(/BEGIN CERTIFICATE/g)?.length, 1);
  assert.match(openssl('x509', '-in', 'certs/out-fullchain.pem', '-noout', '-subject'), /CN\s*=\s*example\.com/);
});

test('DER and PKCS #7 are read by OpenSSL', async () => {
  await exportAs('DER certificate', 'certs/out.der', 'example.com.der');
  assert.match(openssl('x509', '-inform', 'DER', '-in', 'certs/out.der', '-noout', '-subject'), /example\.com/);
  await exportAs('PKCS #7 bundle', 'certs/out.p7b', 'example.com.p7b');
  const listed = openssl('pkcs7', '-inform', 'DER', '-in', 'certs/out.p7b', '-print_certs', '-noout');
  assert.match(listed, /example\.com/);
});

test('a certificate in DER, which VS Code cannot show, is inspected from its tab and from the palette', async () => {
  const { page, quickInput } = session.window;
  const notShown = page.locator('.editor-group-container.active', { hasText: 'not displayed in the text editor' });
  const heading = session.window.webview().locator('h1', { hasText: 'out.der' });
  const openTab = () =>
    repeat('Opening out.der', async () => {
      await page.keyboard.press('Control+P');
      await quickInput.fill('out.der');
      if (await quickInput.choose('out.der', 'certs')) return appears(notShown);
      // The list that is open may be older than the file, and stays so.
      await quickInput.cancel();
      return false;
    });
  await openTab();
  await clickUntil(page.locator('.editor-actions').getByRole('button', { name: 'Inspect Certificate' }), heading);
  await quickInput.runCommand('View: Close All Editors');
  await openTab();
  await quickInput.runCommand('TLS: Inspect Certificate');
  await heading.waitFor();
});

test('PKCS #12 asks for a password twice, and holds the key for its owner alone', async () => {
  const { quickInput, notifications } = session.window;
  await startExport();
  await quickInput.pick('PKCS #12 with key');
  await quickInput.waitForTitle('Password of the PKCS #12 file');
  await quickInput.answer('correct horse');
  await quickInput.waitForMessage('once more');
  await quickInput.answer('correct horse');
  await quickInput.waitForTitle('Export to');
  await saveAs('certs/out.p12', 'example.com.p12');
  await notifications.pressInDialog('Ignore *.p12');
  await notifications.waitFor('Exported to certs/out.p12');
  assert.equal(statSync(join(session.workspace, 'certs/out.p12')).mode & 0o777, 0o600);
  assert.match(session.read('.gitignore'), /^\*\.p12$/m);
  const options = ['-in', 'certs/out.p12', '-passin', 'pass:correct horse', '-nodes'];
  const key = openssl('pkcs12', ...options, '-nocerts');
  assert.match(key, /BEGIN PRIVATE KEY/);
  assert.match(openssl('pkcs12', ...options, '-nokeys'), /CN\s*=\s*example\.com/);
});

test('a key and a CSR are made from a form, and OpenSSL verifies the request', async () => {
  const { editor, quickInput, notifications, page } = session.window;
  await editor.open('.gitignore');
  await editor.type('# not saved yet\n');
  await quickInput.runCommand('TLS: Create Key and CSR…');
  await quickInput.waitForTitle('names (1/4)');
  await quickInput.fill('intranet.local');
  await quickInput.waitForMessage('a public CA must refuse it');
  await session.window.screenshot('create-request');
  await quickInput.answer('shop.example.com www.shop.example.com');
  await quickInput.waitForTitle('key (2/4)');
  await quickInput.pick('ECDSA P-256');
  await quickInput.waitForTitle('subject (3/4)');
  await eventually(async () => assert.equal(await quickInput.value(), 'CN=shop.example.com'));
  await quickInput.answer('CN=shop.example.com,O=Example Ltd,C=DE');
  await quickInput.waitForTitle('key file (4/4)');
  await saveAs('shop.key', 'shop.example.com.key');
  await notifications.pressInDialog('Ignore *.key');
  await session.window.webview().locator('h1', { hasText: 'shop.csr' }).waitFor();
  assert.equal(statSync(join(session.workspace, 'shop.key')).mode & 0o777, 0o600);
  assert.match(session.read('.gitignore'), /^# not saved yet$[\s\S]*^\*\.key$/m);
  assert.equal(await page.locator('.tab.dirty').count(), 0);
  const text = openssl('req', '-in', 'shop.csr', '-noout', '-verify', '-text');
  for (const part of [/DNS:shop\.example\.com, DNS:www\.shop\.example\.com/, /O\s*=\s*Example Ltd/])
    assert.match(text, part);
  const [fromKey, fromRequest] = [
    openssl('pkey', '-in', 'shop.key', '-pubout'),
    openssl('req', '-in', 'shop.csr', '-noout', '-pubkey'),
  ];
  assert.equal(fromKey, fromRequest);
});

test('a key that exists is never overwritten', async () => {
  const { quickInput, notifications, page } = session.window;
  const before = session.read('shop.key');
  await quickInput.runCommand('TLS: Create Key and CSR…');
  await quickInput.waitForTitle('names (1/4)');
  await quickInput.answer('shop.example.com');
  await quickInput.waitForTitle('key (2/4)');
  await quickInput.pick('ECDSA P-256');
  await quickInput.waitForTitle('subject (3/4)');
  await quickInput.answer('');
  await quickInput.waitForTitle('key file (4/4)');
  await saveAs('shop.key', 'shop.example.com.key');
  // VS Code itself asks whether to overwrite, and even a yes does not.
  const yes = page.locator('.quick-input-widget .monaco-button:visible', { hasText: /Yes|OK|Overwrite|Replace/ });
  await clickUntilGone(yes.first());
  await notifications.waitFor('shop.key exists already and is never overwritten');
  assert.equal(session.read('shop.key'), before);
  // Nothing that was answered is lost: the file is asked for again, and who leaves that comes back to the question before.
  await quickInput.waitForTitle('key file (4/4)');
  await page.keyboard.press('Escape');
  await quickInput.waitForTitle('subject (3/4)');
  await quickInput.cancel();
});

test('buttons lead back through the questions for a key, each with its answer', async () => {
  const { quickInput, page } = session.window;
  const button = page.locator('.quick-input-widget').getByRole('button', { name: /^Back/ });
  await quickInput.runCommand('TLS: Create Key and CSR…');
  await quickInput.waitForTitle('names (1/4)');
  await quickInput.answer('blog.example.com');
  await quickInput.waitForTitle('key (2/4)');
  await quickInput.pick('RSA 2048');
  await quickInput.waitForTitle('subject (3/4)');
  assert.equal(await quickInput.value(), 'CN=blog.example.com');
  await button.click();
  await quickInput.waitForTitle('key (2/4)');
  await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: 'RSA 2048' }).waitFor();
  await button.click();
  await quickInput.waitForTitle('names (1/4)');
  assert.equal(await quickInput.value(), 'blog.example.com');
  // A first question has no button.
  assert.equal(await button.count(), 0);
  await quickInput.answer('shop.example.com');
  await quickInput.waitForTitle('key (2/4)');
  await quickInput.pick('ECDSA P-256');
  await quickInput.waitForTitle('subject (3/4)');
  assert.equal(await quickInput.value(), 'CN=shop.example.com');
  await quickInput.cancel();
});

test('the key of a PKCS #12 file comes out of it with one password and behind another', async () => {
  const { trees, quickInput, notifications, page } = session.window;
  const make = ['-inkey', 'certs/example.com.key', '-in', 'certs/example.com.pem', '-passout', 'pass:first'];
  openssl('pkcs12', '-export', ...make, '-out', 'certs/other.p12');
  await trees.expand('Certificates', 'Protected by a password');
  const asked = page.locator('.quick-input-title', { hasText: 'Password of other.p12' });
  await trees.chooseFromMenu('Certificates', 'other.p12', 'Export and Convert…', asked);
  await quickInput.answer('second');
  await quickInput.waitForMessage('That password does not open it. Try another.');
  await quickInput.answer('first');
  await quickInput.waitForTitle('Export other.p12 as');
  await quickInput.pick('Encrypted PEM private key');
  await quickInput.waitForTitle('Password of the private key');
  await quickInput.answer('second');
  await quickInput.waitForMessage('once more');
  await quickInput.answer('second');
  await quickInput.waitForTitle('Export to');
  await saveAs('certs/other.key', 'other-encrypted.key');
  await notifications.waitFor('Exported to certs/other.key');
  assert.match(session.read('certs/other.key'), /^-----BEGIN ENCRYPTED PRIVATE KEY-----$/m);
  const opened = openssl('pkey', '-in', 'certs/other.key', '-passin', 'pass:second');
  assert.equal(opened, openssl('pkey', '-in', 'certs/example.com.key'));
});

test('buttons lead back through an export, to the certificate and to the format', async () => {
  const { quickInput, page } = session.window;
  const button = page.locator('.quick-input-widget').getByRole('button', { name: /^Back/ });
  await quickInput.runCommand('View: Close All Editors');
  await quickInput.runCommand('TLS: Export and Convert…');
  await quickInput.waitForTitle('Export certificate');
  await quickInput.pick('example.com');
  await quickInput.waitForTitle('Export example.com.pem as');
  await button.click();
  await quickInput.waitForTitle('Export certificate');
  await quickInput.pick('example.com');
  await quickInput.waitForTitle('Export example.com.pem as');
  await quickInput.pick('PKCS #12 with key');
  await quickInput.waitForTitle('Password of the PKCS #12 file');
  await quickInput.answer('correct horse');
  await quickInput.waitForMessage('once more');
  await quickInput.answer('correct');
  await quickInput.waitForMessage('The two differ. Write the first one again, or go back to it.');
  await quickInput.answer('correct horse');
  await quickInput.waitForTitle('Export to');
  // A dialogue has no button: who leaves it goes back.
  await page.keyboard.press('Escape');
  await quickInput.waitForMessage('The two differ');
  await button.click();
  await quickInput.waitForMessage('once more');
  await button.click();
  await quickInput.waitForMessage('It is kept nowhere');
  await button.click();
  await quickInput.waitForTitle('Export example.com.pem as');
  await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: 'PKCS #12' }).waitFor();
  await quickInput.cancel();
});

test('the decoded view says in words what the file holds', async () => {
  const { trees, page, editor } = session.window;
  const tab = page.locator('.tab.active', { hasText: 'root.crt (decoded)' });
  await trees.chooseFromMenu('Certificates', 'Test Root', 'Open Decoded View', tab);
  const text = await editor.visibleText(/Test Root/);
  for (const part of ['Certificate', 'Test Root', 'Example']) assert.ok(text.includes(part), `${part} in ${text}`);
  await session.window.screenshot('certificates-decoded');
});

test('the decoded view follows a text that was never saved', async () => {
  const { page, editor, quickInput } = session.window;
  await quickInput.runCommand('View: Close All Editors');
  await quickInput.runCommand('File: New Untitled Text File');
  await editor.replaceAll(session.read('certs/root.crt'));
  await quickInput.runCommand('TLS: Open Decoded View');
  await page.locator('.tab.active', { hasText: /^Untitled-1 \(decoded\)/ }).waitFor();
  await editor.visibleText(/Test Root/);
  await quickInput.runCommand('View: Focus First Editor Group');
  await editor.replaceAll(session.read('certs/example.com.pem'));
  await page
    .locator('.editor-group-container:not(.active) .view-line', { hasText: 'DNS:www.example.com' })
    .first()
    .waitFor();
});
