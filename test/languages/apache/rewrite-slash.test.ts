import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { projectOf } from './project.ts';

function found(text: string, file = '/etc/apache2/apache2.conf') {
  const project = projectOf({ [file]: text }, { complete: file.endsWith('.conf') });
  return apache.check(project).filter(({ rule }) => rule === 'rewrite-slash');
}

const inFolder = (rule: string, folder = 'Directory /srv/www') =>
  `<${folder}>\nRewriteEngine on\n${rule}\n</${folder.split(' ')[0]}>\n`;
const redirect = 'RewriteRule ^/(.*)$ https://example.com/$1 [R=301,L]';

test('a rule of a folder that begins with a slash never matches', () => {
  for (const text of [
    inFolder(redirect),
    inFolder(redirect.replace('^/', '^\\/')),
    inFolder(redirect, 'Directory /'),
  ]) {
    const [report, ...others] = found(text);
    assert.ok(report && others.length === 0, text);
    assert.match(report.message, /redirects nobody to HTTPS/);
    const edited = applyEdits(text, report.fixes?.[0]?.edits ?? []);
    assert.match(edited, /RewriteRule \^\(\.\*\)\$ https/);
    assert.deepEqual(found(edited), []);
  }
  assert.equal(found(`RewriteEngine on\n${redirect}\n`, '/srv/www/.htaccess').length, 1);
  const [refusal] = found(inFolder('RewriteRule "^/\\.git" - [F]'));
  assert.deepEqual([refusal?.severity, refusal?.effect], ['information', 'advice']);
});

test('rules that may match are left alone', () => {
  for (const text of [
    `RewriteEngine on\n${redirect}\n`,
    `<VirtualHost *:80>\n${redirect}\n</VirtualHost>\n`,
    inFolder('RewriteRule ^/?(.*)$ https://example.com/$1 [R]'),
    inFolder('RewriteRule ^/x|y - [F]'),
    inFolder('RewriteRule !^/x - [F]'),
    inFolder(redirect, 'Location /'),
    inFolder(redirect, 'Directory /srv/*'),
    inFolder(redirect, 'DirectoryMatch /srv'),
    inFolder(`RewriteRule ^x /y\n${redirect}`),
    inFolder(`RewriteRule ^ %{REQUEST_URI}\n${redirect}`),
    inFolder('RewriteRule $' + '{PATTERN} https://example.com/ [R]'),
  ])
    assert.deepEqual(found(text), [], text);
});

const inHost = (lines: string) => `<VirtualHost *:80>\nRewriteEngine on\n${lines}\n</VirtualHost>\n`;

test('a rule of a server that begins without a slash never matches', () => {
  for (const [rule, mended] of [
    ['RewriteRule ^old$ https://example.com/new [R]', 'RewriteRule ^/old$ https'],
    ['RewriteRule "^\\.well-known/" - [L]', 'RewriteRule "^/\\.well-known/" -'],
    ['RewriteRule ^.well-known/ - [L]', 'RewriteRule ^/.well-known/ -'],
    ['RewriteCond %{REQUEST_URI} ^old\nRewriteRule ^ - [F]', 'RewriteCond %{REQUEST_URI} ^/old'],
    ['RewriteCond %{REQUEST_URI} "!^\\.well-known/"\nRewriteRule ^ - [F]', '"!^/\\.well-known/"'],
  ] as const) {
    for (const text of [inHost(rule), `RewriteEngine on\n${rule}\n`]) {
      const [report, ...others] = found(text);
      assert.ok(report && others.length === 0, text);
      const edited = applyEdits(text, report.fixes?.[0]?.edits ?? []);
      assert.ok(edited.includes(mended), edited);
      assert.deepEqual(found(edited), []);
    }
  }
  const condition = 'RewriteCond %{REQUEST_URI} !^old\nRewriteRule ^ - [F]\n';
  assert.match(found(condition, '/srv/www/.htaccess')[0]?.message ?? '', /always holds/);
  const [redirect] = found(inHost('RewriteRule ^old$ https://example.com/new [R]'));
  assert.deepEqual([redirect?.severity, redirect?.effect], [undefined, undefined]);
});

test('rules of a server that may match are left alone', () => {
  for (const lines of [
    'RewriteRule ^ - [F]',
    'RewriteRule old - [F]',
    'RewriteRule !^old - [F]',
    'RewriteRule ^o?/old - [F]',
    'RewriteRule ^(o|/)ld - [F]',
    'RewriteRule ^old|^/new - [F]',
    'RewriteRule ^.ld - [F]',
    'RewriteRule ^\\w - [F]',
    'RewriteRule ^http: - [F]',
    // What this makes of a path has no slash.
    'RewriteRule ^/(.*) $1\nRewriteRule ^old - [F]',
    'RewriteRule ^ %{QUERY_STRING}\nRewriteRule ^old - [F]',
    '<Location />\nRewriteRule ^old - [F]\n</Location>',
    '<Directory /srv>\nRewriteRule ^old - [F]\n</Directory>',
    'RewriteCond %{QUERY_STRING} ^old\nRewriteRule ^ - [F]',
    'RewriteCond %{REQUEST_URI} =old\nRewriteRule ^ - [F]',
    'RewriteCond %{HTTP_HOST}%{REQUEST_URI} ^old\nRewriteRule ^ - [F]',
  ])
    assert.deepEqual(found(inHost(lines)), [], lines);
  assert.deepEqual(found('RewriteEngine on\nRewriteRule ^old - [F]\n', '/srv/www/.htaccess'), []);
});
