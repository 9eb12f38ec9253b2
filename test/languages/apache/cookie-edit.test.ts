import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { snippet } from './project.ts';

const around = (lines: string, more = '') =>
  `Listen 443\n${more}\n<VirtualHost *:443>\nSSLEngine on\n${lines}\n</VirtualHost>\n`;
const reports = (text: string) =>
  apache.check(snippet(text, { complete: true })).filter(({ rule }) => rule === 'session-cookie-plain');
const found = (lines: string, more = '') => reports(around(lines, more)).length;
const edit = 'Header edit Set-Cookie ^(.*)$ "$1; Secure"';
const always = edit.replace('edit', 'always edit');
const backend = 'ProxyPass / http://127.0.0.1:8080/';
const php = '<FilesMatch \\.php$>\nSetHandler "proxy:unix:/run/php.sock|fcgi://localhost"\n</FilesMatch>';

// A real Apache 2.4.71 sent the cookie as it came with each, and with Secure after the fix.
test('headers of the other table are not those with the cookies', () => {
  for (const [lines, wrong, right] of [
    [backend, always, edit],
    [php, edit, always],
    [php, edit.replace('edit', 'onsuccess edit'), always],
    ['ProxyPassMatch \\.php$ fcgi://127.0.0.1:9000/srv/', edit, always],
    ['ScriptAlias /cgi/ /srv/cgi/', edit, always],
  ] as const) {
    const text = around(`${lines}\n${wrong}`);
    const [report, ...others] = reports(text);
    assert.ok(report && others.length === 0, lines);
    assert.equal(report.severity, undefined);
    assert.equal(applyEdits(text, report.fixes?.[0]?.edits ?? []), around(`${lines}\n${right}`));
    assert.equal(found(`${lines}\n${right}`), 0);
  }
  assert.equal(found(edit, php), 1);
  const [kept] = reports(around(`${backend}\n${always}\nHeader set Strict-Transport-Security max-age=1`));
  assert.equal(kept?.severity, 'information');
});

test('what may set the cookies otherwise is left alone', () => {
  for (const lines of [
    `${backend}\n${always}\n${edit}`,
    `${backend}\n${php}\n${edit}`,
    `${backend}\n${php}\n${always}`,
    `ProxyPass / balancer://some/\n${always}`,
    `<IfModule unknown_module>\n${php}\n</IfModule>\n${edit}`,
    `SetHandler application/x-httpd-php\n${edit}`,
    `${backend}\nOIDCCookie x\n${always}`,
    `${backend}\nRewriteRule ^ - [CO=lang:en:example.com]\n${always}`,
    `${backend}\nHeader always edit Set-Cookie "; ?Secure" ""`,
    always,
    edit,
  ])
    assert.equal(found(lines), 0, lines);
  assert.equal(reports(around(`${backend}\n${always}`).replace('SSLEngine on', '')).length, 0);
});
