import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nginx } from '../../../src/languages/nginx/index.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { checkText, projectOf } from './project.ts';

const around = (line: string) => `events {}\nhttp { ${line} server { } }\n`;
const found = (line: string) => checkText(around(line)).filter(({ rule }) => rule === 'media-type-repeated');

test('types that nginx warns of are left out', () => {
  for (const [line, wanted] of [
    ['gzip_types text/html text/css;', 'gzip_types text/css;'],
    ['gzip_types text/css TEXT/HTML\n text/xml text/css;', 'gzip_types text/css\n text/xml;'],
    ['ssi_types text/css text/css;', 'ssi_types text/css;'],
    ['gzip_types text/css # styles\n text/css\n text/xml;', 'gzip_types text/css # styles\n\n text/xml;'],
    ['gzip_types # pages\n text/html text/css;', 'gzip_types # pages\n text/css;'],
    ['charset_types text/html text/xml;', 'charset_types text/xml;'],
  ] as const) {
    const [report] = found(line);
    const [fix] = report?.fixes ?? [];
    assert.ok(fix?.safe && applyEdits(around(line), fix.edits).includes(wanted), line);
    assert.deepEqual(found(wanted), [], wanted);
  }
});

test('a directive of which nothing would be left is not taken away unasked', () => {
  assert.deepEqual(
    found('sub_filter_types text/html;').map(({ fixes }) => fixes),
    [[]],
  );
});

test('what stands for all types, and what a template fills in', () => {
  for (const line of ['gzip_types * text/html;', 'gzip_types {{ types }} text/html;', 'gzip_types text/css text/xml;'])
    assert.deepEqual(found(line), [], line);
});

test('an extension with two types is told of where nginx puts both into one list', () => {
  const messages = (line: string) => found(line).map(({ message, related }) => `${message} ${related?.length}`);
  assert.deepEqual(messages('types { text/html html; text/plain a HTML; }'), [
    'nginx warns of "HTML" at every start: another entry has it already. text/plain holds, as the last one; leave the other out. 1',
  ]);
  assert.deepEqual(messages('types { text/html html; text/css css; } types { text/html htm css html; }'), [
    'nginx warns of "css" at every start: another entry has it already. text/html holds, as the last one; leave the other out. 2',
  ]);
  assert.match(messages('types { text/html html html; }').join(), /Leave one of them out\. 1$/);
  for (const line of [
    'types { text/html html; } types { text/plain txt; }',
    'types { text/html html; } server { types { text/plain html; } }',
    'types { text/html {{ endings }}; text/plain {{ endings }}; }',
    'map $uri $a { text/html html; text/plain html; }',
  ])
    assert.deepEqual(messages(line), [], line);
});

test('a file of types that is included twice is one finding, at the second include', () => {
  const main = '/etc/nginx/nginx.conf';
  const include = 'include mime.types;';
  const text = `events {}\nhttp { ${include} include conf.d/*.conf; }\n`;
  const files = {
    [main]: text,
    '/etc/nginx/conf.d/a.conf': include,
    '/etc/nginx/mime.types': 'types { text/html html htm; text/css css; }',
  };
  const reports = nginx.check(projectOf(files)).filter(({ rule }) => rule === 'media-type-repeated');
  assert.deepEqual(
    reports.map(({ message, location, related }) => [message.slice(0, 52), location.file, related?.[0]?.location.file]),
    [['The media types in this file are included a second t', '/etc/nginx/conf.d/a.conf', main]],
  );
});
