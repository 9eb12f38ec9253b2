import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outdated, whileWanted } from '../../src/editor/configurations/workspace/in-between.ts';

const busy = (milliseconds: number) => {
  for (const until = performance.now() + milliseconds; performance.now() < until; );
};

test('long work lets others in before it begins and between its steps', async () => {
  const order: string[] = [];
  setImmediate(() => {
    order.push('who asked for less');
    setImmediate(() => order.push('a key'));
  });
  const result = await whileWanted(
    () => false,
    async (rest) => {
      order.push('begun');
      busy(30);
      await rest();
      order.push('went on');
      // What was short makes nobody wait.
      await rest();
      return 'done';
    },
  );
  assert.equal(result, 'done');
  assert.deepEqual(order, ['who asked for less', 'begun', 'a key', 'went on']);
});

test('work that is outdated ends between two steps, or does not begin', async () => {
  let isOld = false;
  const steps: number[] = [];
  const work = async (rest: () => Promise<void>) => {
    for (const step of [1, 2, 3]) {
      steps.push(step);
      busy(30);
      if (step === 2) isOld = true;
      await rest();
    }
  };
  assert.equal(await whileWanted(() => isOld, work), outdated);
  assert.deepEqual(steps, [1, 2]);
  assert.equal(await whileWanted(() => isOld, work), outdated);
  assert.deepEqual(steps, [1, 2]);
});

test('what fails by itself has failed', async () => {
  const fail = async () => {
    throw new Error('no memory');
  };
  await assert.rejects(
    whileWanted(() => false, fail),
    /no memory/,
  );
});
