import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';

const options = { language: 'apache', file: '/work/.htaccess' } as const;
const found = (text: string) => analyseText(text, options).findings;

test('headers that do nothing any more are found in a lone .htaccess, and taken out', () => {
  const headers = [
    'Header always set Expect-CT "max-age=0"',
    'Header set X-XSS-Protection "1; mode=block"',
    'Header set Public-Key-Pins "max-age=5"',
  ];
  let text = `<IfModule mod_headers.c>\n${headers.join('\n')}\nHeader set X-Frame-Options DENY\n</IfModule>\n`;
  assert.deepEqual(
    found(text).map(({ rule }) => rule),
    ['expect-ct-obsolete', 'xss-protection-obsolete', 'hpkp-obsolete'],
  );
  for (let fix = found(text)[0]?.fixes[0]; fix; fix = found(text)[0]?.fixes[0]) text = applyEdits(text, fix.edits);
  assert.equal(text, '<IfModule mod_headers.c>\nHeader set X-Frame-Options DENY\n</IfModule>\n');
});

test('of the server that reads a .htaccess nothing is said', () => {
  const headers = 'Header set X-Frame-Options DENY\nHeader set Strict-Transport-Security "max-age=63072000"\n';
  const rewriting = 'RewriteEngine on\nRewriteRule ^(.*)$ https://example.com/$1 [R=301,L]\n';
  const access = 'AuthType Basic\nAuthName "x"\nRequire valid-user\n';
  assert.deepEqual(found(headers + rewriting + access), []);
});
