import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDocument, lineRange, offsetAt, positionAt } from '../../src/text/document.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { segmentPattern } from '../../src/text/glob.ts';
import { relativePath, resolvePath } from '../../src/text/path.ts';
import { suggest } from '../../src/text/suggest.ts';
import { compareVersions } from '../../src/text/version.ts';

test("positions and offsets are each other's inverse, whatever ends the lines", () => {
  const document = createDocument('a', 'one\ntwo\r\nthree\rfour');
  assert.deepEqual(document.lineStarts, [0, 4, 9, 15]);
  for (let offset = 0; offset <= document.text.length; offset++) {
    assert.equal(offsetAt(document, positionAt(document, offset)), offset);
  }
  assert.deepEqual(positionAt(document, 999), { line: 3, character: 4 });
  assert.deepEqual(lineRange(document, 1), { start: 4, end: 7 });
});

test('edits are applied to the text before, in any order given', () => {
  const edits = [
    { range: { start: 4, end: 7 }, newText: 'TWO' },
    { range: { start: 0, end: 0 }, newText: '>' },
    { range: { start: 7, end: 7 }, newText: '!' },
  ];
  assert.equal(applyEdits('one two', edits), '>one TWO!');
  assert.throws(
    () =>
      applyEdits('abc', [
        { range: { start: 0, end: 2 }, newText: '' },
        { range: { start: 1, end: 3 }, newText: '' },
      ]),
    RangeError,
  );
});

test('a misspelt word gets the nearest candidate, a foreign one none', () => {
  assert.equal(suggest('ssl_protocol', ['ssl_protocols', 'ssl_ciphers']), 'ssl_protocols');
  assert.equal(suggest('sever', ['server', 'events']), 'server');
  assert.equal(suggest('banana', ['server', 'events']), undefined);
});

test('versions compare by number, letters count as a further part', () => {
  assert.ok(compareVersions('1.26.3', '1.9.0') > 0);
  assert.ok(compareVersions('1.0.2k', '1.0.2') > 0);
  assert.equal(compareVersions('3.5', '3.5.0'), 0);
});

test('glob segments match as glob(7) says', () => {
  assert.ok(segmentPattern('*.conf').test('a.conf'));
  assert.ok(!segmentPattern('*.conf').test('.conf'));
  assert.ok(segmentPattern('[!a]?.conf').test('bc.conf'));
  assert.ok(!segmentPattern('[!a]?.conf').test('ac.conf'));
  assert.ok(segmentPattern('a[.conf').test('a[.conf'));
});

test('paths are resolved and made relative without a file system', () => {
  assert.equal(resolvePath('/etc/nginx', '../ssl/./a.crt'), '/etc/ssl/a.crt');
  assert.equal(resolvePath('/etc', '/var//x'), '/var/x');
  assert.equal(relativePath('/srv/web', '/srv/certs/a'), '../certs/a');
  assert.equal(relativePath('/work', '/work'), '.');
});
