import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nginx } from '../../../src/languages/nginx/index.ts';
import type { RuleContext } from '../../../src/rules/rule.ts';
import { serverNameDuplicate } from '../../../src/rules/server-name-duplicate.ts';
import { isLeftOver } from '../../../src/text/left-over.ts';
import { projectOf } from './project.ts';

const site = 'server {\n    listen 80 default_server;\n    server_name example.com;\n}\n';

const reports = (include: string, files: Readonly<Record<string, string>>) =>
  nginx
    .check(
      projectOf({
        '/etc/nginx/nginx.conf': `events {}\nhttp {\n    include ${include};\n}\n`,
        ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`/etc/nginx/sites/${name}`, text])),
      }),
    )
    .map(({ rule, message }) => `${rule}: ${message}`);

test('names say that a file was left over', () => {
  for (const name of [
    'shop~',
    'shop.bak',
    'shop.conf.bak2',
    'shop.conf.bak-2024-01-31',
    'shop.conf.~1~',
    'shop.save.1',
    'default.dpkg-dist',
    'nginx.conf.rpmnew',
    'shop.disabled',
    '#shop#',
    'shop (copy)',
    'shop.conf copy 2',
  ])
    assert.ok(isLeftOver(`/etc/nginx/sites-enabled/${name}`), name);
  for (const name of ['shop', 'shop.conf', 'backup', 'old.example.com', 'example.com', 'bak.conf', '10-copy.conf'])
    assert.ok(!isLeftOver(`/etc/nginx/sites-enabled/${name}`), name);
});

test('what was put aside and is loaded all the same is told where it is included', () => {
  assert.deepEqual(reports('sites/*', { 'shop.conf': '', 'shop.conf.bak': 'server {\n}\n' }), [
    'left-over-included: "sites/*" includes shop.conf.bak too, which by name is a copy or was switched off: what it says counts. Move it elsewhere, or include only what ends in .conf.',
  ]);
  assert.deepEqual(reports('sites/*', { shop: '', 'shop~': 'server {\n}\n', 'shop.off': 'server {\n}\n' }), [
    'left-over-included: "sites/*" includes shop.off and shop~ too, which by name are copies or were switched off: what they say counts. Move them elsewhere.',
  ]);
  assert.deepEqual(reports('sites/*.off', { 'shop.off': 'server {\n}\n' }), []);
  assert.deepEqual(reports('sites/*', { shop: site, 'shop~': '# nothing\n' }), []);
});

test('what contradicts its copy is not to be changed', () => {
  assert.deepEqual(reports('sites/*', { shop: site, 'shop~': site }).slice(1), [
    'listen-conflict: A duplicate default server for 0.0.0.0:80: only one can answer unknown names. Remove "default_server" here, or there. By its name, shop~ is a copy or was switched off: move it elsewhere.',
  ]);
});

test('of a site and its copy the copy has to go, whichever is read first', () => {
  const messages = (names: readonly string[]) => {
    const model = nginx.lower(
      projectOf({
        '/etc/nginx/nginx.conf': 'events {}\nhttp {\n    include sites/*;\n}\n',
        ...Object.fromEntries(names.map((name) => [`/etc/nginx/sites/${name}`, site.replace(' default_server', '')])),
      }),
    );
    return [...serverNameDuplicate.check({ model } as unknown as RuleContext)].map(({ message }) => message);
  };
  const advice = 'is a copy or was switched off: move it elsewhere.';
  assert.match(messages(['shop', 'shop~'])[0] ?? '', new RegExp(`By its name, shop~ ${advice}$`));
  assert.match(messages(['default.bak', 'default.conf'])[0] ?? '', new RegExp(`By its name, default.bak ${advice}$`));
  assert.match(messages(['a', 'b'])[0] ?? '', /Remove the name here, or there\.$/);
});
