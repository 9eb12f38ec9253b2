import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folderOf, foldersAround, isAbsolute, relativePath, resolvePath, rootOf } from '../../src/text/path.ts';

test('paths are resolved below their root: nothing, a drive, or the host of a URI', () => {
  assert.equal(resolvePath('/etc/nginx', '../ssl/./a.pem'), '/etc/ssl/a.pem');
  assert.equal(resolvePath('C:/nginx/conf', '../certs//a.pem'), 'C:/nginx/certs/a.pem');
  assert.equal(resolvePath('C:/nginx', '../../../a.pem'), 'C:/a.pem');
  assert.equal(resolvePath('/etc', 'C:\\certs\\..\\a.pem'), 'C:/a.pem');
  assert.equal(resolvePath('/srv', 'D:/certs/a.pem'), 'D:/certs/a.pem');
  assert.equal(resolvePath('ssh://host/etc/nginx', 'sites/a'), 'ssh://host/etc/nginx/sites/a');
  assert.equal(resolvePath('.', 'certs/./a.pem'), 'certs/a.pem');
  assert.equal(resolvePath('.', 'x/../../../a.pem'), '../../a.pem');
  assert.equal(resolvePath('.', '.'), '.');
  assert.equal(resolvePath('file://server/share', '../../a'), 'file://server/a');
});

test('nobody knows what is above a folder that a variable is', () => {
  assert.equal(resolvePath('$' + '{PWD}', '../../a/../b.pem'), '/$' + '{PWD}/../../b.pem');
  assert.equal(resolvePath('/etc', '$' + '{X}/a/../b.pem'), '/etc/$' + '{X}/b.pem');
});

test('the topmost folder is its own', () => {
  assert.deepEqual(['/a/b', '/a', '/'].map(folderOf), ['/a', '/', '/']);
  assert.deepEqual(['C:/a/b', 'C:/a', 'C:/'].map(folderOf), ['C:/a', 'C:/', 'C:/']);
});

test('the folders around a file end with the topmost one', () => {
  assert.deepEqual(foldersAround('/a/b/c'), ['/a/b', '/a', '/']);
  assert.deepEqual(foldersAround('C:/a/b'), ['C:/a', 'C:/']);
});

test('a drive and a host are roots, a word with a colon is none', () => {
  assert.deepEqual(['/etc', 'C:/a', 'ssh://host/etc', 'certs/a.pem', 'a:b', 'data:x'].map(rootOf), [
    '',
    'C:',
    'ssh://host',
    '',
    '',
    '',
  ]);
  assert.deepEqual(['C:\\a', 'a:b'].map(isAbsolute), [true, false]);
});

test('what lies on another drive or machine is named whole', () => {
  assert.equal(relativePath('C:/work', 'C:/work/site/a.conf'), 'site/a.conf');
  assert.equal(relativePath('C:/work', 'D:/site/a.conf'), 'D:/site/a.conf');
  assert.equal(relativePath('/work', 'ssh://host/etc/a.conf'), 'ssh://host/etc/a.conf');
  assert.equal(relativePath('/work/a', '/work/b'), '../b');
});
