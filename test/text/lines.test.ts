import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indentAt, lineEnd, lineStart, wholeLines, withLineBreaksOf } from '../../src/text/lines.ts';

test('the lines around an offset', () => {
  const text = '\none\r\n  two\nend';
  assert.deepEqual(
    [0, 1, 4, 6, 9, 12].map((offset) => lineStart(text, offset)),
    [0, 1, 1, 6, 6, 12],
  );
  assert.deepEqual(
    [0, 1, 6, 13].map((offset) => lineEnd(text, offset)),
    [0, 4, 11, 15],
  );
  assert.deepEqual(wholeLines(text, { start: 2, end: 8 }), { start: 1, end: 12 });
  assert.deepEqual(wholeLines(text, { start: 0, end: 0 }), { start: 0, end: 1 });
  assert.deepEqual(wholeLines(text, { start: 13, end: 14 }), { start: 12, end: 15 });
  assert.equal(indentAt(text, 9), '  ');
});

test('a new text gets the line ends of the one that it goes into', () => {
  assert.equal(withLineBreaksOf('a\r\nb', '\nc\r\nd\n'), '\r\nc\r\nd\r\n');
  assert.equal(withLineBreaksOf('a\nb', '\nc'), '\nc');
  assert.equal(withLineBreaksOf('a', '\nc'), '\nc');
});
