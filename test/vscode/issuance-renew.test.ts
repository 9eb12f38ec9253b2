import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { createHttpClient } from '../../src/network/http.ts';
import { type Pebble, startPebble } from '../support/pebble.ts';
import { type Session, startSession } from './driver/session.ts';
import { appears, eventually } from './driver/wait.ts';

let pebble: Pebble;
let session: Session;
before(async () => {
  pebble = await startPebble();
  session = await startSession({
    files: {
      'tls-workbench.yaml': `issuers:
  pebble: { directory: "${pebble.directory}", ca: ${pebble.caFile}, agreeToTerms: true }
certificates:
  shop.example:
    names: [shop.example]
    issuer: pebble
    challenge: { type: http-01, webroot: ${pebble.webroot} }
    output: { fullchain: tls/shop.example.pem, key: tls/shop.example.key }
`,
    },
  });
});
after(async () => {
  await session?.close();
  await pebble?.stop();
});

test('a lens above an entry requests it, and shows how long it stays', async () => {
  const { editor, notifications } = session.window;
  await editor.open('tls-workbench.yaml');
  assert.deepEqual(await editor.lenses(/Request/), ['Request']);
  await editor.clickLens('Request');
  await publish();
  await notifications.waitFor('The certificate for shop.example is in tls/shop.example.pem', 60_000);
  await editor.open('tls-workbench.yaml');
  await eventually(async () => {
    const [remaining, ...actions] = await editor.lenses();
    assert.match(remaining ?? '', /(days|years) left/);
    assert.deepEqual(actions, ['Renew', 'Revoke…']);
  });
  await session.window.screenshot('plan-lenses');
});

test('a certificate is renewed from the palette, due or not', async () => {
  const { quickInput, notifications, page } = session.window;
  const first = certificate().serialNumber;
  await notifications.clear();
  await quickInput.runCommand('TLS: Renew Certificate');
  await quickInput.waitForTitle('Renew certificate');
  await quickInput.pick('shop.example');
  await publish(page.locator('.notification-list-item', { hasText: 'is in tls/shop.example.pem' }));
  await notifications.waitFor('The certificate for shop.example is in tls/shop.example.pem', 60_000);
  assert.notEqual(certificate().serialNumber, first);
});

test('before files are replaced by a certificate that clients will notice, its differences are asked about', async () => {
  const { editor, quickInput, notifications, page } = session.window;
  await editor.open('tls-workbench.yaml');
  const plan = session.read('tls-workbench.yaml');
  session.write('tls-workbench.yaml', plan.replace('    output:', '    key: rsa-2048\n    output:'));
  await page.locator('.view-line', { hasText: 'key: rsa-2048' }).waitFor();
  const before = session.read('tls/shop.example.pem');
  const renew = async (): Promise<void> => {
    await notifications.clear();
    await quickInput.runCommand('TLS: Renew Certificate');
    await quickInput.waitForTitle('Renew certificate');
    await quickInput.pick('shop.example');
  };
  await renew();
  const dialog = page.locator('.monaco-dialog-box', { hasText: 'differs from the one that it replaces' });
  await publish(dialog);
  await dialog.waitFor();
  assert.match(await dialog.innerText(), /Its key is rsa-2048 instead of ecdsa-p256\./);
  await session.window.screenshot('issuance-replace');
  await notifications.pressInDialog('Cancel');
  await notifications.waitFor('were left as they are');
  assert.equal(session.read('tls/shop.example.pem'), before);
  await renew();
  await notifications.pressInDialog('Replace');
  await notifications.waitFor('The certificate for shop.example is in tls/shop.example.pem', 60_000);
  assert.equal(certificate().publicKey.asymmetricKeyType, 'rsa');
});

test('the value of a TXT record is copied as often as somebody needs it, while the request waits', async () => {
  const { quickInput, notifications, page } = session.window;
  const plan = session.read('tls-workbench.yaml');
  const entry = `  dns.example:
    names: [dns.example]
    issuer: pebble
    challenge: { type: dns-01, manual: true }
    output: { fullchain: tls/dns.example.pem, key: tls/dns.example.key }
`;
  session.write('tls-workbench.yaml', plan + entry);
  await notifications.clear();
  await quickInput.runCommand('TLS: Renew Certificate');
  await quickInput.pick('dns.example');
  const dialog = page.locator('.monaco-dialog-box', { hasText: 'Set this TXT record' });
  await dialog.getByText('_acme-challenge.dns.example. IN TXT').waitFor();
  for (const _ of ['once', 'and again']) await dialog.getByText('Copy Value').click();
  await dialog.waitFor();
  await notifications.pressInDialog('Cancel');
  await notifications.waitFor('dns.example:');
  session.write('tls-workbench.yaml', plan);
});

test('a certificate is revoked from the palette, once somebody is sure', async () => {
  const { editor, quickInput, notifications } = session.window;
  // The panel of the new certificate has the keyboard.
  await editor.open('tls-workbench.yaml');
  await notifications.clear();
  await quickInput.runCommand('TLS: Revoke Certificate');
  await quickInput.waitForTitle('Revoke certificate');
  await quickInput.pick('shop.example');
  await quickInput.waitForTitle('shop.example');
  await quickInput.pick('Superseded');
  assert.equal(await status(), 'Valid');
  await notifications.pressInDialog('Revoke');
  await notifications.waitFor('is revoked');
  assert.equal(await status(), 'Revoked');
});

/**
 * The workspace is not the server: the editor waits until the challenge file is published.
 * @param next what shows where nobody is asked: now and then Pebble takes a name as proved that it has seen before
 */
async function publish(next?: Locator): Promise<void> {
  const { notifications, page } = session.window;
  const question = page.locator('.notification-list-item', { hasText: 'Publish this file, then continue' });
  if (next !== undefined && (await appears(question.or(next), 20_000)) && (await next.first().isVisible())) return;
  await notifications.waitFor('Publish this file, then continue');
  // VS Code leaves that in sight until it is answered.
  await question.locator('.codicon-error').waitFor();
  await notifications.press('Publish this file', 'Continue Without Check');
}

function certificate(): X509Certificate {
  return new X509Certificate(session.read('tls/shop.example.pem'));
}

/** What the CA itself says about the certificate that lies in the workspace. */
async function status(): Promise<string> {
  const http = createHttpClient({ ca: readFileSync(pebble.caFile, 'utf8') });
  const serial = certificate().serialNumber.toLowerCase();
  const { body } = await http.request({ url: `${pebble.managementApi}/cert-status-by-serial/${serial}` });
  return (JSON.parse(new TextDecoder().decode(body)) as { Status: string }).Status;
}
