import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PlaceMap } from '../../src/text/place-map.ts';
import type { Location } from '../../src/text/range.ts';
import { randomNumbers } from '../support/random.ts';

const at = (file: string, start: number): Location => ({ file, range: { start, end: start + 1 } });

test('a place has the value that it was given last, whatever the order, and another file has its own', () => {
  const random = randomNumbers(1);
  for (let round = 0; round < 200; round++) {
    const places = new PlaceMap<number>();
    const plain = new Map<string, number>();
    // Half of the rounds go through the text in its order.
    const isOrdered = round % 2 === 0;
    for (let step = 0; step < 40; step++) {
      const file = random() < 0.5 ? '/a' : '/b';
      const start = isOrdered ? 2 * step : Math.floor(random() * 40);
      places.set(at(file, start), step);
      plain.set(`${file} ${start}`, step);
      for (const asked of ['/a', '/b', '/c']) {
        for (let offset = 0; offset < 82; offset += 3) {
          assert.equal(places.get(at(asked, offset)), plain.get(`${asked} ${offset}`));
          assert.equal(places.has(at(asked, offset)), plain.has(`${asked} ${offset}`));
        }
      }
    }
    assert.deepEqual([...places.values()].sort(), [...plain.values()].sort());
  }
});
