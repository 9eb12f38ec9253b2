import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runProgram } from '../../src/editor/run-program.ts';

const log = { info: () => undefined };

test('a program that takes too long is stopped, and has given no verdict', async () => {
  const stopAfter = (seconds: number) => runProgram('sh', ['-c', 'echo begun; sleep 120'], log, seconds);
  let result = await stopAfter(1);
  // A busy machine had not even started the shell.
  for (let seconds = 4; seconds < 100 && result.output === ''; seconds *= 4) result = await stopAfter(seconds);
  assert.deepEqual(result, { code: 'late', output: 'begun\n' });
});

test('one that ends says how, and one that is not there is missing', async () => {
  assert.deepEqual(await runProgram('sh', ['-c', 'echo no >&2; exit 3'], log), { code: 3, output: 'no\n' });
  assert.equal((await runProgram('tls-workbench-no-such-program', [], log)).code, 'missing');
});
