import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sameValue } from '../../src/rules/support/same-value.ts';

test('two values are the same that hold the same, however deep', () => {
  const same: readonly (readonly [unknown, unknown])[] = [
    [1, 1],
    [Number.NaN, Number.NaN],
    [{ a: [1, { b: null }] }, { a: [1, { b: null }] }],
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    [[], []],
  ];
  const other: readonly (readonly [unknown, unknown])[] = [
    [1, '1'],
    [null, {}],
    [{}, []],
    [[1], [1, 2]],
    [{ a: undefined }, { b: undefined }],
    [{ a: 1 }, { a: 1, b: undefined }],
    [{ a: [1, { b: null }] }, { a: [1, { b: undefined }] }],
  ];
  for (const [a, b] of same) assert.ok(sameValue(a, b), JSON.stringify([a, b]));
  for (const [a, b] of other) assert.ok(!sameValue(a, b), JSON.stringify([a, b]));
});
