import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Session, startSession } from './driver/session.ts';

let session: Session;
before(async () => {
  session = await startSession({ extension: false, files: { 'nginx.conf': 'events {}\nhttp {\n}\n' } });
});
after(() => session?.close());

test('a file opens, takes what is typed and is saved', async () => {
  const { editor, page } = session.window;
  await editor.open('nginx.conf');
  await editor.goTo(3, 1);
  await editor.type('# hello');
  await page.locator('.view-line', { hasText: '# hello}' }).waitFor();
  await editor.save();
  assert.match(session.read('nginx.conf'), /^# hello\}/m);
  await session.window.screenshot('smoke');
});

test('the palette lists commands', async () => {
  const commands = await session.window.quickInput.commands('Developer: Reload');
  assert.ok(commands.includes('Developer: Reload Window'), String(commands));
});
