import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Session, startSession } from './driver/session.ts';

const site = 'server {\n    listen 443 ssl;\n    ssl_protocols TLSv1.2;\n}\n';

const changed = 'events {}\nhttp {\n    server {\n        listen 80;\n        lissten 8080;\n    }\n}\n';

const certificate = '-----BEGIN CERTIFICATE-----\nMIIB!!\n-----END CERTIFICATE-----\n';

let session: Session;
before(async () => {
  session = await startSession({
    settings: { 'git.enabled': true },
    files: { 'conf/site.conf': site, 'cut.pem': certificate, 'changed/nginx.conf': changed },
    prepare: (workspace) => {
      const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: workspace, stdio: 'ignore' });
      git('init', '-q');
      git('add', '.');
      git('-c', 'user.name=Test', '-c', 'user.email=test@example.com', 'commit', '-qm', 'Add site');
      writeFileSync(join(workspace, 'conf/site.conf'), site.replace('TLSv1.2', 'TLSv1.2 TLSv1.3'));
      writeFileSync(join(workspace, 'cut.pem'), `${certificate}\n`);
    },
  });
});
after(() => session?.close());

test('a text that is recognised by its content is coloured on both sides of a comparison', async () => {
  const { editor, page, quickInput } = session.window;
  await editor.open('conf/site.conf');
  await editor.waitForLanguage('nginx');
  await quickInput.runCommand('Git: Open Changes');
  for (const side of ['original', 'modified']) {
    // A word of its own colour is an element of its own.
    const word = page.locator(`.editor.${side} .view-line span > span`, { hasText: /^\s*ssl_protocols$/ });
    await word.first().waitFor();
  }
});

test('what is wrong with a certificate is told of the file, and not once more of what it was', async () => {
  const { editor, page, problems, quickInput } = session.window;
  await editor.open('cut.pem');
  await problems.waitFor('are not base64');
  await quickInput.runCommand('Git: Open Changes');
  await page.locator('.editor.original .view-line', { hasText: 'MIIB!!' }).waitFor();
  await page.waitForTimeout(1_000);
  const rows = await problems.rows();
  assert.equal(rows.filter((row) => row.includes('are not base64')).length, 1, rows.join('\n'));
});

test('beside a changed file, what is saved of it is not judged a second time', async () => {
  const { editor, page, problems, quickInput } = session.window;
  await editor.open('changed/nginx.conf');
  await editor.goTo(1, 1);
  await editor.type('# ');
  await problems.waitFor('lissten');
  await quickInput.runCommand('File: Compare Active File with Saved');
  await page.locator('.editor.original .view-line', { hasText: 'lissten' }).waitFor();
  // Twice the time after which a text is judged, and more.
  await page.waitForTimeout(1_000);
  const found = (await problems.rows()).filter((row) => row.includes('lissten'));
  assert.equal(found.length, 1, found.join('\n'));
});
