import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { removeMadeFolders } from '../../../src/acme/solvers/journal.ts';
import { openStore } from '../../../src/acme/store/store.ts';

test('a note that another process is just writing is left to it', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'tls-workbench-journal-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const store = await openStore(join(folder, 'state'));
  const unfinished = store.path('challenges', 'folders.2f1b.json.0123456789ab.tmp');
  writeFileSync(unfinished, '{"kind":"fol');
  await removeMadeFolders(store, [join(folder, 'webroot', '.well-known')], async () => true);
  assert.ok(existsSync(unfinished));
});
