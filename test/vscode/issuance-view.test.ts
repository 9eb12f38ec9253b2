import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { type Session, startSession } from './driver/session.ts';
import { appears, eventually, repeat } from './driver/wait.ts';

const plan = `issuers:
  local: { type: local, permitted: ["*.test"] }
certificates:
  app.test:
    names: [app.test]
    issuer: local
    output: { fullchain: tls/app.test.pem, key: tls/app.test.key }
`;

let session: Session;
before(async () => {
  session = await startSession({
    files: { 'tls-workbench.yaml': plan, '.gitignore': '*.key\n' },
    prepare: (workspace) =>
      makeCertificates(join(workspace, 'tls'), [
        { name: 'app.test', subject: '/CN=app.test', names: 'DNS:app.test', days: -1 },
      ]),
  });
});
after(() => session?.close());

test('the view asks once about what is due, and renews it', async () => {
  const { trees, notifications, page } = session.window;
  await trees.openContainer('TLS');
  await trees.row('Issuance', 'app.test');
  await notifications.waitFor('app.test is due for renewal');
  await eventually(async () => {
    const asked = (await notifications.messages()).filter((message) => message.includes('due for renewal'));
    assert.equal(asked.length, 1);
  });
  await session.window.screenshot('renewal-due');
  await notifications.press('app.test is due for renewal', 'Renew');
  // Another issuer than before: the difference is shown before live files are replaced.
  await page.locator('.monaco-dialog-box', { hasText: 'differs from the one that it replaces' }).waitFor();
  await notifications.pressInDialog('Replace');
  await notifications.waitFor('The certificate for app.test is in tls/app.test.pem');
  await page.locator('#tlsWorkbench\\.due').waitFor({ state: 'detached' });
});

test('issuers and the history stand below the certificates', async () => {
  const { trees } = session.window;
  await trees.expand('Issuance', 'Issuers');
  await trees.row('Issuance', 'development CA on this machine');
  await trees.expand('Issuance', 'History');
  await trees.row('Issuance', 'app.test issued');
  await session.window.screenshot('issuance-view');
});

test('of several folders each has its issuers, by the name of its plan', async () => {
  const { page, trees } = session.window;
  session.write('second/tls-workbench.yaml', plan);
  session.write('both.code-workspace', JSON.stringify({ folders: [{ path: '.' }, { path: 'second' }] }));
  const query = new URLSearchParams({ workspace: join(session.workspace, 'both.code-workspace') });
  // VS Code may ask for the workspace's file before it has its server, and shows no folder then until it is opened again.
  await repeat('The workspace of two folders', async () => {
    await page.goto(`http://127.0.0.1:${session.server.port}/?${query}`);
    await page.locator('.monaco-workbench .part.statusbar').waitFor();
    await trees.openContainer('TLS');
    return appears(page.locator('.monaco-list-row', { hasText: 'second/tls-workbench.yaml' }));
  });
  await trees.row('Issuance', 'workspace/tls-workbench.yaml');
});
