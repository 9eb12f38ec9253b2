import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeAge } from '../../src/rules/support/headers/hsts.ts';

test('a time is told in the largest unit that comes near it', () => {
  for (const [seconds, said] of [
    [28 * 3600, '28 hours'],
    [100, '100 seconds'],
    [120, '2 minutes'],
    [2 * 86_400, '2 days'],
    [15_768_000, '183 days'],
    [63_072_000, '2 years'],
    [40_000_000, '463 days'],
    [1, '1 second'],
  ] as const)
    assert.equal(describeAge(seconds), said);
});
