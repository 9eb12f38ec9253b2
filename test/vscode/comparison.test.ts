import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Session, startSession } from './driver/session.ts';

let session: Session;
before(async () => {
  session = await startSession({
    files: { 'nginx.conf': 'events {}\nhttp {\n    server {\n        listen 80;\n        lissten 8080;\n    }\n}\n' },
  });
});
after(() => session?.close());

test('beside a changed file, what is saved of it is not judged a second time', async () => {
  const { editor, page, problems, quickInput } = session.window;
  await editor.open('nginx.conf');
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
