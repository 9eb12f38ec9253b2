import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeLabels } from '../../src/webview/label-rows.ts';

test('labels that would touch stand in rows of their own, and no line to one crosses another', () => {
  const rows = (places: readonly number[]) => placeLabels(places).map(({ row }) => row);
  assert.deepEqual(rows([10, 60]), [0, 0]);
  // On the left they are written to the right of their lines, on the right to the left.
  assert.deepEqual(rows([10, 25, 88, 97]), [1, 0, 0, 1]);
  assert.deepEqual(rows([97, 88, 25, 10]), [1, 0, 0, 1], 'whatever their order');
  assert.deepEqual(rows([45, 54]), [1, 0]);
  assert.deepEqual(rows([]), []);
});
