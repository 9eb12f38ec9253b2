import assert from 'node:assert/strict';
import { resolve } from 'node:path';
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
