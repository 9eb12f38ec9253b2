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

test('many memos know one object, those made after the first of them did too', () => {
  const object = {};
  const made = Array.from({ length: 40 }, () => createMemo<object, number>());
  for (const [index, memo] of made.entries()) if (index % 3 > 0) memo.set(object, index);
  const later = Array.from({ length: 40 }, () => createMemo<object, number>());
  for (const [index, memo] of later.entries()) if (index % 3 > 0) memo.set(object, -index);
  for (let index = 0; index < 40; index++) {
    assert.equal(made[index]?.get(object), index % 3 > 0 ? index : undefined);
    assert.equal(later[index]?.get(object), index % 3 > 0 ? -index : undefined);
  }
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
