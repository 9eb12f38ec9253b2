import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { snippet } from './project.ts';

function mended(text: string): readonly (string | undefined)[] {
  return apache
    .check(snippet(text))
    .filter(({ rule }) => rule === 'alias-slash')
    .map(({ fixes = [] }) => fixes[0] && applyEdits(text, fixes[0].edits));
}

test('a folder without the slash of its path gets one', () => {
  assert.deepEqual(mended('Alias /files/ /srv/files\n'), ['Alias /files/ /srv/files/\n']);
  assert.deepEqual(mended('ScriptAlias "/cgi-bin/" "/usr/lib/cgi-bin"\n'), [
    'ScriptAlias "/cgi-bin/" "/usr/lib/cgi-bin/"\n',
  ]);
});

test('a challenge that is looked for beside its folder', () => {
  const [report] = apache.check(snippet('Alias /.well-known/acme-challenge/ /srv/acme\n'));
  assert.match(report?.message ?? '', /looks for a challenge in \/srv\/acmeTOKEN/);
});

test('a folder that a macro writes is changed nowhere', () => {
  const macro = '<Macro Files $folder>\n  Alias /files/ "$folder"\n</Macro>\nUse Files /srv/files\n';
  assert.deepEqual(mended(macro), [undefined]);
});

test('what ends alike, or is meant so, is left alone', () => {
  for (const text of [
    'Alias /files /srv/files\n',
    'Alias /files /srv/files/\n',
    'Alias /files/ /srv/files/\n',
    'Alias /favicon.ico/ /srv/favicon.ico\n',
    'Alias /photos/ /srv/photo-\n',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Apache
    'Alias /files/ ${FOLDER}\n',
    '<Location /files>\nAlias /srv/files\n</Location>\n',
    '<Location /about/>\nAlias /srv/about.html\n</Location>\n',
    '<Location /cgi/>\nScriptAlias /usr/lib/cgi-bin/backend\n</Location>\n',
    '<Location /files/>\nAlias /srv/files/\nAliasPreservePath On\n</Location>\n',
    '<LocationMatch /files/(?<name>.+)>\nAlias /srv/files/%{env:MATCH_NAME}\n</LocationMatch>\n',
  ])
    assert.deepEqual(mended(text), [], text);
});

test('in <Location> nothing is looked for below the folder', () => {
  const section = (path: string, lines: string) => `<Location "${path}">\n  ${lines}\n</Location>\n`;
  const [report] = apache.check(snippet(section('/.well-known/acme-challenge/', 'Alias /srv/acme/')));
  assert.match(
    report?.message ?? '',
    /Alias appends nothing: .* so no challenge is found .* Add AliasPreservePath On, or/,
  );
  assert.deepEqual([report?.severity ?? 'warning', report?.fixes?.[0]?.safe], ['warning', true]);
  const [files] = apache.check(snippet(section('/files', 'Alias "/srv/files/"')));
  assert.deepEqual([files?.severity, files?.fixes?.[0]?.safe], ['information', false]);
  for (const [path, before, after] of [
    ['/files/', 'Alias /srv/files', 'Alias /srv/files/\n  AliasPreservePath On'],
    ['/files/', 'Alias "/srv/files"', 'Alias "/srv/files/"\n  AliasPreservePath On'],
    ['/.well-known/acme-challenge', 'Alias /srv/acme', 'Alias /srv/acme\n  AliasPreservePath On'],
    ['/files/', 'Alias /srv/files\n  AliasPreservePath On', 'Alias /srv/files/\n  AliasPreservePath On'],
  ] as const) {
    const text = section(path, before);
    assert.deepEqual(mended(text), [section(path, after)]);
    assert.deepEqual(mended(section(path, after)), []);
  }
  assert.deepEqual(mended('<Macro F $f>\n<Location /files/>\nAlias $f\n</Location>\n</Macro>\nUse F /srv/files\n'), [
    undefined,
  ]);
});
