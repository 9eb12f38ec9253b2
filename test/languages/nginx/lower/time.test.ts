import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTime } from '../../../../src/languages/nginx/lower/setting.ts';

test('times are added up in seconds', () => {
  for (const [text, seconds] of [
    ['90', 90],
    ['5m', 300],
    ['1h 30m', 5400],
    ['1h30m', 5400],
    ['1d 5', 86405],
    ['500ms', 0.5],
    ['1m ', 60],
  ] as const)
    assert.equal(parseTime(text), seconds, text);
});

test('what is no time is none, however many digits it has', () => {
  for (const text of ['', 'h', '1x', ' 5m', '5m!', `${'1'.repeat(100_000)}!`]) assert.equal(parseTime(text), undefined);
});
