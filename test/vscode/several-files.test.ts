import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { type Session, startSession } from './driver/session.ts';
import { appears, eventually, repeat } from './driver/wait.ts';

const main = `events {}
http {
    include snippets/tls.conf;
    include sites/*.conf;
}
`;

const site = `server {
    listen 443 ssl;
    server_name example.com;
    ssl_certificate ../certs/example.com.pem;
    ssl_certificate_key ../certs/example.com.key;
    add_header Strict-Transport-Security "max-age=63072000" always;
}
`;

let session: Session;
before(async () => {
  session = await startSession({
    viewport: { width: 1600, height: 1000 },
    files: {
      'nginx/nginx.conf': main,
      'nginx/snippets/tls.conf': 'ssl_protocols TLSv1.2 TLSv1.3;\nssl_ciphers ECDHE+AESGCM:NOTHING;\n',
      'nginx/sites/shop.conf': `${site}${site.replace('443', '8443')}`,
      'own.json': '{ "name": "ours", "protocols": ["TLSv1.2", "TLSv1.3"] }',
      '.vscode/settings.json': '{ "tlsWorkbench.profile": "own.json" }',
    },
    prepare: (workspace) =>
      makeCertificates(join(workspace, 'certs'), [
        { name: 'example.com', subject: '/CN=example.com', names: 'DNS:example.com', days: 60 },
      ]),
  });
});
after(() => session?.close());

/** The other of two editors, beside the one that has the keyboard. */
const beside = () => session.window.page.locator('.editor-group-container:not(.active) .editor-instance');

/** Puts a file beside another one, which stays on the left, and has the keyboard on the right. */
async function openBeside(left: string, right: string): Promise<void> {
  const { editor, page, quickInput } = session.window;
  await quickInput.runCommand('View: Close All Editors');
  await editor.open(left);
  // One that waits for its lenses while it is split shows none.
  if (left.includes('sites')) await editor.lenses();
  await page.waitForTimeout(1_000);
  await quickInput.runCommand('View: Split Editor Right');
  await editor.open(right);
}

/** Presses Ctrl+/ in a line until the text has changed so. */
async function toggleComment(line: number, wanted: RegExp): Promise<void> {
  const { editor, page } = session.window;
  await editor.goTo(line, 1);
  const shown = page.locator('.editor-group-container.active .view-line', { hasText: wanted });
  await repeat('Ctrl+/', async () => {
    if (await appears(shown, 500)) return true;
    await page.keyboard.press('Control+/');
    return appears(shown, 3_000);
  });
}

