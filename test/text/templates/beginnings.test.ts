import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Beginnings } from '../../../src/text/templates/beginnings.ts';

test('a text has the characters and pairs that stand in it, its last character alone too', () => {
  const text = 'listen {{ port }}; # $A $$b <%';
  const present = new Beginnings(text);
  for (const beginning of ['{', '{{', '{ ', '$', '$A', '$$', '$b', '<%', '%', '#'])
    assert.ok(present.has(beginning), beginning);
  for (const beginning of ['{%', '%>', '$a', '@', '<<', '% ', '%%']) assert.ok(!present.has(beginning), beginning);
  assert.ok(present.hasAny(['@', '$$']));
  assert.ok(!present.hasAny(['@', '{/']));
  assert.ok(present.hasBeforeCapital('$'));
  assert.ok(!present.hasBeforeCapital('{'));
});
