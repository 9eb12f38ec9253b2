import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { watchEarly } from '../../src/editor/early-changes.ts';

test('what changes, comes or goes before anybody watches is told once, and nothing after the last look', async () => {
  const times = new Map([
    ['/w', 1],
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
  let looks = 0;
  let lastBegins = (): void => undefined;
  const last = new Promise<void>((resolve) => {
    lastBegins = resolve;
  });
  const paths = () => {
    looks++;
    if (looks === 2) {
      times.set('/w/plan.yaml', 2);
      times.set('/w/new.conf', 2);
      times.set('/w', 2);
      times.delete('/w/old.conf');
    }
    if (looks === 3) lastBegins();
    return ['/w/plan.yaml', '/w/old.conf', '/w/new.conf'];
  };
  const early = watchEarly(paths, { stat }, (path) => told.push(path), { pause: 1, looks: 3 });
  await last;
  // What it has asked of files that are at once there it knows by the next turn.
  await pause(1);
  assert.deepEqual(told, ['/w/plan.yaml', '/w', '/w/old.conf', '/w/new.conf']);
  times.set('/w/plan.yaml', 3);
  // Long enough for many another look.
  await pause(50);
  assert.equal(looks, 3);
  assert.equal(told.length, 4);
  early.dispose();
});
