import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { inPage } from '../support/in-page.ts';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { type Session, startSession } from './driver/session.ts';
import { clickUntil, eventually, hoverUntil } from './driver/wait.ts';

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
  session = await startSession({ files: { 'nginx/nginx.conf': configuration }, prepare: makeFiles });
});
after(() => session?.close());

function makeFiles(workspace: string): void {
  makeCertificates(join(workspace, 'nginx/certs'), [
    { name: 'shop', subject: '/CN=shop.example.com', names: 'DNS:shop.example.com', days: 60 },
    { name: 'expired', subject: '/CN=old.example.com', names: 'DNS:old.example.com', days: -1 },
    {
      name: 'soon',
      subject: '/CN=soon.example.com',
      names: 'DNS:soon.example.com,DNS:www.example.com,email:root@example.com',
      days: 4,
      lifetime: 90,
    },
    // A week is most of its life: nothing has to be done about it.
    { name: 'short', subject: '/CN=short.example.com', names: 'DNS:short.example.com', days: 6, lifetime: 6 },
  ]);
  // Below a folder that others cannot enter, a key is as closed as the folder.
  chmodSync(dirname(workspace), 0o755);
  chmodSync(join(workspace, 'nginx/certs/shop.key'), 0o644);
}

test('the view carries a badge that counts what needs attention', async () => {
  const { trees, page } = session.window;
  await trees.openContainer('TLS');
  await trees.row('Certificates', 'old.example.com');
  const badge = page.locator('.activitybar .action-item', { has: page.locator('[aria-label^="TLS"]') });
  await badge.locator('.badge-content', { hasText: '3' }).waitFor();
});

test('what is told about a certificate makes no links of its names', async () => {
  const { trees, page } = session.window;
  const told = page.locator('.monaco-hover:visible', { hasText: 'www.example.com' });
  await hoverUntil(await trees.row('Certificates', 'soon.example.com'), told);
  assert.match(await told.innerText(), /DNS:www\.example\.com,\semail:root@example\.com/);
  assert.equal(await told.locator('a').count(), 0);
  await page.mouse.move(0, 0);
});

test('the children show chain, key and the server that uses it, though its file was never opened', async () => {
  const { trees, page } = session.window;
  await trees.expand('Certificates', 'shop.pem');
  await eventually(async () => {
    const usage = await trees.row('Certificates', 'nginx.conf:6');
    assert.match(await usage.innerText(), /shop\.example\.com/);
  });
  const tab = page.locator('.tab.active[data-resource-name="nginx.conf"]');
  await trees.click('Certificates', 'nginx.conf:6', tab);
});

test('what is for certificates of servers is not offered on those of their chain', async () => {
  const { trees, page } = session.window;
  const menu = page.locator('.context-view .action-menu-item');
  const entries = async (text: string): Promise<readonly string[]> => {
    await page.mouse.move(0, 0);
    await (await trees.row('Certificates', text)).click({ button: 'right' });
    await menu.first().waitFor();
    const found = await menu.allInnerTexts();
    await page.keyboard.press('Escape');
    await menu.first().waitFor({ state: 'hidden' });
    return found.map((entry) => entry.trim());
  };
  const offered = ['Use Certificate in a Server…', 'Add to Plan…'];
  const own = await entries('shop.pem');
  assert.deepEqual(
    offered.filter((entry) => !own.includes(entry)),
    [],
  );
  const chain = await entries('Test Root');
  assert.ok(chain.includes('Inspect Certificate'), chain.join());
  assert.deepEqual(
    offered.filter((entry) => chain.includes(entry)),
    [],
  );
});

test('a filter shows some, says so, and can be cleared', async () => {
  const { trees, quickInput, page } = session.window;
  await quickInput.runCommand('TLS: Filter Certificates…');
  await quickInput.waitForTitle('Filter certificates');
  await quickInput.answer('shop');
  await page.locator('.pane', { hasText: '1 of 5 certificates: with “shop”' }).first().waitFor();
  await page.locator('.pane .monaco-list-row', { hasText: 'old.example.com' }).waitFor({ state: 'detached' });
  await session.window.screenshot('certificates-filter');
  await quickInput.runCommand('TLS: Filter Certificates…');
  await quickInput.pick('Expired or overdue for renewal');
  await trees.row('Certificates', 'soon.example.com');
  await quickInput.runCommand('TLS: Clear Certificate Filter');
  await trees.row('Certificates', 'Test Root');
});