test('what an unsaved text changes is seen in the other files of the configuration', async () => {
  const { editor } = session.window;
  await openBeside('nginx/sites/shop.conf', 'nginx/snippets/tls.conf');
  const lens = (text: RegExp) => beside().locator('.codelens-decoration a', { hasText: text }).first();
  await lens(/^TLS 1\.2–1\.3 ·/).waitFor();
  await toggleComment(1, /^#\sssl_protocols/);
  await editor.press('End');
  await editor.press('Enter');
  await editor.type('ssl_protocols TLSv1.3;');
  await editor.press('Enter');
  await lens(/^TLS 1\.3 ·/).waitFor();
});

test('and no longer when it is thrown away', async () => {
  const { editor, notifications, page, quickInput } = session.window;
  await editor.press('Control+W');
  await notifications.pressInDialog('Don');
  await page.locator('.tab', { hasText: 'tls.conf' }).waitFor({ state: 'detached' });
  await quickInput.runCommand('View: Focus First Editor Group').catch(() => undefined);
  await editor.lenses(/^TLS 1\.2–1\.3 ·/);
});

test('nor where it was one edit alone', async () => {
  const { editor, notifications, page, quickInput } = session.window;
  await openBeside('nginx/sites/shop.conf', 'nginx/snippets/tls.conf');
  const lens = (text: RegExp) => beside().locator('.codelens-decoration a', { hasText: text }).first();
  await lens(/^TLS 1\.2–1\.3 ·/).waitFor();
  await editor.replaceAll('ssl_protocols TLSv1.3;\n');
  await lens(/^TLS 1\.3 ·/).waitFor();
  await editor.press('Control+W');
  await notifications.pressInDialog('Don');
  await page.locator('.tab', { hasText: 'tls.conf' }).waitFor({ state: 'detached' });
  await quickInput.runCommand('View: Focus First Editor Group').catch(() => undefined);
  await editor.lenses(/^TLS 1\.2–1\.3 ·/);
});

test('a file that its main file no longer includes is judged alone', async () => {
  const { problems } = session.window;
  await openBeside('nginx/snippets/tls.conf', 'nginx/nginx.conf');
  await problems.waitFor('Also in force for server example.com');
  await session.window.editor.open('nginx/nginx.conf');
  await toggleComment(3, /^\s*#\sinclude/);
  await problems.waitForNone('Also in force for server example.com');
  await problems.waitFor('NOTHING');
  await session.window.editor.open('nginx/nginx.conf');
  await toggleComment(3, /^\s*include\ssnippets/);
  await session.window.editor.save();
  await problems.waitFor('Also in force for server example.com');
});

test('a path of a certificate says what lies there', async () => {
  const { editor } = session.window;
  await editor.open('nginx/sites/shop.conf');
  await editor.goTo(4, 30);
  assert.match(await editor.hover('Valid from'), /example\.com\s+Valid from [-0-9]+ to [-0-9]+: (59|60) days left/);
  await session.window.screenshot('hover-certificate');
  await editor.press('Escape');
  await editor.goTo(5, 36);
  assert.match(
    await editor.hover('Private key'),
    /Belongs to certs\/example\.com\.pem: .*example\.com, (59|60) days left/,
  );
});

test('paths are named as the workspace names them', async () => {
  const { editor, problems } = session.window;
  session.write('nginx/sites/other.conf', site.replaceAll('server_name example.com', 'server_name other.example'));
  await problems.waitFor('The certificate certs/example.com.pem is for example.com');
  await editor.open('nginx/sites/other.conf');
  await editor.lenses(/· M \(name mismatch\) ·|· T \(not trusted\) ·/);
});

test('problems of a deleted file go, though its effective configuration was looked at', async () => {
  const { editor, page, problems, quickInput } = session.window;
  await quickInput.runCommand('View: Close All Editors');
  await editor.open('nginx/sites/other.conf');
  await quickInput.runCommand('TLS: Show Effective Configuration');
  await editor.visibleText(/certificate: certs\/example\./);
  await quickInput.runCommand('View: Close All Editors');
  await editor.open('nginx/nginx.conf');
  rmSync(join(session.workspace, 'nginx/sites/other.conf'));
  await problems.waitForNone('other.conf');
  await page.waitForTimeout(1_000);
  await problems.waitForNone('other.conf');
});

test('so do those of its configuration, of which no other file is open', async () => {
  const { editor, problems, quickInput } = session.window;
  await quickInput.runCommand('View: Close All Editors');
  session.write('nginx/sites/other.conf', site);
  await editor.open('nginx/sites/other.conf');
  await problems.waitFor('tls.conf');
  rmSync(join(session.workspace, 'nginx/sites/other.conf'));
  await problems.waitForNone('tls.conf');
  await quickInput.runCommand('View: Close All Editors');
  await editor.open('nginx/nginx.conf');
});

test('a profile of ones own is followed while it is edited', async () => {
  const { problems } = session.window;
  const file = join(session.workspace, 'own.json');
  assert.match(readFileSync(file, 'utf8'), /ours/);
  writeFileSync(file, '{ "name": "ours", "source": "our handbook", "protocols": ["TLSv1.3"] }');
  await problems.waitFor('our handbook');
  await eventually(async () => assert.ok((await problems.rows()).some((row) => /^Warning: .*our handbook/.test(row))));
});
