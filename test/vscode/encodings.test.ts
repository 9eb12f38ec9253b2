import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Session, startSession } from './driver/session.ts';
import { eventually } from './driver/wait.ts';

const site = 'server {\r\n    listen 80;\r\n    server_name a.example.com;\r\n}\r\n';

let session: Session;
before(async () => {
  session = await startSession({
    files: {
      'nginx/marked.conf': `\ufeff${site}`,
      'nginx/nginx.conf': 'events {}\nhttp {\n  include marked.conf;\n  include plain.conf;\n}\n',
      'nginx/plain.conf': 'server {\n  listen 81;\n  server_name b.example.com;\n}\n',
    },
    prepare: (workspace) => writeFileSync(join(workspace, 'nginx/wide.conf'), Buffer.from(`\ufeff${site}`, 'utf16le')),
  });
});
after(() => session?.close());

test('a byte order mark is told of once, also where another file of the same configuration is opened behind it', async () => {
  const { editor, problems } = session.window;
  await editor.open('nginx/marked.conf');
  await problems.waitFor('The file begins with a byte order mark: nginx reads it');
  await editor.open('nginx/plain.conf');
  await editor.goTo(2, 1);
  await editor.type('bogus x;');
  await problems.waitFor('bogus');
  const told = (await problems.rows()).filter((row) => row.includes('byte order mark'));
  assert.equal(told.length, 1, told.join('\n'));
  await problems.close();
  await session.window.quickInput.runCommand('File: Revert File');
});

test('a byte order mark, which the text of an editor has not, is found and taken away', async () => {
  const { editor, problems, page } = session.window;
  await editor.open('nginx/marked.conf');
  await problems.waitFor('The file begins with a byte order mark: nginx reads it');
  await problems.close();
  await editor.goTo(1, 2);
  const titles = await editor.openQuickFixes();
  assert.equal(titles[0], 'Save as UTF-8 without the byte order mark');
  await editor.applyOpenQuickFix();
  await eventually(async () => assert.equal(session.read('nginx/marked.conf'), site));
  await editor.waitForSquiggles('error', 0);
  // What is saved afterwards has none either.
  await page.locator('#status\\.editor\\.encoding', { hasText: /^UTF-8$/ }).waitFor();
  await editor.goTo(2, 5);
  await editor.type('#');
  await editor.save();
  assert.equal(session.read('nginx/marked.conf'), site.replace('listen', '#listen'));
});

test('a file of another encoding is told about, and saved as servers read it', async () => {
  const { editor } = session.window;
  await editor.open('nginx/wide.conf');
  await editor.waitForSquiggles('error');
  await editor.goTo(1, 2);
  assert.match(await editor.hover('UTF-16'), /which nginx does not read/);
  await editor.press('Escape');
  await editor.openQuickFixes();
  await editor.applyOpenQuickFix();
  await eventually(async () => assert.equal(readFileSync(join(session.workspace, 'nginx/wide.conf'), 'utf8'), site));
});
