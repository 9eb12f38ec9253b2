import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutPart } from '../../src/rules/support/tls/value-parts.ts';

test('a word goes with one separator, and ranks of groups stay apart', () => {
  const without = (text: string, word = 'foo') => {
    const start = text.indexOf(word);
    return withoutPart(text, { start, end: start + word.length });
  };
  assert.equal(without('a:foo:b'), 'a:b');
  assert.equal(without('foo:a'), 'a');
  assert.equal(without('a:!foo'), 'a');
  assert.equal(without('a !foo b'), 'a b');
  assert.equal(without('foo'), '');
  assert.equal(without('a/foo:b'), 'a/b');
  assert.equal(without('a:foo/b'), 'a/b');
  assert.equal(without('a/?*foo/b'), 'a/b');
  assert.equal(without('*foo/b'), 'b');
  assert.equal(without('a / foo:b'), 'a / b');
  assert.equal(without('a : foo : b'), 'a : b');
  assert.equal(without('a : foo'), 'a');
  assert.equal(without('a/foo'), 'a');
});