test('grouped by server, a certificate stands below the server that uses it', async () => {
  const { trees, quickInput } = session.window;
  await quickInput.runCommand('TLS: Group Certificates By…');
  await quickInput.pick('Server');
  await trees.row('Certificates', 'Used by no server');
  await eventually(async () => {
    const rows = await trees.rows('Certificates');
    assert.match(rows[0] ?? '', /^Findings, 1 finding/);
    assert.match(rows[1] ?? '', /^shop\.example\.com, 1 certificate/);
  });
  await session.window.screenshot('certificates-by-server');
});

test('a server whose file is gone uses nothing any more', async () => {
  const { trees, quickInput } = session.window;
  const [file, away] = ['nginx.conf', 'nginx.conf.off'].map((name) => join(session.workspace, 'nginx', name));
  await quickInput.runCommand('View: Close All Editors');
  renameSync(file as string, away as string);
  await eventually(async () =>
    assert.doesNotMatch((await trees.rows('Certificates')).join('\n'), /^shop\.example\.com, 1 certificate/m),
  );
  renameSync(away as string, file as string);
  await eventually(async () =>
    assert.match((await trees.rows('Certificates')).join('\n'), /^shop\.example\.com, 1 certificate/m),
  );
});

test('what shows when all files are seen together is told, counted and opened', async () => {
  const { trees } = session.window;
  const certs = join(session.workspace, 'nginx/certs');
  renew(certs, 'shop');
  await trees.expand('Certificates', 'Findings');
  await eventually(async () => {
    const readable = await trees.row('Certificates', 'Private key that others can read');
    assert.match(await readable.innerText(), /shop\.key/);
  });
  await session.window.screenshot('certificates-findings');
  await trees.expand('Certificates', 'Private key kept at renewal');
  const panel = session.window.webview();
  // Other rows name the file too: this one is that of the finding, with its place.
  const row = 'shop-renewed.pemnginx/certs/shop-renewed.pem';
  await trees.click('Certificates', row, panel.locator('h1', { hasText: 'shop-renewed.pem' }));
  const together = panel.locator('section', { has: panel.locator('#together') });
  await eventually(async () => {
    assert.match(await together.innerText(), /have the same private key.*Also in nginx\/certs\/shop\.pem/s);
  });
});

test('a container with a password is told apart from a broken one, and opens from its row', async () => {
  const { trees, quickInput, page } = session.window;
  const certs = join(session.workspace, 'nginx/certs');
  const input = ['-inkey', 'soon.key', '-in', 'soon.pem', '-passout', 'pass:secret'];
  execFileSync('openssl', ['pkcs12', '-export', ...input, '-out', 'store.p12'], { cwd: certs, stdio: 'ignore' });
  await trees.expand('Certificates', 'Protected by a password');
  const panel = session.window.webview();
  await trees.click('Certificates', 'store.p12', panel.locator('h1', { hasText: 'store.p12' }));
  const asked = page.locator('.quick-input-title', { hasText: 'Password of store.p12' });
  await clickUntil(panel.locator('button', { hasText: 'Enter Password…' }), asked);
  await quickInput.answer('wrong');
  await quickInput.waitForMessage('That password does not open it');
  await quickInput.answer('secret');
  await panel.getByText('soon.example.com').first().waitFor();
});

test('a row says how long its certificate lasts before what a narrow view may cut off', async () => {
  const { trees } = session.window;
  const certs = join(session.workspace, 'nginx/certs');
  copyFileSync(join(certs, 'short.pem'), join(certs, 'short.chain.crt'));
  const row = await trees.row('Certificates', 'short.chain.crt');
  await eventually(async () =>
    assert.match(await row.innerText(), /short\.example\.com\s*[56] days left · \.chain\.crt · /),
  );
});

