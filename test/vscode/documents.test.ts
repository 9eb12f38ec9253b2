import { after, before, test } from 'node:test';
import { runInExtensionHost } from './driver/extension-host.ts';
import { type Session, startSession } from './driver/session.ts';

let session: Session;
before(async () => {
  session = await startSession({ files: { 'readme.md': '# Site\n' } });
});
after(() => session?.close());

test('findings come and go with documents: undone, renamed, reverted and deleted ones, and none for what is no file', async () => {
  await runInExtensionHost(session, 'test/vscode/host/documents.ts');
});
