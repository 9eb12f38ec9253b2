import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';

const nginx = (names: string) =>
  `events {}\nhttp {\nserver { listen 80 default_server; server_name first.example; }\nserver { listen 80; server_name ${names}; }\n}\n`;
const apache = (lines: string) =>
  `<VirtualHost *:80>\nServerName first.example\n</VirtualHost>\n<VirtualHost *:80>\n${lines}\n</VirtualHost>\n`;

function found(text: string, language: 'nginx' | 'apache') {
  return analyseText(text, { language }).findings.filter(({ rule }) => rule === 'name-unreachable');
}

test('what no client asks for is reported, and what was meant is written instead', () => {
  const cases = [
    [nginx('a.example, b.example'), nginx('a.example b.example'), 'nginx'],
    [nginx('"a.example,"'), nginx('"a.example"'), 'nginx'],
    [nginx('https://a.example'), nginx('a.example'), 'nginx'],
    [nginx('*.a.example:443'), nginx('*.a.example'), 'nginx'],
    [apache('ServerName a.example/'), apache('ServerName a.example'), 'apache'],
    [apache('ServerName https://a.example/x'), apache('ServerName https://a.example'), 'apache'],
    [
      apache('ServerName a.example\nServerAlias b.example:80'),
      apache('ServerName a.example\nServerAlias b.example'),
      'apache',
    ],
  ] as const;
  for (const [text, expected, language] of cases) {
    const [finding, ...others] = found(text, language);
    assert.equal(finding?.severity, 'warning', text);
    assert.equal(others.length, 0, text);
    assert.equal(applyEdits(text, finding?.fixes[0]?.edits ?? []), expected);
  }
});

test('names that clients ask for, expressions and what is filled in are left alone', () => {
  for (const names of ['a.example [::1] ::1', '~^(?<a>.+)/,;$', '_ ""', '$hostname', '{{ name }},', '.a.example']) {
    assert.deepEqual(found(nginx(names), 'nginx'), [], names);
  }
  for (const lines of [
    'ServerName https://a.example:443',
    'ServerName a.example\nServerAlias [::1] *',
    'ServerName @NAME@/',
  ]) {
    assert.deepEqual(found(apache(lines), 'apache'), [], lines);
  }
});

test('it is information where the site answers for the name all the same', () => {
  const only = 'events {}\nhttp { server { listen 80; server_name a.example:80; } }\n';
  for (const text of [only, nginx('a.example a.example:80')]) {
    assert.deepEqual(
      found(text, 'nginx').map(({ severity }) => severity),
      ['information'],
    );
  }
});

test('a ServerName takes one name: the others become aliases', () => {
  const mended = (line: string) => {
    const text = `<VirtualHost *:443>\n  ${line}\n</VirtualHost>\n`;
    const [finding] = found(text, 'apache');
    return applyEdits(text, finding?.fixes[0]?.edits ?? [])
      .split('\n')
      .slice(1, -2)
      .join('\n');
  };
  assert.equal(mended('ServerName a.example,b.example'), '  ServerName a.example\n  ServerAlias b.example');
  assert.equal(mended('ServerName "a.example,b.example"'), '  ServerName a.example\n  ServerAlias b.example');
  assert.equal(mended('ServerAlias a.example,b.example'), '  ServerAlias a.example b.example');
  assert.equal(mended('ServerAlias "a.example,b.example"'), '  ServerAlias a.example b.example');
});

test('the words of a directive that a missing semicolon makes names of are one mistake', () => {
  const text = nginx('a.example\nssl_certificate /etc/a.pem // the joined file\nssl_certificate_key /etc/a.key');
  assert.deepEqual(found(text, 'nginx'), []);
  assert.equal(found(nginx('a.example b.example/c\nssl_certificate /etc/a.pem'), 'nginx').length, 1);
});
