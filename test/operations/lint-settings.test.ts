import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSettings } from '../../src/analysis/settings.ts';
import { lintSectionProblems, readLintSettings } from '../../src/operations/lint-settings.ts';
import { memoryFiles } from '../support/memory-files.ts';

const read = (text: string) => readLintSettings(text, '/w/p.yaml');

test('the lint section of a plan changes the settings, and a plan without one leaves them', async () => {
  assert.equal((await read('lint: { profile: modern }')).profile.name, 'modern');
  assert.equal((await read('lint: { map: { /srv: here } }')).map.get('/srv'), '/w/here');
  assert.equal(await read('issuers: {}'), defaultSettings);
  assert.equal(await read(''), defaultSettings);
});

test('a version is read as it is written: nginx 1.30 is not 1.3', async () => {
  const { target } = await read('lint: { target: { nginx: 1.30, apache: 2.4.60, openssl: 3.0, seclevel: 1 } }');
  assert.deepEqual([target.nginx, target.apache, target.openssl, target.securityLevel], ['1.30', '2.4.60', '3.0', 1]);
  assert.equal((await read('lint: { target: { ubuntu: 20.04 } }')).target.label, 'Ubuntu 20.04');
});

const mistakes: readonly (readonly [text: string, message: string])[] = [
  ['a: 1\nb: [', '/w/p.yaml:2: this is not YAML'],
  ['lint: {}\ncertificates:\n  a: *b', '/w/p.yaml:3: *b refers to nothing: there is no &b before it.'],
  ['lint: {}\ncertificates:\n  a: { <<: [1] }', '/w/p.yaml:3: << takes a map, or a list of maps.'],
  ['issuers: {}\nlint: 3', '/w/p.yaml:2: lint must hold keys and values, such as { profile: modern }, but is 3.'],
  ['lint:\n  paths: here\n  profle: modern', '/w/p.yaml:3: lint.profle is not known. Use profile,'],
  ['lint:\n  profile: modernn', '/w/p.yaml:2: Profile "modernn" is not known. Use modern,'],
  ['lint:\n  map:\n    /a: b\n    /c:', '/w/p.yaml:4: lint.map /c: null is no path. Write the folder'],
  ['lint:\n  target:\n    debian: 99', '/w/p.yaml:2: Target debian 99 is not known. Known releases:'],
  [
    'lint:\n  rules:\n    hsts-short: off\n    hsts-missing: sometimes',
    '/w/p.yaml:4: lint.rules hsts-missing: "sometimes"',
  ],
];

for (const [text, message] of mistakes) {
  test(`the line of a mistake is named: ${message}`, async () => {
    await assert.rejects(read(text), (error: Error) => error.message.startsWith(message) || assert.fail(error.message));
  });
}

test('where somebody is told of mistakes, the rest counts', async () => {
  const text =
    'lint:\n  profile: modern\n  target: { debian: 99 }\n  map: { /a: b, c: d }\n  rules:\n    hsts-short: off\n    hsts-missing: sometimes\n';
  const told: string[] = [];
  const { profile, rules, map } = await readLintSettings(text, '/w/p.yaml', ({ message }) => told.push(message));
  assert.equal(profile.name, 'modern');
  assert.deepEqual([...rules], [['hsts-short', 'off']]);
  assert.deepEqual([...map], [['/a', '/w/b']]);
  assert.deepEqual(
    told.map((message) => message.slice(0, 34)),
    ['/w/p.yaml:3: Target debian 99 is n', '/w/p.yaml:4: lint.map "c" is not a', '/w/p.yaml:7: lint.rules hsts-missi'],
  );
  const found = await lintSectionProblems(text, '/w/p.yaml', new Set(['hsts-short']), memoryFiles({ '/w/b/x': '' }));
  assert.deepEqual(
    found.map(({ kind, line }) => [kind, line]),
    [
      ['unreadable', 3],
      ['unreadable', 4],
      ['unreadable', 7],
    ],
  );
});

test('rules that do not exist are found at their keys', async () => {
  const text = 'issuers: {}\nlint:\n  rules:\n    hsts-short: hint\n    hsts-mising: off\n    "x-y": hint\n';
  const problems = await lintSectionProblems(
    text,
    '/w/p.yaml',
    new Set(['hsts-short', 'hsts-missing']),
    memoryFiles({}),
  );
  assert.deepEqual(
    problems.map(({ line, range, message }) => [line, text.slice(range.start, range.end), message]),
    [
      [5, 'hsts-mising', 'lint.rules names "hsts-mising", which is no rule. Did you mean hsts-missing?'],
      [
        6,
        '"x-y"',
        'lint.rules names "x-y", which is no rule. "tls-workbench explain" and TLS: Show Rule Page… list them.',
      ],
    ],
  );
  assert.deepEqual(
    problems.map(({ instead }) => instead),
    ['hsts-missing', undefined],
  );
});

test('a section that cannot be read is found at its key, and what is no YAML is another’s to tell', async () => {
  const find = (text: string) => lintSectionProblems(text, '/w/p.yaml', new Set(), memoryFiles({}));
  const [problem] = await find('lint:\n  paths: there\n');
  assert.deepEqual([problem?.kind, problem?.line, problem?.range], ['unreadable', 2, { start: 8, end: 13 }]);
  assert.deepEqual(await find('lint: ['), []);
});

test('a folder of lint.map that is not there is found at its key', async () => {
  const text = 'lint:\n  map:\n    /etc/nginx: deploy\n    /etc/ssl: certs\n';
  const problems = await lintSectionProblems(text, '/w/p.yaml', new Set(), memoryFiles({ '/w/deploy/nginx.conf': '' }));
  assert.deepEqual(
    problems.map(({ kind, line, range }) => [kind, line, text.slice(range.start, range.end)]),
    [['missing-folder', 4, '/etc/ssl']],
  );
  assert.match(problems[0]?.message ?? '', /^lint\.map leads \/etc\/ssl to \/w\/certs, which does not exist/);
});
