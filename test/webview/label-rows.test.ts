import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeLabels } from '../../src/webview/label-rows.ts';

test('labels that would touch stand in rows of their own', () => {
  const rows = (places: readonly number[]) => placeLabels(places).map(({ row }) => row);
  assert.deepEqual(rows([10, 60]), [0, 0]);
  assert.deepEqual(rows([10, 30, 88, 97]), [0, 1, 0, 1]);
  // One is written to the right of its place, the next to the left of its own.
  assert.deepEqual(rows([45, 55]), [0, 1]);
  assert.deepEqual(rows([]), []);
});
