import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Session, startSession } from './driver/session.ts';

const site = `server {
    listen 80;
    limit_req zone=none;
}
`;

const old = `server {
    listen 443 ssl;
    ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;
}
`;

let session: Session;
before(async () => {
  session = await startSession({
    files: {
      'nginx/nginx.conf': 'events {}\nhttp {\n    include sites-enabled/*;\n\n    include old.conf;\n}\n',
      'nginx/old.conf': old,
      'nginx/old-headers.conf': 'add_header X-Frame-Options DENY;\n',
      'nginx/sites-available/shop.conf': site,
      'supervisor/nginx.conf': '[program:nginx]\ncommand=nginx -g "daemon off;"\n',
    },
  });
  mkdirSync(join(session.workspace, 'nginx/sites-enabled'));
  symlinkSync('../sites-available/shop.conf', join(session.workspace, 'nginx/sites-enabled/shop.conf'));
});
after(() => session?.close());

test('a site that a link enables is judged as part of its server where it is edited, and stays so', async () => {
  const { editor, page, problems, quickInput } = session.window;
  await editor.open('nginx/sites-available/shop.conf');
  await editor.waitForSquiggles('error', 1);
  await editor.open('nginx.conf');
  // Rows that do not fit into the panel are not there.
  await problems.waitFor('limit_req');
  await quickInput.runCommand('View: Toggle Maximized Panel');
  const rows = await problems.rows();
  assert.equal(rows.filter((row) => row.includes('limit_req')).length, 1, rows.join('\n'));
  await problems.close();
  await editor.goTo(4, 1);
  // Nothing that stops nginx before it looks for what the site lacks.
  await editor.type('    charset utf-8;');
  await page.waitForTimeout(1_500);
  await page.locator('.tab', { hasText: 'shop.conf' }).click();
  await editor.waitForSquiggles('error', 1);
  assert.equal(await editor.countSquiggles('error'), 1);
});

test('what stands unsaved in a site counts for the main file, and what is renamed is followed there', async () => {
  const { editor, notifications, page, problems, quickInput } = session.window;
  await editor.open('nginx/sites-available/shop.conf');
  await editor.goTo(3, 1);
  await editor.type('    include old-headers.conf;\n');
  await editor.open('nginx.conf');
  await editor.goTo(5, 1);
  await editor.type('    # changed');
  await page.waitForTimeout(1_500);
  const rows = (await problems.rows()).filter((row) => row.includes('limit_req'));
  assert.equal(rows.length, 1, rows.join('\n'));
  assert.match(rows[0] ?? '', /line 4 /);
  await problems.close();
  await editor.open('old-headers.conf');
  await quickInput.runCommand('File: Reveal Active File in Explorer View');
  await page.locator('.explorer-folders-view .monaco-list-row.focused', { hasText: 'old-headers.conf' }).waitFor();
  const name = page.locator('.explorer-folders-view .explorer-item-edited input');
  await editor.pressUntil('F2', name);
  await name.fill('new-headers.conf');
  await name.press('Enter');
  await notifications.pressInDialog('OK');
  await editor.open('nginx/sites-available/shop.conf');
  await editor.visibleText(/include new-headers\.conf;/);
  assert.equal(await page.locator('.tab', { hasText: 'shop.conf' }).count(), 1);
});

test('all safe fixes of an included file are applied, each once', async () => {
  const { editor, quickInput } = session.window;
  await editor.open('nginx/old.conf');
  await editor.waitForSquiggles('info');
  await quickInput.runCommand('Fix All');
  await editor.save();
  assert.equal(session.read('nginx/old.conf'), old.replace('TLSv1 TLSv1.1 ', ''));
});

test('settings of another program are judged as nobody’s, though VS Code goes by their name', async () => {
  const { editor, page } = session.window;
  await editor.open('supervisor/nginx.conf');
  await page.waitForTimeout(2_000);
  assert.equal(await editor.countSquiggles('error'), 0);
});
