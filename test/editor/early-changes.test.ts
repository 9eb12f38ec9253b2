import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { watchEarly } from '../../src/editor/early-changes.ts';

test('what changes, comes or goes before anybody watches is told once, and nothing after the last look', async () => {
  const times = new Map([
    ['/w/plan.yaml', 1],
    ['/w/old.conf', 1],
  ]);
  const told: string[] = [];
  const stat = async (path: string) => {
    const modified = times.get(path);
    return modified === undefined
      ? { error: 'missing' as const, message: path }
      : { kind: 'file' as const, size: 1, modified };
  };
  const paths = () => ['/w/plan.yaml', '/w/old.conf', '/w/new.conf'];
  const early = watchEarly(paths, { stat }, (path) => told.push(path), { pause: 10, looks: 3 });
  await wait(0);
  times.set('/w/plan.yaml', 2);
  times.set('/w/new.conf', 2);
  times.delete('/w/old.conf');
  await wait(100);
  assert.deepEqual(told, ['/w/plan.yaml', '/w/old.conf', '/w/new.conf']);
  times.set('/w/plan.yaml', 3);
  await wait(50);
  assert.equal(told.length, 3);
  early.dispose();
});
