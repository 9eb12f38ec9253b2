import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkText, projectOf, summaries } from './project.ts';

// nginx 1.26.3 stops at the first of them.
test('entries of the other kind than a geo takes are one mistake', () => {
  const messages = (text: string) =>
    checkText(`events {}\nhttp { geo $x { ${text} } }\n`).map(({ message }) => message);
  const late = 'The "ranges" directive must be the first one in a "geo" block.';
  assert.deepEqual(messages('10.0.0.0/8 a; 11.0.0.0/8 b; ranges; 12.0.0.0-12.0.0.9 c;'), [late]);
  assert.deepEqual(messages('10.0.0.0-10.0.0.9 a; ranges;'), [late]);
  assert.deepEqual(messages('delete 10.0.0.0/8; ranges;'), [late]);
  assert.deepEqual(messages('default 0; ranges;'), [late]);
  // These it takes.
  assert.deepEqual(messages('proxy 10.0.0.0/8; ranges; 10.0.0.0-10.0.0.9 a; ranges;'), []);
  assert.deepEqual(messages('default 0; 10.0.0.0-10.0.0.9 a; 11.0.0.0-11.0.0.9 b;'), [
    'Invalid network "10.0.0.0-10.0.0.9": write "ranges;" first in the block.',
  ]);
  assert.deepEqual(messages('ranges; proxy 10.0.0.0/8; 10.0.0.0/8 a; 11.0.0.0/8 b;'), [
    'Invalid range "10.0.0.0/8": with "ranges" it reads FIRST-LAST.',
  ]);
  // Beside entries that fit each is wrong by itself, as is what is no address.
  assert.equal(messages('ranges; 10.0.0.0-10.0.0.9 a; 11.0.0.0/8 b; 12.0.0.0/8 c;').length, 2);
  assert.equal(messages('10.0.0.300 a; 10.0.0.400 b;').length, 2);
});

test('a range is compared with those near it alone', () => {
  const start = Date.now();
  const networks = Array.from({ length: 60_000 }, (_, index) => `${10 + (index >> 8)}.${index & 255}`);
  const lines = networks.map((start) => `${start}.0.0-${start}.255.255 a;`).join('\n');
  const found = (more: string) =>
    checkText(`events {}\nhttp { geo $x { ranges; ${lines} ${more} } }\n`).map(({ message }) => message);
  assert.deepEqual(found(''), []);
  assert.deepEqual(found('10.0.5.0-10.0.6.0 b; 10.0.5.9-10.0.6.9 b;'), [
    'The range "10.0.5.9-10.0.6.9" overlaps another one.',
  ]);
  // It took a minute.
  assert.ok(Date.now() - start < 20_000);
});

test('what geo takes depends on its version and on the block around', () => {
  const inBlock = (block: string, lines: string, target = {}) =>
    summaries(projectOf({ '/etc/nginx/nginx.conf': `events {} ${block} { ${lines} }` }, { target }));
  assert.deepEqual(inBlock('http', 'geo $x { ranges; } geo $y { proxy_recursive; proxy 10.0.0.0/8; }'), []);
  assert.deepEqual(inBlock('stream', 'geo $x { proxy_recursive; }'), ['invalid-value: proxy_recursive']);
  assert.deepEqual(inBlock('stream', 'geo $x { proxy 10.0.0.0/8; }'), ['invalid-value: proxy']);
  assert.deepEqual(inBlock('http', 'geo $x { volatile; }'), ['invalid-value: volatile']);
  assert.deepEqual(inBlock('http', 'geo $x { volatile; }', { nginx: '1.29.3' }), []);
  assert.deepEqual(inBlock('http', 'geo uri $x { default 1; }'), ['invalid-value: uri']);
});
