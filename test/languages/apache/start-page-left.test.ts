import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../src/text/edit.ts';
import { analyseText } from '../../support/analyse.ts';

function mended(text: string, file = '/work/.htaccess'): readonly string[] {
  const { findings } = analyseText(text, { language: 'apache', file });
  const found = findings.filter(({ message }) => message.startsWith('The start page stays'));
  return found.map(({ fixes }) => applyEdits(text, fixes[0]?.edits ?? []));
}

const off = 'RewriteEngine On\nRewriteCond %{HTTPS} off\n';
const rule = (pattern: string, target = 'https://%{HTTP_HOST}%{REQUEST_URI}') =>
  `RewriteRule ${pattern} ${target} [R=301,L]\n`;

test('a pattern that wants a character leaves the start page of a folder on plain HTTP', () => {
  for (const [pattern, instead] of [
    ['.', '^'],
    ['.+', '.*'],
    ['^.+$', '^.*$'],
  ] as const) {
    assert.deepEqual(mended(off + rule(pattern)), [off + rule(instead)], pattern);
  }
  const group = (pattern: string) => off + rule(pattern, 'https://example.com/$1');
  assert.deepEqual(mended(group('^(.+)$')), [group('^(.*)$')]);
  const section = `<IfModule mod_rewrite.c>\n${off}${rule('.')}</IfModule>\n`;
  assert.equal(mended(section).length, 1);
  const program =
    'RewriteCond %{REQUEST_FILENAME} !-f\nRewriteCond %{REQUEST_FILENAME} !-d\nRewriteRule ^ index.php [L]\n';
  const image = 'RewriteRule ^logo$ logo.svg\nRewriteRule ^ - [E=A:1]\n';
  for (const others of [program, image]) assert.equal(mended(off + rule('.') + others).length, 1, others);
});

test('other patterns, conditions and redirects are left alone', () => {
  for (const text of [
    off + rule('^'),
    off + rule('(.*)'),
    `${off}RewriteCond %{REQUEST_URI} ^/shop\n${rule('.')}`,
    `RewriteEngine On\n${rule('.')}`,
    off + rule('^.$'),
    // Another path is asked for then, and that has characters.
    `${off}${rule('.')}RewriteRule ^$ public/ [L]\n`,
    `${off}${rule('.')}RewriteRule !^public/ public/ [L]\n`,
    `${off}${rule('.')}RewriteRule ^(.*)$ index.php [L]\n`,
    // So it is for the file that is found for the folder.
    `${off}${rule('.')}RewriteRule . /index.php [L]\n`,
    `${off}${rule('.')}RewriteCond %{REQUEST_FILENAME} !-d\nRewriteRule ^ index.html [L]\n`,
    `${off}${rule('.')}RewriteRule ^(.*)\\.html$ $1.php [L]\n`,
    `DirectoryIndexRedirect on\n${off}${rule('.')}`,
    `SSLRequireSSL\n${off}${rule('.')}`,
    // It is for requests over TLS.
    `RewriteEngine On\nRewriteCond %{HTTPS} =on\n${rule('.')}`,
    `RewriteEngine On\nRewriteCond %{SERVER_PORT} ^443$\n${rule('.')}`,
    off + rule('.', '/index.php'),
    `${off}${rule('^$')}RewriteCond %{HTTPS} off\n${rule('.')}`,
  ])
    assert.deepEqual(mended(text), [], text);
  assert.deepEqual(mended(off + rule('.'), '/work/site.conf'), []);
});
