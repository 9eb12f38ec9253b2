import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inertJson } from '../../src/protocol/inert-json.ts';

test('what a page holds as JSON cannot end its script element, and reads back the same', () => {
  const hostile = { '</script>': '<!--<script>hacked=1</script>', nested: ['\u2028</SCRIPT', '\\u003c', '\\<', '"<"'] };
  const text = inertJson(hostile);
  assert.doesNotMatch(text, /</);
  assert.deepEqual(JSON.parse(text), hostile);
});
