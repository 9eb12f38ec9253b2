import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTime } from '../../../src/languages/nginx/values/slots.ts';

test('times are taken as nginx takes them, in linear time', () => {
  for (const text of ['5ms', '1m', '1m 5s', '1h30m', '10', 's5']) assert.ok(isTime(text, true), text);
  for (const text of ['5s1m', '5mss', 'ms', 'x', '']) assert.ok(!isTime(text, true), text);
  // “ms” could be read as a unit and as two.
  assert.ok(!isTime(`${'ms'.repeat(5000)}x`, true));
});
