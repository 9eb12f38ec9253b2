import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createServer, type Server } from 'node:tls';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { type Session, startSession } from './driver/session.ts';
import { disappears, eventually, repeat } from './driver/wait.ts';

const configuration = (port: number) => `events {}
http {
    server {
        listen ${port} ssl;
        server_name localhost;
        ssl_protocols TLSv1.2;
        ssl_certificate certs/shop.pem;
        ssl_certificate_key certs/shop.key;
    }
}
`;

let folder: string;
let server: Server;
let port: number;
let connections = 0;
let session: Session;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tls-workbench-host-'));
  makeCertificates(folder, [
    { name: 'shop', subject: '/CN=localhost', names: 'DNS:localhost', days: 60 },
    { name: 'old', subject: '/CN=localhost', names: 'DNS:localhost', days: 3 },
  ]);
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  server = createServer({ cert: read('old.pem'), key: read('old.key') }, (socket) => socket.end());
  server.on('connection', () => connections++);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  port = (server.address() as AddressInfo).port;
  session = await startSession({
    files: {
      'nginx.conf': configuration(port),
      'certs/shop.pem': read('shop.pem'),
      'certs/shop.key': read('shop.key'),
    },
  });
});
after(async () => {
  await session?.close();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The panel's text once it says `part`: of an earlier answer, the panel looks the same. */
async function inspectHost(host: string, part: string): Promise<string> {
  const { quickInput } = session.window;
  await quickInput.runCommand('TLS: Inspect Host…');
  await quickInput.waitForTitle('Inspect host');
  await quickInput.answer(host);
  const panel = session.window.webview();
  await panel.locator('td', { hasText: part }).first().waitFor();
  return panel.locator('main').innerText();
}

test('who looks something up elsewhere finds what was typed', async () => {
  const { editor, quickInput, page } = session.window;
  const lookElsewhere = async () => {
    // The palette's list covers the upper lines.
    await page
      .locator('.editor-instance .monaco-editor')
      .first()
      .click({ position: { x: 400, y: 700 } });
    await page.locator('.monaco-editor.focused').waitFor();
  };
  await editor.open('nginx.conf');
  session.write('.vscode/settings.json', JSON.stringify({ 'workbench.quickOpen.closeOnFocusLost': true }));
  await repeat('The setting', async () => {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget').waitFor();
    await lookElsewhere();
    return disappears(page.locator('.quick-input-widget'), 1_000);
  });
  await quickInput.runCommand('TLS: Inspect Host…');
  await quickInput.waitForTitle('Inspect host');
  await quickInput.fill('mail.example');
  await lookElsewhere();
  await page.waitForTimeout(500);
  assert.ok(await page.locator('.quick-input-widget').isVisible());
  assert.equal(await quickInput.value(), 'mail.example');
  await quickInput.cancel();
  session.write('.vscode/settings.json', '{}');
});

test('a live host is shown as it answered, against the files and the configuration of the workspace', async () => {
  await session.window.trees.openContainer('TLS');
  await session.window.trees.row('Certificates', 'localhost');
  assert.equal(connections, 0);
  const text = await inspectHost(`localhost:${port}`, 'It does not answer as');
  assert.equal(connections, 1, 'one connection, because somebody asked');
  for (const part of [
    'TLS 1.3',
    'certs/shop.pem holds a later one for localhost',
    'It does not answer as nginx.conf:4 says (server localhost)',
    'it speaks TLS 1.3, configured is TLS 1.2',
    'it sends another certificate than shop.pem holds',
  ]) {
    assert.ok(text.includes(part), `${part} in ${text}`);
  }
  const headline = session.window.webview().locator('.status.headline.warning');
  assert.match(await headline.innerText(), /does not trust the chain: it ends in a root/);
  await session.window.screenshot('panel-host');
});

test('a server that answers as configured is said to', async () => {
  session.write('nginx.conf', configuration(port).replace('ssl_protocols TLSv1.2;', 'ssl_protocols TLSv1.2 TLSv1.3;'));
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  server.setSecureContext({ cert: read('shop.pem'), key: read('shop.key') });
  // Files that another program changes are looked at again after a moment.
  await eventually(async () => {
    const text = await inspectHost(`localhost:${port}`, '');
    for (const part of ['It answers as nginx.conf:4 says', 'The same certificate is in certs/shop.pem']) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
  });
});

test('a host that does not answer is a sentence with the reason', async () => {
  const { quickInput, notifications } = session.window;
  await quickInput.runCommand('TLS: Inspect Host…');
  await quickInput.waitForTitle('Inspect host');
  await quickInput.answer('localhost:1');
  assert.match(await notifications.waitFor('Nothing was inspected: localhost:1'), /no TLS handshake|refused/);
});
