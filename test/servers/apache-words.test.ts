import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { apache } from '../../src/languages/apache/index.ts';
import { projectOf } from '../languages/apache/project.ts';
import { type ApacheRoot, createApacheRoot, isRefusal, modulesFolder } from './apache-server.ts';

let root: ApacheRoot;

before(() => {
  root = createApacheRoot();
});

after(() => root.remove());

/** What people write often, and what is like it. */
const lines: readonly string[] = [
  ...sequences(['All', 'None', 'Indexes', '-Indexes', '+Includes', '+All'], 3).map((words) => `Options ${words}`),
  ...sequences(['All', 'none', 'MTime', '-Size', '+all', '-None'], 2).map((words) => `FileETag ${words}`),
  ...sequences(
    ['None', 'XHTML', '-XHTML', '+None', 'NameWidth', '-NameWidth', 'NameWidth=4', 'NameWidth=5', '-NameWidth=5'],
    2,
  ).map((words) => `IndexOptions ${words}`),
  ...[
    'DescriptionWidth=11',
    'NameWidth=*',
    'Type',
    'Type=',
    'None=3',
    'XHTML=1',
    'fancyindexing',
    'foo',
    'None -XHTML XHTML',
    'None XHTML None',
  ].map((word) => `IndexOptions ${word}`),
  ...['a\\ b', '"a b"', '"a\\"b"', "'a\\'b'", 'a\\', '"a\\ b"', '!^/x(?:\\ y)?$'].flatMap((pattern) => [
    `RewriteRule ${pattern} /c`,
    `RewriteRule ${pattern} /c [L]`,
    `RewriteCond %{REQUEST_URI} ${pattern} [NC]`,
  ]),
  'RewriteCond %{HTTPS} off # plain',
  'RewriteRule ^a /b [L] # last',
  'If all is well',
  ...['QuickHandler', 'HookTranslateName', 'HookFixups', 'HookAccessChecker', 'HookLog', 'HookInsertFilter'].map(
    (name) => `<Lua${name} first>\nfunction first(r)\n  if r.uri < "/x" then return 0 end\nend\n</Lua${name}>`,
  ),
  '\uFEFFRewriteEngine on',
  '\uFEFF# a comment',
];

test('Apache accepts and refuses the same lines', () => {
  const file = join(root.folder, 'apache2.conf');
  const loads = ['mpm_event', 'authz_core', 'autoindex', 'rewrite', 'lua'].map(
    (name) => `LoadModule ${name}_module ${modulesFolder}/mod_${name}.so\n`,
  );
  const inner = join(root.folder, 'line.conf');
  const main = `ServerRoot "${root.folder}"\nServerName a\n${loads.join('')}Listen 80\n<Directory /a>\nInclude line.conf\n</Directory>\n`;
  const differences = lines.filter((line) => {
    writeFileSync(file, main);
    writeFileSync(inner, `${line}\n`);
    const { stderr } = spawnSync('apache2', ['-t', '-f', file], { encoding: 'utf8' });
    const refused = !stderr.includes('Syntax OK');
    const found = apache.check(projectOf({ [file]: main, [inner]: `${line}\n` }, { complete: true }));
    return refused !== found.some(isRefusal);
  });
  assert.ok(lines.length > 200);
  assert.deepEqual(differences, []);
});

function sequences(words: readonly string[], longest: number): readonly string[] {
  if (longest === 0) return [];
  const shorter = sequences(words, longest - 1);
  const longer = shorter.length === 0 ? [''] : shorter.filter((text) => text.split(' ').length === longest - 1);
  return [...shorter, ...longer.flatMap((text) => words.map((word) => `${text} ${word}`.trim()))];
}
