import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readExcluded } from '../../src/cli/exclude.ts';

test('a name is left out wherever it lies, a path from the working folder alone', () => {
  const { found } = readExcluded('vendor,*.bak.conf,./test/fixtures/,/etc/nginx/old', '/w');
  for (const path of ['/w/vendor', '/w/a/b/vendor', '/w/a/x.bak.conf', '/w/test/fixtures', '/etc/nginx/old'])
    assert.equal(found(path), true, path);
  for (const path of ['/w/vendors', '/w/x.conf', '/w/a/test/fixtures', '/w/test', '/etc/nginx', '/w/etc/nginx/old'])
    assert.equal(found(path), false, path);
});

test('two asterisks stand for any folders, one for what is in a name', () => {
  const { found } = readExcluded('test/**/bad.conf,**/legacy/a?,packages/*/conf', '/w');
  for (const path of ['/w/test/bad.conf', '/w/test/a/b/bad.conf', '/w/x/legacy/a1', '/w/packages/shop/conf'])
    assert.equal(found(path), true, path);
  for (const path of ['/w/bad.conf', '/w/legacy/a12', '/w/packages/a/b/conf', '/w/packages/conf'])
    assert.equal(found(path), false, path);
  assert.equal(readExcluded('test/**', '/w').found('/w/test/a'), true);
});

test('what is named is left out with the folder that it lies in, but for the working folder and those around it', () => {
  const { named } = readExcluded('vendor,w', '/w');
  assert.equal(named('/w/vendor/nginx/nginx.conf'), true);
  assert.equal(named('/w/vendor'), true);
  assert.equal(named('/w/site.conf'), false);
  assert.equal(named('/elsewhere/vendor'), true);
  assert.equal(named('/w'), false);
  assert.equal(readExcluded('vendor', '/vendor/w').named('/vendor'), false);
  assert.equal(named('/vendor/site.conf'), false);
  assert.equal(readExcluded(undefined, '/w').named('/w/vendor'), false);
});
