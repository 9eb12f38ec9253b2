import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemo } from '../../src/memory/memo.ts';

test('each memo knows its own value of each object', () => {
  const [ages, names] = [createMemo<object, number>(), createMemo<object, string>()];
  const [first, second] = [{ id: 1 }, [1, 2]];
  ages.set(first, 3);
  ages.set(second, 4);
  names.set(first, 'one');
  ages.set(first, 5);
  assert.equal(ages.get(first), 5);
  assert.equal(ages.get(second), 4);
  assert.equal(names.get(first), 'one');
  assert.equal(names.get(second), undefined);
  assert.equal(ages.get({}), undefined);
});

test('nobody else sees what is known of an object, and a copy does not have it', () => {
  const memo = createMemo<object, string>();
  const [plain, list] = [{ a: 1 }, [1]];
  for (const object of [plain, list]) memo.set(object, 'known');
  assert.deepEqual(plain, { a: 1 });
  assert.deepEqual(list, [1]);
  assert.deepEqual(Reflect.ownKeys(plain), ['a']);
  assert.equal(JSON.stringify(plain), '{"a":1}');
  assert.equal(memo.get({ ...plain }), undefined);
  assert.equal(memo.get([...list]), undefined);
  assert.equal(memo.get(plain), 'known');
});