test('what a list of its CA revokes stands by itself, and the panel says so', async () => {
  const { trees, quickInput } = session.window;
  revoke(join(session.workspace, 'nginx/revoked'));
  await quickInput.runCommand('TLS: Refresh Certificates');
  await trees.expand('Certificates', 'Revoked');
  await eventually(async () => {
    const row = await trees.row('Certificates', 'gone.example.com');
    assert.match(await row.innerText(), /gone\.example\.com\s*revoked \d{4}-\d\d-\d\d · /);
  });
  const panel = session.window.webview();
  await trees.click('Certificates', 'gone.example.com', panel.locator('h1', { hasText: 'gone.crt' }));
  await panel
    .getByText(/Revoked on .* \(keyCompromise\), says the list of its CA/)
    .first()
    .waitFor();
  await session.window.editor.open('nginx/revoked/gone.crt');
  await session.window.editor.lenses(/^gone\.example\.com · revoked \d{4}-\d\d-\d\d$/);
});

test('the explorer marks files that have expired or are about to', async () => {
  const { quickInput, page } = session.window;
  await session.window.editor.open('expired.pem');
  await quickInput.runCommand('File: Reveal Active File in Explorer View');
  const row = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'expired.pem' });
  await row.waitFor();
  const label = row.locator('.monaco-icon-label');
  await eventually(async () => assert.match(await label.evaluate(markOf), /!!/));
  await session.window.screenshot('certificates-explorer');
});

test('all files that are selected there are inspected', async () => {
  const { page } = session.window;
  const row = (name: string) => page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });
  await row('expired.pem').click();
  await row('short.key').click({ modifiers: ['ControlOrMeta'] });
  const entry = page.locator('.context-view .action-menu-item', { hasText: 'Inspect Certificate' });
  await row('expired.pem').click({ button: 'right' });
  await entry.waitFor();
  assert.equal(await page.locator('.context-view .action-menu-item', { hasText: 'Export and Convert' }).count(), 0);
  await clickUntil(entry, page.locator('.tab', { hasText: 'short.key' }));
  await page.locator('.tab.active', { hasText: 'expired.pem' }).waitFor();
  await session.window.webview().getByText('Expired').first().waitFor();
});

/** Certifies the key of a certificate once more, as a renewal that keeps it does. */
function renew(folder: string, name: string): void {
  const subject = ['-subj', '/CN=shop.example.com', '-addext', 'subjectAltName=DNS:shop.example.com'];
  const request = ['req', '-x509', '-new', '-key', `${name}.key`, ...subject, '-addext', 'basicConstraints=CA:FALSE'];
  execFileSync('openssl', [...request, '-days', '90', '-out', `${name}-renewed.pem`], { cwd: folder, stdio: 'ignore' });
}

/** A CA, a certificate of it, and the list that revokes that. */
function revoke(folder: string): void {
  mkdirSync(folder);
  const files = {
    'ca.cnf': '[req]\ndistinguished_name=n\n[n]\n[ca]\ndefault_ca=c\n[c]\ndatabase=index.txt\ndefault_md=sha256\n',
    'index.txt': 'R\t351231235959Z\t260101000000Z,keyCompromise\t01\tunknown\t/CN=gone.example.com\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  const request = [
    'req',
    '-x509',
    '-config',
    'ca.cnf',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
  ];
  const usage = ['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'];
  openssl(...request, '-subj', '/CN=Own CA', ...usage, '-keyout', 'ca.key', '-out', 'ca.crt', '-days', '900');
  const names = ['-subj', '/CN=gone.example.com', '-addext', 'subjectAltName=DNS:gone.example.com', '-days', '60'];
  const leaf = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-set_serial', '1', '-addext', 'basicConstraints=CA:FALSE'];
  openssl(...request, ...names, ...leaf, '-keyout', 'gone.key', '-out', 'gone.crt');
  const authority = ['ca', '-config', 'ca.cnf', '-cert', 'ca.crt', '-keyfile', 'ca.key'];
  openssl(...authority, '-gencrl', '-crldays', '30', '-out', 'crl.pem');
}

const markOf = inPage<string>('label', "return getComputedStyle(label, '::after').content");
