import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromSystem } from '../../src/host/system-paths.ts';

test('only Windows separates folders by a backslash', () => {
  assert.equal(fromSystem('C:\\work\\nginx.conf', 'win32'), 'C:/work/nginx.conf');
  assert.equal(fromSystem('/srv/odd\\name', 'linux'), '/srv/odd\\name');
});
