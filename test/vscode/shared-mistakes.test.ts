import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { type Session, startSession } from './driver/session.ts';
import { eventually } from './driver/wait.ts';

const site = (name: string): string => `server {
    listen 443 ssl;
    server_name ${name}.example.com;
    ssl_certificate ../certs/all.pem;
    ssl_certificate_key ../certs/all.key;
}
`;

let session: Session;
before(async () => {
  session = await startSession({
    viewport: { width: 1280, height: 1800 },
    files: {
      'nginx/nginx.conf': 'events {}\nhttp {\n    include sites/*.conf;\n}\n',
      ...Object.fromEntries(['a', 'b', 'c'].map((name) => [`nginx/sites/${name}.conf`, site(name)])),
      '.vscode/settings.json': '{ "tlsWorkbench.paths": "here" }',
    },
  });
});
after(() => session?.close());

/** How many rows about the certificate the list of problems has. */
const countRows = async (): Promise<number> => {
  const rows = await session.window.problems.rows();
  return rows.filter((row) => /certificate .*all\.pem.* does not exist/.test(row)).length;
};

test('a mistake that several files share is seen in each one that is open', async () => {
  const { editor } = session.window;
  await editor.open('nginx/nginx.conf');
  await eventually(async () => assert.equal(await countRows(), 1));
  await editor.open('nginx/sites/b.conf');
  await editor.waitForSquiggles('error', 2);
  await eventually(async () => assert.equal(await countRows(), 2));
  await session.window.screenshot('shared-mistake');
});

test('with the fixes that mend it there, and a comment silences it there alone', async () => {
  const { editor, page, quickInput } = session.window;
  await editor.open('nginx/sites/b.conf');
  await editor.goTo(1, 3);
  assert.ok((await editor.openQuickFixes()).some((title) => title.startsWith('Leave out the cipher suites without')));
  await editor.closeMenu();
  await editor.goTo(4, 25);
  assert.equal((await editor.openQuickFixes())[0], 'Silence certificate-file-missing here…');
  await editor.applyOpenQuickFix();
  await quickInput.answer('Comes with the deployment');
  await editor.visibleText(/disable-next-line certificate-file-missing/);
  await eventually(async () => assert.equal(await countRows(), 1));
  const rows = await session.window.problems.rows();
  assert.deepEqual(
    rows.filter((row) => row.includes('Nothing here is reported')),
    [],
  );
  await editor.open('nginx/sites/b.conf');
  await page.keyboard.press('Control+Z');
  await eventually(async () => assert.equal(await countRows(), 2));
});

test('no longer when the file is closed', async () => {
  const { editor, page } = session.window;
  await editor.open('nginx/sites/b.conf');
  await editor.press('Control+W');
  await page.locator('.tab', { hasText: 'b.conf' }).waitFor({ state: 'detached' });
  await eventually(async () => assert.equal(await countRows(), 1));
});

test('nor when it is mended', async () => {
  const { editor } = session.window;
  await editor.open('nginx/sites/c.conf');
  await editor.waitForSquiggles('error', 2);
  makeCertificates(join(session.workspace, 'certs'), [
    { name: 'all', subject: '/CN=example.com', names: 'DNS:*.example.com', days: 60 },
  ]);
  await editor.waitForSquiggles('error', 0);
  await eventually(async () => assert.equal(await countRows(), 0));
});
