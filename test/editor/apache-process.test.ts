import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { isStopped, pidFileIn } from '../../src/editor/configurations/server/apache-process.ts';

test('Apache says where its process id lies', () => {
  const output = 'ServerRoot: "/etc/apache2"\nPidFile: "/var/run/apache2/apache2.pid"\nDefine: DUMP_RUN_CFG\n';
  assert.equal(pidFileIn(output), '/var/run/apache2/apache2.pid');
  assert.equal(pidFileIn('Syntax OK\n'), undefined);
});

test('a server is stopped without a process id, or with that of nobody', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'tls-workbench-pid-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'apache2.pid');
  assert.equal(await isStopped(file), true);
  writeFileSync(file, `${process.pid}\n`);
  assert.equal(await isStopped(file), false);
  // Linux counts to 2^22 (proc(5)).
  writeFileSync(file, '4194305\n');
  assert.equal(await isStopped(file), true);
  writeFileSync(file, 'no number');
  assert.equal(await isStopped(file), false, 'what it means is not known');
});
