import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { type Session, startSession } from './driver/session.ts';
import { clickUntil, eventually } from './driver/wait.ts';

let folder: string;
let ca: Server;
let port: number;
let asked: string[] = [];
let session: Session;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tls-workbench-panel-'));
  ca = createServer((request, response) => {
    asked.push(request.url ?? '');
    const file = request.url === '/intermediate.cer' ? 'intermediate.crt' : 'root.crt';
    response.end(execFileSync('openssl', ['x509', '-in', join(folder, file), '-outform', 'DER']));
  });
  await new Promise<void>((resolve) => ca.listen(0, '127.0.0.1', resolve));
  port = (ca.address() as AddressInfo).port;
  const extensions = [`authorityInfoAccess=caIssuers;URI:http://127.0.0.1:${port}/root.cer`];
  makeCertificates(folder, [
    { name: 'site', subject: '/CN=example.com', names: 'DNS:example.com,DNS:www.example.com', days: 60, extensions },
    { name: 'next', subject: '/CN=example.com', names: 'DNS:example.com', days: 90, extensions },
  ]);
  const deep = makeBelowIntermediate(`http://127.0.0.1:${port}/intermediate.cer`);
  const files = { 'site.pem': leafOf('site'), 'next.pem': leafOf('next'), 'deep.pem': deep.trimEnd() };
  session = await startSession({ files });
  git('init', '-q');
  git('add', 'site.pem');
  git('-c', 'user.name=Test', '-c', 'user.email=test@example.com', 'commit', '-qm', 'Add certificate');
});
after(async () => {
  await session?.close();
  ca?.close();
  rmSync(folder, { recursive: true, force: true });
});

function git(...args: readonly string[]): void {
  execFileSync('git', args, { cwd: session.workspace, stdio: 'ignore' });
}

/** A certificate of an intermediate that only its CA has, `intermediate.crt` in the folder. */
function makeBelowIntermediate(url: string): string {
  const openssl = (...args: readonly string[]): string =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' });
  const certify = (name: string, issuer: string, extensions: readonly string[]): string => {
    openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', `${name}.key`);
    const request = openssl('req', '-new', '-key', `${name}.key`, '-subj', `/CN=${name}`);
    writeFileSync(join(folder, 'request.csr'), request);
    writeFileSync(join(folder, 'extensions'), extensions.join('\n'));
    const signer = issuer === name ? ['-signkey', `${name}.key`] : ['-CA', `${issuer}.crt`, '-CAkey', `${issuer}.key`];
    const options = ['-days', '80', '-extfile', 'extensions', '-out', `${name}.crt`];
    openssl('x509', '-req', '-in', 'request.csr', ...signer, ...options);
    return readFileSync(join(folder, `${name}.crt`), 'utf8');
  };
  const ca = ['basicConstraints=critical,CA:TRUE', 'subjectKeyIdentifier=hash'];
  certify('top', 'top', ca);
  certify('intermediate', 'top', ca);
  return certify('deep', 'intermediate', [
    'subjectAltName=DNS:deep.example',
    `authorityInfoAccess=caIssuers;URI:${url}`,
  ]);
}

/** The certificate without the root behind it. */
function leafOf(name: string): string {
  const [leaf = ''] = readFileSync(join(folder, `${name}.pem`), 'utf8').split(/(?<=-----END CERTIFICATE-----\n)/);
  return leaf;
}

async function openSite() {
  const { trees } = session.window;
  await trees.openContainer('TLS');
  const panel = session.window.webview();
  await trees.click('Certificates', 'site.pem', panel.locator('h1', { hasText: 'site.pem' }));
  // The panel is drawn anew when the trust stores are there.
  await panel.locator('#section-trusted-by').waitFor();
  return panel;
}

test('what the panel shows is exported without asking which certificate', async () => {
  const { quickInput } = session.window;
  await openSite();
  await quickInput.runCommand('TLS: Export and Convert…');
  await quickInput.waitForTitle('Export site.pem as');
  await quickInput.cancel();
});

test('the raw bytes of an extension are one click away', async () => {
  const panel = await openSite();
  const raw = panel.locator('dd', { hasText: 'www.example.com' }).locator('details');
  assert.equal(await raw.locator('code').isVisible(), false);
  await clickUntil(raw.locator('summary'), raw.locator('code'));
  assert.match(await raw.locator('code').innerText(), /^30 [0-9a-f ]+$/);
});

