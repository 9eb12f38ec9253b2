import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type ConnectProxy, startConnectProxy } from '../support/connect-proxy.ts';
import { createWorkplace } from '../support/issuance.ts';
import { type Pebble, startPebble } from '../support/pebble.ts';
import { type Session, startSession } from './driver/session.ts';
import { eventually } from './driver/wait.ts';

const secret = 'zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W';

let pebble: Pebble;
let proxy: ConnectProxy;
let session: Session;
before(async () => {
  pebble = await startPebble({
    config: { externalAccountBindingRequired: true, externalAccountMACKeys: { 'kid-1': secret } },
  });
  proxy = await startConnectProxy('ops:p@ss');
  session = await startSession({
    files: {
      'nginx/nginx.conf': `events {}
http {
  server { listen 80; server_name shop.example; root ${pebble.webroot}; }
  server { listen 80; server_name closed.example; return 403; }
}
`,
      'tls-workbench.yaml': `issuers:
  pebble: { directory: "${pebble.directory}", ca: ${pebble.caFile}, agreeToTerms: true, eab: { kid: kid-1 } }
certificates:
  shop.example: { issuer: pebble, challenge: { webroot: ${pebble.webroot} } }
  closed.example: { issuer: pebble, challenge: { webroot: ${pebble.webroot} } }
`,
    },
    settings: proxySettings(),
    machineSettings: proxySettings(),
  });
});
after(async () => {
  await session?.close();
  proxy?.stop();
  await pebble?.stop();
});

function proxySettings(): Readonly<Record<string, unknown>> {
  const proxyAuthorization = `Basic ${Buffer.from('ops:p@ss').toString('base64')}`;
  return { 'http.proxy': `http://127.0.0.1:${proxy.port}`, 'http.proxyAuthorization': proxyAuthorization };
}

async function manage(action: string): Promise<void> {
  const { quickInput, notifications } = session.window;
  await notifications.clear();
  await quickInput.runCommand('TLS: Manage ACME Account');
  await quickInput.waitForTitle('Account of pebble');
  await quickInput.pick(action);
}

test('an account is made with a secret that is asked for once, through the proxy of the settings', async () => {
  const { quickInput, notifications, trees } = session.window;
  await trees.openContainer('TLS');
  await manage('Create Account');
  await quickInput.waitForTitle('External account of pebble');
  await quickInput.answer('a-secret-that-is-not-the-right-one');
  await notifications.waitFor('Check the key id kid-1 and its secret');
  // One that was refused is not kept.
  await manage('Create Account');
  await quickInput.waitForTitle('External account of pebble');
  await quickInput.answer(secret);
  await notifications.waitFor('The account of pebble is ready');
  assert.deepEqual([...new Set(proxy.tunnels)], [new URL(pebble.directory).host]);
  await trees.expand('Issuance', 'Accounts');
  await session.window.screenshot('issuance-account');
});

test('its key is changed, it is ended, and the next one is made by the secret that is kept', async () => {
  const { notifications } = session.window;
  await manage('Change Key');
  await notifications.waitFor('is signed for by a new key now');
  await manage('Deactivate Account');
  await notifications.pressInDialog('Deactivate');
  await notifications.waitFor('is deactivated');
  await manage('Create Account');
  await notifications.waitFor('The account of pebble is ready');
  await manage('Deactivate Account');
  await notifications.pressInDialog('Deactivate');
  await notifications.waitFor('is deactivated');
  await importOther();
  await manage('List Profiles');
  await notifications.waitFor('Issuer pebble offers no profiles');
});

/** Takes over an account whose key lies in a file, as another client keeps it. */
async function importOther(): Promise<void> {
  const { quickInput, notifications, page } = session.window;
  const other = createWorkplace();
  try {
    other.plan(pebble, '', ', eab: { kid: kid-1 }');
    const made = await other.runWith({ env: { TLS_WORKBENCH_EAB_PEBBLE: secret } }, 'account', 'create', 'pebble');
    assert.equal(made.code, 0, made.stderr);
    const [account = ''] = readdirSync(join(other.folder, 'state/accounts'));
    await manage('Import Account');
    await quickInput.waitForTitle('Import account for pebble');
    await page.locator('.quick-input-widget').getByRole('button', { name: /^Back/ }).click();
    await quickInput.waitForTitle('Account of pebble');
    await quickInput.pick('Import Account');
    await quickInput.waitForTitle('Import account for pebble');
    await quickInput.pick('Key file');
    await quickInput.answerPath('/', join(other.folder, 'state/accounts', account, 'account.key'));
    await notifications.waitFor('Took over account');
  } finally {
    other.remove();
  }
}

test('a dry run goes all the way and writes no file', async () => {
  const { quickInput, notifications } = session.window;
  await notifications.clear();
  await quickInput.runCommand('TLS: Try Certificate');
  await quickInput.waitForTitle('Try certificate');
  await quickInput.pick('shop.example');
  await notifications.waitFor('Publish this file, then continue');
  await notifications.press('Publish this file', 'Continue Without Check');
  await notifications.waitFor('shop.example would be issued: it was tried, and nothing was written', 60_000);
  assert.ok(!existsSync(join(session.workspace, 'tls')));
});

test('before an order is spent, a challenge that the configuration would not serve is told', async () => {
  const { quickInput, notifications, page } = session.window;
  const orders = (): number =>
    readFileSync(join(pebble.folder, 'pebble.log'), 'utf8').match(/Added order/g)?.length ?? 0;
  const before = orders();
  await notifications.clear();
  await quickInput.runCommand('TLS: Renew Certificate');
  await quickInput.waitForTitle('Renew certificate');
  await quickInput.pick('closed.example');
  await page.locator('.monaco-dialog-box', { hasText: 'The challenge for closed.example would fail' }).waitFor();
  await session.window.screenshot('issuance-challenge-path');
  await notifications.pressInDialog('Show Configuration');
  await notifications.waitFor('No order was placed. Server closed.example answers');
  await page.locator('.tab.active', { hasText: 'nginx.conf' }).waitFor();
  assert.equal(orders(), before);
});

test('a plan is exported into an editor', async () => {
  const { quickInput, page } = session.window;
  await quickInput.runCommand('TLS: Export Plan');
  await quickInput.waitForTitle('Export plan');
  await quickInput.pick('Caddy');
  await page.locator('.view-line', { hasText: 'closed.example {' }).waitFor();
  await session.window.screenshot('plan-export');
});

test('neither the log nor the state folder holds a secret that belongs elsewhere', async () => {
  const files = filesBelow(join(session.server.dataFolder, 'logs')).concat(filesBelow(stateFolder()));
  const logs = files.filter((file) => file.endsWith('TLS Workbench.log'));
  // VS Code writes a log some time after what is logged.
  await eventually(() => assert.match(logs.map((file) => readFileSync(file, 'utf8')).join(''), /Placed the order/));
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    assert.ok(!text.includes(secret), `${file} holds the secret of the external account`);
    assert.ok(!text.includes('p@ss') && !text.includes(Buffer.from('ops:p@ss').toString('base64')), file);
    if (file.endsWith('.key')) assert.equal(statSync(file).mode & 0o777, 0o600, file);
    else assert.doesNotMatch(text, /PRIVATE KEY/, file);
  }
});

function stateFolder(): string {
  return join(session.workspace, '..', 'state', 'tls-workbench');
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
