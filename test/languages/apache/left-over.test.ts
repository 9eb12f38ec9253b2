import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { projectOf } from './project.ts';

const host = (listen = '') => `${listen}<VirtualHost *:80>\n    ServerName example.com\n</VirtualHost>\n`;

function reports(include: string, files: Readonly<Record<string, string>>) {
  const main = `ServerRoot /etc/apache2\nListen 80\n${include}\n`;
  const project = projectOf(
    {
      '/etc/apache2/apache2.conf': main,
      ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`/etc/apache2/sites/${name}`, text])),
    },
    { complete: true },
  );
  const found = apache.check(project);
  return {
    messages: found.map(({ rule, message }) => `${rule}: ${message}`),
    mended: found.flatMap(({ fixes = [] }) => fixes).map(({ edits }) => applyEdits(main, edits).split('\n')[2]),
  };
}

test('what was put aside and is loaded all the same is told where it is included', () => {
  const { messages, mended } = reports('IncludeOptional "sites/*"', {
    'shop.conf': host(),
    'shop.conf.dpkg-dist': host(),
  });
  assert.deepEqual(messages, [
    'left-over-included: "sites/*" includes shop.conf.dpkg-dist too, which by name is a copy or was switched off: what it says counts. Move it elsewhere, or include only what ends in .conf.',
  ]);
  assert.deepEqual(mended, ['IncludeOptional "sites/*.conf"']);
});

test('wildcards that leave copies out, and copies that say nothing, are left alone', () => {
  for (const include of ['Include sites/*.conf', 'Include sites/shop.conf.bak', 'IncludeOptional sites/*.bak'])
    assert.deepEqual(reports(include, { 'shop.conf': host(), 'shop.conf.bak': host() }).messages, [], include);
  assert.deepEqual(reports('Include sites/*', { shop: host(), 'shop~': '# nothing\n' }).messages, []);
  assert.deepEqual(reports('<IfDefine OLD>\nInclude sites/*\n</IfDefine>', { shop: host() }).messages, []);
});

test('what contradicts its copy is not to be changed', () => {
  const listening = host('Listen 81\n');
  assert.match(
    reports('Include sites/*', { 'shop.conf': listening, 'shop.conf.save': listening }).messages.join('\n'),
    /^duplicate-listen: .* By its name, shop\.conf\.save is a copy or was switched off: move it elsewhere\.$/m,
  );
});
