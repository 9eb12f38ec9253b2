import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rememberTexts } from '../../src/memory/remember-texts.ts';

function counted() {
  const asked: string[] = [];
  const lengthOf = rememberTexts((text) => {
    asked.push(text);
    return text.length;
  }, 2);
  return { asked, lengthOf };
}

test('a text is worked out once', () => {
  const { asked, lengthOf } = counted();
  assert.deepEqual([lengthOf('a'), lengthOf('a')], [1, 1]);
  assert.deepEqual(asked, ['a']);
});

test('no more texts are remembered than wanted', () => {
  const { asked, lengthOf } = counted();
  for (const text of ['a', 'b', 'c', 'a']) lengthOf(text);
  assert.deepEqual(asked, ['a', 'b', 'c', 'a']);
});

test('of texts that would take much memory a few are remembered', () => {
  const { asked, lengthOf } = counted();
  const long = (sign: string) => sign.repeat(2000);
  for (const sign of ['a', 'a', 'b', 'a']) lengthOf(long(sign));
  assert.equal(asked.length, 2);
  for (const sign of ['c', 'd', 'e', 'a']) lengthOf(long(sign));
  assert.equal(asked.length, 6);
});
