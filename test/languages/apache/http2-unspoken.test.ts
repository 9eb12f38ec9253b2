import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { projectOf } from './project.ts';

const main = (modules: string, lines: string) =>
  `${modules
    .split(' ')
    .map((name) => `LoadModule ${name}_module modules/mod_${name}.so\n`)
    .join('')}Listen 443\n${lines}\n`;

function told(text: string) {
  const project = projectOf({ '/srv/httpd.conf': text }, { complete: true });
  return apache.check(project).filter(({ rule }) => rule === 'http2-unspoken');
}

test('h2 without its module, which the fix loads', () => {
  const text = main('mpm_event ssl', 'Protocols h2 http/1.1');
  const [finding] = told(text);
  assert.match(finding?.message ?? '', /^h2 is listed, and mod_http2, which speaks it, is not loaded/);
  assert.deepEqual(told(applyEdits(text, finding?.fixes?.[0]?.edits ?? [])), []);
});

test('h2 in processes of prefork', () => {
  assert.match(told(main('mpm_prefork ssl http2', 'Protocols h2 http/1.1'))[0]?.message ?? '', /AH10034/);
});

test('what is spoken, not listed, or for whoever loads the module', () => {
  assert.deepEqual(told(main('mpm_event ssl http2', 'Protocols h2 http/1.1')), []);
  assert.deepEqual(told(main('mpm_event ssl', 'Protocols http/1.1')), []);
  assert.deepEqual(told(main('mpm_event ssl', '<IfModule http2_module>\nProtocols h2 http/1.1\n</IfModule>')), []);
  assert.deepEqual(told('Protocols h2 http/1.1\n'), []);
});
