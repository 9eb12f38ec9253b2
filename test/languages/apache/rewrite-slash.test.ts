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
    assert.match(report.message, /nobody is led to HTTPS/);
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
