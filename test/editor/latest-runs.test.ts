import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLatestRuns } from '../../src/editor/configurations/workspace/latest-runs.ts';

test('a run is known by each of its files as long as one of them is open', () => {
  const runs = createLatestRuns(({ files }: { readonly files: readonly string[] }) => files);
  const shop = { files: ['/nginx.conf', '/shop.conf'] };
  const later = { files: ['/nginx.conf', '/wiki.conf'] };
  const other = { files: ['/apache2.conf'] };
  for (const run of [shop, other, later]) runs.add(run);
  assert.equal(runs.of('/nginx.conf'), later);
  assert.equal(runs.of('/shop.conf'), shop);
  runs.keep(new Set(['/shop.conf', '/readme.md']));
  assert.equal(runs.of('/shop.conf'), shop);
  assert.deepEqual(
    ['/nginx.conf', '/wiki.conf', '/apache2.conf'].map((file) => runs.of(file)),
    [undefined, undefined, undefined],
  );
  runs.keep(new Set());
  assert.equal(runs.of('/shop.conf'), undefined);
});