test('a missing issuer is fetched from its CA when the button is pressed, and not before', async () => {
  const panel = session.window.webview();
  await session.window.page.waitForTimeout(1000);
  assert.deepEqual(asked, []);
  const button = panel.locator('button', { hasText: `Fetch It From 127.0.0.1:${port}` });
  await button.scrollIntoViewIfNeeded();
  await session.window.screenshot('panel-missing-issuer');
  await clickUntil(
    button,
    panel.locator('.node .detail', { hasText: `Fetched from http://127.0.0.1:${port}/root.cer` }),
  );
  assert.deepEqual(asked, ['/root.cer']);
  const chain = await panel.locator('section', { has: panel.locator('#chain') }).innerText();
  assert.match(chain, /Test Root/);
  await session.window.screenshot('panel-fetched');
  asked = [];
});

test('compared with another certificate, the panel says what it means', async () => {
  const { quickInput, page } = session.window;
  const panel = session.window.webview();
  const asked = page.locator('.quick-input-title', { hasText: 'Compare site.pem' });
  await clickUntil(panel.locator('button', { hasText: 'Compare With…' }), asked);
  await quickInput.pick('example.com');
  await panel.locator('h2', { hasText: 'Compared with next.pem' }).waitFor();
  assert.match(await panel.locator('table.comparison').innerText(), /www\.example\.com/);
  await session.window.screenshot('panel-compared');
});

test('compared with the last commit, an equal certificate means the same and a new one does not', async () => {
  const panel = session.window.webview();
  const button = panel.locator('button', { hasText: 'Compare With Last Commit' });
  await clickUntil(button, panel.locator('h2', { hasText: 'Compared with the last commit' }));
  await panel.getByText('They mean the same').waitFor();
  writeFileSync(join(session.workspace, 'site.pem'), leafOf('next'));
  await panel.locator('table.comparison', { hasText: 'www.example.com' }).waitFor();
});

test('the panel says of each trust store whether it trusts the chain', async () => {
  const panel = session.window.webview();
  const stores = panel.locator('section', { has: panel.locator('#section-trusted-by') });
  await stores.waitFor();
  await eventually(async () => {
    assert.match(await stores.innerText(), /Node\.js\s+no: none of its certificates issued it/);
  });
});

test('a fetched intermediate is added to the file by a button', async () => {
  const { trees } = session.window;
  const panel = session.window.webview();
  await trees.click('Certificates', 'deep.pem', panel.locator('h1', { hasText: 'deep.pem' }));
  const add = panel.locator('button', { hasText: 'Add Fetched Issuer to File' });
  await clickUntil(panel.locator('button', { hasText: `Fetch It From 127.0.0.1:${port}` }), add);
  await clickUntil(add, panel.locator('h2', { hasText: 'In this file: 2 objects' }));
  assert.equal(session.read('deep.pem').match(/^-----BEGIN CERTIFICATE-----$/gm)?.length, 2);
  await add.waitFor({ state: 'detached' });
});

test('of several certificates the one that was chosen in the panel is exported, also after another tab was shown', async () => {
  const { quickInput, trees, editor, page } = session.window;
  session.write('both.pem', readFileSync(join(folder, 'site.pem'), 'utf8'));
  await trees.openContainer('TLS');
  const panel = session.window.webview();
  const chosen = panel.locator('#object', { hasText: 'Test Root' });
  await trees.click('Certificates', 'both.pem', panel.locator('h1', { hasText: 'both.pem' }));
  await clickUntil(panel.locator('.choice', { hasText: 'Test Root' }), chosen);
  session.write('notes.txt', 'Another tab.\n');
  await editor.open('notes.txt');
  await clickUntil(page.locator('.tab', { hasText: 'both.pem' }), chosen);
  await quickInput.runCommand('TLS: Export and Convert…');
  await quickInput.waitForTitle('Export Test Root of both.pem as');
  await quickInput.cancel();
});

test('a panel follows its file to another name', async () => {
  const { editor, page, quickInput, trees } = session.window;
  session.write('before.pem', leafOf('next'));
  await trees.openContainer('TLS');
  const panel = session.window.webview();
  await trees.click('Certificates', 'before.pem', panel.locator('h1', { hasText: 'before.pem' }));
  await quickInput.runCommand('View: Show Explorer');
  await clickUntil(
    page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'before.pem' }),
    page.locator('.explorer-folders-view .monaco-list-row.focused', { hasText: 'before.pem' }),
  );
  const name = page.locator('.explorer-folders-view .explorer-item-edited input');
  await editor.pressUntil('F2', name);
  await name.fill('after.pem');
  await name.press('Enter');
  await clickUntil(
    page.locator('.tab', { hasText: 'after.pem' }).first(),
    panel.locator('h1', { hasText: 'after.pem' }),
  );
  assert.equal(await page.locator('.tab', { hasText: 'before.pem' }).count(), 0);
});
