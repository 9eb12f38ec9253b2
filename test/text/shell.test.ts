import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shellLine } from '../../src/text/shell.ts';

test('a command is told as it can be typed: what is one word looks like one', () => {
  assert.equal(shellLine(['nginx', '-s', 'reload']), 'nginx -s reload');
  assert.equal(shellLine(['sh', '-c', 'sleep 6; reload']), "sh -c 'sleep 6; reload'");
  assert.equal(shellLine(['echo', "it's", '']), "echo 'it'\\''s' ''");
});
