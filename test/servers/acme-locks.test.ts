import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs, {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { AcmeProblem } from '../../src/acme/client/problem.ts';
import { writeAtomic } from '../../src/acme/store/atomic.ts';
import { takeLock } from '../../src/acme/store/lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'locks-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('a lock is held once, waited for, and taken over from the dead', async () => {
  const path = join(folder, 'x.lock');
  const first = await takeLock(path, 'This');
  await assert.rejects(
    takeLock(path, 'This'),
    (error) => error instanceof AcmeProblem && /is being worked on by process \d+/.test(error.detail),
  );
  const waiting = takeLock(path, 'This', 5000);
  await first.release();
  await (await waiting).release();
  assert.ok(!existsSync(path));
  const child = spawnSync(process.execPath, [
    '-e',
    `require('fs').writeFileSync(${JSON.stringify(path)}, JSON.stringify({pid: process.pid, host: require('os').hostname(), token: 'dead'}))`,
  ]);
  assert.equal(child.status, 0);
  const takers = await Promise.allSettled(Array.from({ length: 8 }, () => takeLock(path, 'This')));
  assert.equal(takers.filter(({ status }) => status === 'fulfilled').length, 1);
});

test('a lock of a container that is gone is taken over when it has been silent, and one that shows life is not', async (t) => {
  const path = join(folder, 'gone.lock');
  const ago = (seconds: number) => utimesSync(path, new Date(), new Date(Date.now() - seconds * 1000));
  const left = (owner: object) => writeFileSync(path, JSON.stringify({ pid: process.pid, token: 'gone', ...owner }));
  const elsewhere = [
    { host: 'web-7d4b9', beats: true },
    { host: hostname(), space: 'pid:[1]', beats: true },
  ];
  for (const owner of elsewhere) {
    left(owner);
    await assert.rejects(
      takeLock(path, 'This'),
      (error) => error instanceof AcmeProblem && error.detail.includes(` on ${owner.host}, in another container`),
    );
    ago(60);
    await (await takeLock(path, 'This')).release();
  }
  left({ host: 'web-7d4b9' });
  ago(60);
  await assert.rejects(
    takeLock(path, 'This'),
    (error) => error instanceof AcmeProblem && error.type === 'locked',
    'of a version that shows no life',
  );
  rmSync(path);
  const { mock } = t.mock.method(globalThis, 'setInterval');
  const lock = await takeLock(path, 'This');
  ago(60);
  mock.calls.at(-1)?.arguments[0]();
  await new Promise((resolve) => setImmediate(resolve));
  assert.ok(Date.now() - statSync(path).mtimeMs < 30_000);
  assert.equal(JSON.parse(readFileSync(path, 'utf8')).pid, process.pid);
  await lock.release();
});

test('where a file system gives no second name, a lock is made all the same, and one that is begun is not broken', async (t) => {
  const path = join(folder, 'linkless.lock');
  t.mock.method(fs, 'linkSync', () => {
    throw Object.assign(new Error('no links'), { code: 'EPERM' });
  });
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  });
  const takers = await Promise.allSettled(Array.from({ length: 8 }, () => takeLock(path, 'This')));
  const [lock, ...others] = takers.flatMap((taker) => (taker.status === 'fulfilled' ? [taker.value] : []));
  assert.equal(others.length, 0);
  await lock?.release();
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith('linkless')),
    [],
  );
  // Another process has just made it, and is about to write its name into it.
  writeFileSync(path, '');
  const waiting = takeLock(path, 'This', 5000);
  setTimeout(() => rmSync(path), 50);
  await (await waiting).release();
  // One that a power cut left so.
  writeFileSync(path, '');
  utimesSync(path, new Date(), new Date(Date.now() - 60_000));
  await (await takeLock(path, 'This')).release();
});

test('a folder that the file system cannot wait for is no failure, and a broken disk is one', async (t) => {
  const path = join(folder, 'state.json');
  const open = fs.openSync;
  let code = 'EINVAL';
  t.mock.method(fs, 'openSync', (...args: Parameters<typeof open>) => {
    // As if fsync(2) had said it, which is called by another name.
    if (args[0] === folder) throw Object.assign(new Error(code), { code });
    return open(...args);
  });
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  });
  await writeAtomic(path, '{}', 0o600);
  assert.equal(readFileSync(path, 'utf8'), '{}');
  code = 'EIO';
  await assert.rejects(writeAtomic(path, '{}', 0o600), { code: 'EIO' });
});
