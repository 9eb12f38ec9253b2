import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folderNames } from '../../src/editor/folder-names.ts';

test('folders of one name are told apart by those above, others stay as they are called', () => {
  const folders = ['/srv/shop/nginx', '/srv/wiki/nginx', '/old/wiki/nginx', '/srv/apache'].map((path) => ({
    path,
    name: path.split('/').at(-1) ?? '',
  }));
  assert.deepEqual([...folderNames(folders).values()], ['shop/nginx', 'srv/wiki/nginx', 'old/wiki/nginx', 'apache']);
  assert.deepEqual([...folderNames([{ name: 'Our shop', path: '/srv/shop/nginx' }]).values()], ['Our shop']);
});
