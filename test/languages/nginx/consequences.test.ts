import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectOf, summaries } from './project.ts';

function said(text: string, others: Readonly<Record<string, string>> = {}): readonly string[] {
  return summaries(projectOf({ '/etc/nginx/nginx.conf': `events {}\n${text}\n`, ...others }));
}

const stream = (server: string, around = '') => `stream { ${around} server { ${server} } }`;

test('what a line that is wrong may have defined is no second mistake', () => {
  const use = 'server { location / { limit_req zone=one; } }';
  const zone = 'limit_req_zone $host zone=one:1m rate=1z/s;';
  assert.deepEqual(said(`http { ${zone} ${use} }`), ['invalid-value: rate=1z/s']);
  assert.deepEqual(said('http { sett $a b; server { return 200 $a; } }'), ['unknown-directive: sett']);
  assert.deepEqual(said('http { server { map $host $a { } } server { return 200 $a; } }'), ['wrong-context: map']);
});

test('what has nothing to do with a line that is wrong is told beside it', () => {
  assert.deepEqual(said('http { gzip yes; server { return 200 $a; limit_req zone=one; } }'), [
    'invalid-value: yes',
    'unknown-variable: $a',
    'undefined-name: zone=one',
  ]);
});

test('a block that lacks what stands elsewhere, or in a line that is wrong, is no second mistake', () => {
  assert.deepEqual(said(stream('listenn 1; return a;')), ['unknown-directive: listenn']);
  assert.deepEqual(said(stream('return a;', 'listen 1;')), ['wrong-context: listen']);
  assert.deepEqual(said(`${stream('include a.conf;')} http { gzip on; }`, { '/etc/nginx/a.conf': 'listenn 1;' }), [
    'unknown-directive: listenn',
  ]);
  assert.deepEqual(said(`${stream('return a;')} http { gzip yes; }`), [
    'incomplete-block: server',
    'invalid-value: yes',
  ]);
});

test('nothing is told beside a mistake that leaves open what the text means', () => {
  const lost = 'server { return 200 $a; }';
  assert.deepEqual(said(`http { gzip on\n${lost} }`), ['missing-semicolon: on']);
  assert.deepEqual(said(`http { inside { set $a b; } ${lost} }`), ['unknown-directive: inside']);
});
