import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { blockingFiles } from '../../src/host/blocking-files.ts';
import { nodeFiles } from '../../src/host/node-files.ts';

const folder = resolve('test/fixtures/certificates');
const paths = {
  'a file': `${folder}/fullchain.pem`,
  'a folder': folder,
  nothing: `${folder}/absent.pem`,
  'something below a file': `${folder}/fullchain.pem/leaf.pem`,
};

for (const [what, path] of Object.entries(paths)) {
  test(`files that are waited for are the same: ${what}`, async () => {
    assert.deepEqual(await blockingFiles.stat(path), await nodeFiles.stat(path));
    assert.deepEqual(await blockingFiles.read(path), await nodeFiles.read(path));
    assert.deepEqual(await blockingFiles.read(path, 100), await nodeFiles.read(path, 100));
    assert.deepEqual(await blockingFiles.list(path), await nodeFiles.list(path));
    assert.equal(await blockingFiles.realPath(path), await nodeFiles.realPath(path));
  });
}

for (const [what, path] of Object.entries({ ...paths, 'what the kernel writes': '/proc/version' })) {
  test(`a file that is opened once is what it is in two steps: ${what}`, async () => {
    const found = await blockingFiles.readSmall?.(path, 1_000_000);
    const info = await nodeFiles.stat(path);
    const isFile = 'kind' in info && info.kind === 'file';
    assert.deepEqual(
      found instanceof Uint8Array ? Buffer.from(found) : found,
      isFile ? await nodeFiles.read(path) : info,
    );
  });
}

test('a file that is too large is described, and a pipe is not waited for', async () => {
  const path = paths['a file'];
  assert.deepEqual(await blockingFiles.readSmall?.(path, 10), await nodeFiles.stat(path));
  const place = mkdtempSync(join(tmpdir(), 'pipe-'));
  try {
    execFileSync('mkfifo', [join(place, 'pipe')]);
    const pipe = await blockingFiles.readSmall?.(join(place, 'pipe'), 10);
    assert.equal(pipe && 'kind' in pipe && pipe.kind, 'other');
  } finally {
    rmSync(place, { recursive: true });
  }
});
