import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { inPage } from '../support/in-page.ts';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { type Session, startSession } from './driver/session.ts';
import { eventually } from './driver/wait.ts';

const html = '<img src=x onerror=hacked=1><script>hacked=1</script>';

let session: Session;
before(async () => {
  session = await startSession({
    files: { 'readme.md': '# Site\n', 'empty.pem': '', 'half.pem': '-----BEGIN CERTIFICATE-----\nMIIB\n' },
    prepare: makeFiles,
  });
});
after(() => session?.close());

function makeFiles(workspace: string): void {
  makeCertificates(join(workspace, 'certs'), [
    { name: 'example.com', subject: '/CN=example.com', names: 'DNS:example.com,DNS:www.example.com', days: 60 },
    { name: 'expired', subject: '/CN=expired.example.com', names: 'DNS:expired.example.com', days: -1 },
    { name: 'soon', subject: '/CN=soon.example.com', names: 'DNS:soon.example.com', days: 4 },
    {
      name: 'hostile',
      subject: `/CN=${html.replaceAll('/', '\\/')}/O=<b>bold<\\/b>/OU=[click](command:workbench.action.quit)`,
      names: `DNS:<b>bold</b>.example,email:<svg onload=alert(1)>@example.com`,
      days: 40,
      extensions: [`nsComment=${html}`],
    },
  ]);
}

test('the tree groups the certificates by urgency and says how many days are left', async () => {
  const { trees } = session.window;
  await trees.openContainer('TLS');
  await eventually(async () => {
    const rows = await trees.rows('Certificates');
    assert.ok(rows.includes('Expired, 1 certificate'), rows.join('\n'));
    assert.ok(
      rows.some((row) => /^example\.com and 1 more name, (59|60) days left/.test(row)),
      rows.join('\n'),
    );
  });
  await trees.expand('Certificates', 'example.com +1');
  await trees.row('Certificates', 'private key');
  await session.window.screenshot('certificates-tree');
});

test('a click opens the panel with names, validity, key, chain and extensions', async () => {
  const { trees } = session.window;
  const panel = session.window.webview();
  await trees.click('Certificates', 'example.com +1', panel.locator('h1', { hasText: 'example.com.pem' }));
  const text = await panel.locator('main').innerText();
  for (const part of ['www.example.com', 'EC P-256', 'Subject alternative names', 'Test Root', 'more days']) {
    assert.ok(text.includes(part), `${part} in ${text}`);
  }
});

test('the panel is operated by keyboard alone', async () => {
  const { page } = session.window;
  const panel = session.window.webview();
  // The panel is drawn anew when the trust stores are there.
  await panel.locator('#section-trusted-by').waitFor();
  await panel.locator('button', { hasText: 'certs/example.com.pem' }).focus();
  const menu = panel.locator('summary', { hasText: 'Copy as' });
  await menu.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  // It is hidden again after some seconds.
  await panel.getByText('fingerprint copied').waitFor({ state: 'attached' });
  await panel.locator('summary:focus', { hasText: 'Copy as' }).waitFor();
});

test('a certificate whose fields hold HTML changes nothing', async () => {
  const { trees } = session.window;
  const panel = session.window.webview();
  await trees.click('Certificates', 'bold', panel.locator('h1', { hasText: 'hostile.pem' }));
  const text = await panel.locator('main').innerText();
  assert.ok(text.includes('<img src=x onerror='), text);
  const found = await panel.locator('main').evaluate(describeMain);
  assert.deepEqual({ elements: found.elements, hacked: found.hacked }, { elements: 0, hacked: false });
  assert.match(found.policy, /default-src 'none'/);
  await session.window.screenshot('panel-hostile');
});

test('a panel comes back after the window was reloaded', async () => {
  const { page, quickInput } = session.window;
  await Promise.all([page.waitForEvent('load'), quickInput.runCommand('Developer: Reload Window')]);
  await page.locator('.monaco-workbench .part.statusbar').waitFor();
  await session.window.webview().locator('h1', { hasText: 'hostile.pem' }).waitFor();
});

test('a certificate that is cut in half and an empty file say so', async () => {
  const { trees } = session.window;
  await trees.row('Certificates', 'Cannot be read');
  await trees.expand('Certificates', 'Cannot be read');
  const panel = session.window.webview();
  const status = panel.locator('.status.headline');
  await trees.click('Certificates', 'half.pem', panel.locator('h1', { hasText: 'half.pem' }));
  assert.match(await status.innerText(), /END line|cannot be read/i);
  await session.window.editor.open('empty.pem');
  await session.window.quickInput.runCommand('TLS: Inspect Certificate');
  await panel.locator('h1', { hasText: 'empty.pem' }).waitFor();
  assert.match(await status.innerText(), /empty/i);
});

test('a certificate that goes from the disk goes from the tree', async () => {
  const { page } = session.window;
  rmSync(join(session.workspace, 'certs/soon.pem'));
  await page.locator('.monaco-list-row', { hasText: 'soon.example.com' }).waitFor({ state: 'detached' });
});

const describeMain = inPage<{ elements: number; hacked: boolean; policy: string }>(
  'main',
  `return {
    elements: main.querySelectorAll('img, script, b, iframe, a, [style]').length,
    hacked: 'hacked' in window,
    policy: document.querySelector('meta[http-equiv]').getAttribute('content'),
  }`,
);
