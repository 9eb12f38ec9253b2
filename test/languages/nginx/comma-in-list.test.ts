import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../src/text/edit.ts';
import { checkText } from './project.ts';

const reports = (line: string) => checkText(`events {}\nhttp { server { ${line} } }\n`);
const found = (line: string) => reports(line).map(({ rule, severity }) => [rule, severity]);

test('commas that nginx reads as part of a word are reported, and removed where nothing else is meant', () => {
  for (const line of [
    'try_files $uri, $uri/ =404;',
    'try_files $uri , /index.php;',
    'index index.php, index.html;',
    'valid_referers none, blocked;',
    'proxy_no_cache $cookie_a, $arg_b;',
    'fastcgi_cache_bypass $cookie_a, $arg_b;',
  ])
    assert.deepEqual(found(line), [['comma-in-list', undefined]], line);
  for (const line of ['gzip_types text/css, text/xml;', 'sub_filter_types text/css,text/xml;'])
    assert.deepEqual(found(line), [['comma-in-list', 'information']], line);
  for (const line of [
    'try_files $uri /a,b =404;',
    'try_files $uri "/a," =404;',
    'try_files $uri /index.php?a=1,;',
    'try_files {{ first }}, $uri;',
    'server_name a.example, b.example;',
  ])
    assert.deepEqual(found(line), [], line);
});

test('a comma that stands alone is a word', () => {
  assert.match(reports('try_files $uri , /a;')[0]?.message ?? '', /reads the comma as a word, which does not exist/);
});

test('one fix takes all commas of a list out', () => {
  for (const [line, wanted] of [
    ['try_files $uri, $uri/, /a,b,c =404;', 'try_files $uri $uri/ /a,b,c =404;'],
    ['try_files $uri , /index.php;', 'try_files $uri /index.php;'],
    ['gzip_types text/css,text/xml , "a/b, c/d";', 'gzip_types text/css text/xml a/b c/d;'],
  ] as const) {
    const text = `events {}\nhttp { server { ${line} } }\n`;
    const [fix] = reports(line)[0]?.fixes ?? [];
    assert.equal(fix?.safe, line.startsWith('gzip'));
    assert.ok(applyEdits(text, fix?.edits ?? []).includes(wanted), line);
  }
});

test('words of other servers, and commas that nginx refuses, have the word that is meant', () => {
  for (const [line, title] of [
    ['ssl_verify_client required;', 'Change "required" to "on"'],
    ['ssl_verify_client none;', 'Change "none" to "off"'],
    // One letter from "on", too.
    ['gzip_static no;', 'Change "no" to "off"'],
    ['error_page 500, 502 /50x.html;', 'Change "500," to "500"'],
    ['try_files $uri =404,;', 'Change "=404," to "=404"'],
  ] as const)
    assert.deepEqual(
      reports(line).flatMap(({ fixes }) => (fixes ?? []).map((fix) => fix.title)),
      [title],
      line,
    );
});

test('what takes one member a line is told so', () => {
  for (const [line, member] of [
    ['set_real_ip_from 10.0.0.0/8, 192.0.2.1;', 'address'],
    ['deny 10.0.0.0/8 192.0.2.1;', 'address'],
    ['proxy_hide_header X-A, X-B;', 'header'],
  ] as const)
    assert.match(reports(line)[0]?.message ?? '', new RegExp(`Write one line for each ${member}\\.$`), line);
});
