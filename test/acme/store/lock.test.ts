import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { AcmeProblem } from '../../../src/acme/client/problem.ts';
import { takeLock } from '../../../src/acme/store/lock.ts';
import { openStore } from '../../../src/acme/store/store.ts';

function temporaryFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'tls-workbench-lock-'));
  context.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

const isLocked = (error: unknown) => error instanceof AcmeProblem && error.type === 'locked';

test('whoever lost a lock leaves it to the one who has it now', async (context) => {
  const path = join(temporaryFolder(context), 'a.lock');
  const lock = await takeLock(path, 'It');
  const theirs = JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), token: 'theirs' });
  writeFileSync(path, theirs);
  await lock.release();
  assert.equal(readFileSync(path, 'utf8'), theirs);
  await assert.rejects(takeLock(path, 'It'), isLocked);
});

const skip = existsSync('/proc/self/stat') ? false : 'needs the start of a process from /proc';

test('a lock whose process has ended is free, also where its number is that of another one', {
  skip,
}, async (context) => {
  const path = join(temporaryFolder(context), 'a.lock');
  const owner = { pid: process.pid, host: hostname(), beats: true, token: 'theirs' };
  writeFileSync(path, JSON.stringify({ ...owner, started: '1' }));
  await (await takeLock(path, 'It')).release();
  assert.ok(!existsSync(path));
});

test('what processes left that were killed while they tried is removed, and nothing of those that live', async (context) => {
  const folder = temporaryFolder(context);
  const left = (pid: number) => join(folder, `a.lock.${pid}-0123456789abcdef.tmp`);
  // Above the largest number that Linux gives (proc_sys_kernel(5), pid_max).
  const dead = 2 ** 22 + 1;
  for (const pid of [dead, process.pid]) writeFileSync(left(pid), '');
  await (await takeLock(join(folder, 'a.lock'), 'It')).release();
  assert.deepEqual(
    [dead, process.pid].map((pid) => existsSync(left(pid))),
    [false, true],
  );
});

test('a state folder that others may look into is closed to them', {
  skip: process.platform === 'win32',
}, async (context) => {
  const folder = join(temporaryFolder(context), 'state');
  mkdirSync(join(folder, 'accounts'), { recursive: true });
  for (const path of [folder, join(folder, 'accounts')]) chmodSync(path, 0o755);
  await openStore(folder);
  for (const path of [folder, join(folder, 'accounts'), join(folder, 'orders')])
    assert.equal(statSync(path).mode & 0o777, 0o700, path);
});
