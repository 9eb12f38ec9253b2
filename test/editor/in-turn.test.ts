import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { inTurn } from '../../src/editor/in-turn.ts';

test('what is read first and takes longer does not come over what is read later', async () => {
  let shown = '';
  const read = inTurn(async (text: string, wait: number) => {
    await pause(wait);
    shown = text;
  });
  await Promise.all([read('old', 20), read('new', 0)]);
  assert.equal(shown, 'new');
});

test('a run that fails says so to who asked for it, and the next one runs', async () => {
  const done: string[] = [];
  const run = inTurn(async (name: string) => {
    if (name === 'bad') throw new Error(name);
    done.push(name);
  });
  const failed = assert.rejects(run('bad'), /bad/);
  await run('good');
  await failed;
  assert.deepEqual(done, ['good']);
});
