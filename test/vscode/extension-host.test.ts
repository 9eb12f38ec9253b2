import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { runInExtensionHost } from './driver/extension-host.ts';
import { type Session, startSession } from './driver/session.ts';

let session: Session;
before(async () => {
  session = await startSession({ files: { 'readme.md': '# Site\n' } });
});
after(() => session?.close());

test('the packed extension activates, has every command and finds a mistake', async (context) => {
  const log = await runInExtensionHost(session, 'test/vscode/host/activation.ts');
  const activated = log.find((line) => line.startsWith('activated'));
  assert.ok(activated, log.join('\n'));
  context.diagnostic(activated);
});

test('findings come and go with documents: undone, renamed, reverted and deleted ones, and none for what is no file', async () => {
  await runInExtensionHost(session, 'test/vscode/host/documents.ts');
});
