import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../src/text/edit.ts';
import { analyseText } from '../../support/analyse.ts';

const around = (lines: string) => `Listen 80\n<Location "/a">\n${lines}\n</Location>\n`;
const found = (lines: string) =>
  analyseText(around(lines), { language: 'apache' }).findings.filter(({ rule }) => rule === 'text-as-number');
const severities = (lines: string) => found(lines).map(({ severity }) => severity);

// A real Apache 2.4.71 let in everybody with each.
test('eq compares numbers, and text is none', () => {
  for (const condition of [
    `"%{HTTP_HOST} eq 'a.example'"`,
    `%{HTTP_HOST} -eq 'a.example'`,
    '%{HTTP_HOST} ge "a.example"',
    '"a" eq %{HTTP_HOST}',
    '%{HTTP_HOST} eq ""',
    `%{HTTPS} == 'on' && %{HTTP_HOST} eq 'a.example'`,
  ])
    assert.deepEqual(severities(`Require expr ${condition}`), ['warning'], condition);
  const inSection = (access: string) => severities(`<If "%{SSL_CLIENT_VERIFY} ne 'SUCCESS'">\n${access}\n</If>`);
  assert.deepEqual(inSection('Require all denied'), ['warning']);
  assert.deepEqual(inSection('Header set X-A b'), ['information']);
  assert.deepEqual(severities(`Header set X-A b "expr=%{HTTP_HOST} eq 'a'"`), ['information']);
  assert.deepEqual(severities(`Require not expr %{HTTP_HOST} eq 'a'`), ['information']);
});

test('numbers, and what compares text, are left alone', () => {
  for (const line of [
    'Require expr %{TIME_HOUR} ge 8',
    "Require expr %{TIME_HOUR} -ge '08'",
    "Require expr %{HTTP_HOST} == 'a eq b'",
    'Require expr %{HTTP_HOST} eq %{SERVER_NAME}',
    'Require expr %{HTTP_HOST} eq',
    'SSLRequire %{SSL_CLIENT_S_DN_CN} eq "alice"',
    'Require user eq ne',
  ])
    assert.deepEqual(severities(line), [], line);
});

test('what a template, a definition or a macro puts there may be a number', () => {
  for (const hour of ['{{ hour }}', '\u0024{HOUR}', '$hour', '@hour']) {
    const section = `<If "%{TIME_HOUR} -ge '${hour}'">\nRequire all denied\n</If>`;
    assert.deepEqual(severities(section), [], hour);
    assert.deepEqual(severities(`Require expr %{TIME_HOUR} -ge '${hour}'`), [], hour);
  }
});

test('its fix compares text', () => {
  const fixed = (line: string) => {
    const [edit] = found(line)[0]?.fixes[0]?.edits ?? [];
    return edit && applyEdits(around(line), [edit]);
  };
  const quoted = `Require expr "%{HTTP_HOST} -eq 'a'"`;
  assert.equal(fixed(quoted), around(quoted.replace('-eq', '==')));
  assert.equal(fixed(`Require expr %{HTTP_HOST} le 'a'`), around(`Require expr %{HTTP_HOST} <= 'a'`));
});
