import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../src/text/edit.ts';
import { analyseText } from '../../support/analyse.ts';

const around = (lines: string) => `Listen 80\n<VirtualHost *:80>\nServerName a.example\n${lines}\n</VirtualHost>\n`;
const found = (lines: string) =>
  analyseText(around(lines), { language: 'apache', file: '/etc/apache2/apache2.conf' }).findings.filter(
    ({ rule }) => rule === 'variable-as-text',
  );
const fixed = (line: string) => {
  const [edit] = found(line)[0]?.fixes[0]?.edits ?? [];
  return edit && applyEdits(around(line), [edit]);
};

// Apache 2.4.71 sent "(null)" with each, and the value after the fix.
test('names of CGI are nothing yet where headers are made for a backend', () => {
  for (const [wrong, right] of [
    ['RequestHeader set X-User %{REMOTE_USER}e', 'RequestHeader set X-User expr=%{REMOTE_USER}'],
    ['RequestHeader set X-Real-IP "%{REMOTE_ADDR}e"', 'RequestHeader set X-Real-IP "expr=%{REMOTE_ADDR}"'],
    [
      'RequestHeader append Forwarded "for=%{REMOTE_ADDR}e;proto=%{REQUEST_SCHEME}e"',
      'RequestHeader append Forwarded "expr=for=%{REMOTE_ADDR};proto=%{REQUEST_SCHEME}"',
    ],
  ] as const) {
    assert.deepEqual(
      found(wrong).map(({ severity }) => severity),
      ['warning'],
      wrong,
    );
    assert.equal(fixed(wrong), around(right));
    assert.deepEqual(found(right), []);
  }
  const [mixed] = found('RequestHeader set X-User "%{REMOTE_USER}e at %t"');
  assert.match(mixed?.message ?? '', /expr=… with %\{REMOTE_USER\}/);
  assert.deepEqual(mixed?.fixes, []);
});

test('what something else may give a value is left alone', () => {
  const header = 'RequestHeader set X-User %{REMOTE_USER}e';
  for (const lines of [
    'Header set X-User %{REMOTE_USER}e',
    `${header} env=REMOTE_USER`,
    header.replace('set', 'unset'),
    header.replace('set', 'edit'),
    'RequestHeader set X-User %%{REMOTE_USER}e',
    'RequestHeader set X-User %{REMOTE_USER}s',
    'RequestHeader set X-User %{RU}e',
    'RequestHeader set X-User expr=%{REMOTE_USER}e',
    `<Macro Given $name>\nSetEnv $name alice\n</Macro>\nUse Given REMOTE_USER\n${header}`,
    `Define NAME REMOTE_USER\nSetEnv \${NAME} alice\n${header}`,
    `RewriteEngine on\nRewriteRule ^ - [E=REMOTE_USER:%{LA-U:REMOTE_USER}]\n${header}`,
    `SetEnvIf Authorization (.+) REMOTE_USER=$1\n${header}`,
    `ShibUseEnvironment On\n${header}`,
    `Include more.conf\n${header}`,
    `{{ extra }}\n${header}`,
  ])
    assert.deepEqual(found(lines), [], lines);
});
