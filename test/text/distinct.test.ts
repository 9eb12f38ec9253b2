import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Distinct } from '../../src/text/distinct.ts';

interface Told {
  readonly start: number;
  readonly says: string;
}

function firstOnly(all: readonly Told[]): readonly Told[] {
  const distinct = new Distinct<Told>(
    (a, b) => a.says === b.says,
    ({ says }) => says,
  );
  return all.filter((told) => distinct.add({ file: 'a', range: { start: told.start, end: told.start } }, told));
}

test('what says the same at another place is another one', () => {
  const all = [
    { start: 1, says: 'a' },
    { start: 1, says: 'b' },
    { start: 1, says: 'a' },
    { start: 2, says: 'a' },
    { start: 1, says: 'b' },
  ];
  assert.deepEqual(firstOnly(all), [all[0], all[1], all[3]]);
});

test('of many at one place each is told once, however many they are', () => {
  for (const count of [2, 8, 9, 10, 100]) {
    const all = Array.from({ length: count }, (_, index) => ({ start: 7, says: `${index}` }));
    assert.deepEqual(firstOnly([...all, ...all]), all, String(count));
  }
});
