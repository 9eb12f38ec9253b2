import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { snippet } from './project.ts';

const check = (text: string) => apache.check(snippet(text)).filter(({ rule }) => rule === 'foreign-character');

test('a straight quote that a typographic one was to close goes on to the end of the line', () => {
  for (const [line, mended] of [
    ['DocumentRoot "/srv/www”', 'DocumentRoot "/srv/www"'],
    ["DocumentRoot '/srv/www’", 'DocumentRoot "/srv/www"'],
    ['Header set X-A "b» env=X', 'Header set X-A "b" env=X'],
    ['<Directory "/srv/www”>\n</Directory>', '<Directory "/srv/www">\n</Directory>'],
  ] as const) {
    const [finding, ...others] = check(line);
    assert.match(finding?.message ?? '', /does not close a straight one/, line);
    assert.deepEqual(others, []);
    assert.equal(applyEdits(line, finding?.fixes?.[0]?.edits ?? []), mended);
  }
});

test('typographic quotes within a value are part of it', () => {
  for (const line of [
    'Header set X-A "the ” sign"',
    'ErrorDocument 404 "It is “not here',
    'ErrorDocument 403 "The users’ page',
  ]) {
    assert.deepEqual(check(line), [], line);
  }
});
