import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prefixFinder } from '../../src/text/prefixes.ts';

test('what a text starts with is found among many, the shortest first', () => {
  const find = prefixFinder(new Set(['/srv', '/', '/srv/www/', '/etc', '/srv/www/a/b']));
  assert.deepEqual(find('/srv/www/a'), ['/', '/srv', '/srv/www/']);
  assert.deepEqual(find('srv'), []);
  assert.deepEqual(prefixFinder(new Set(['']))('a'), ['']);
});
