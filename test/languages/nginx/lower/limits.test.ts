import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modelOf, only } from './model.ts';

const each = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join('');
const address = (index: number) => `listen 127.0.${index >> 8}.${index & 255}:443 ssl;`;

test('a port that no counting gets to the end of ends the model all the same', () => {
  const ports = (listen: string) =>
    only(modelOf(`server { listen ${listen}; }`).sites).bindings.map(({ listener }) => listener);
  assert.deepEqual(ports('1'.repeat(50)), ['0.0.0.0:0']);
  assert.deepEqual(ports(`127.0.0.1:${'1'.repeat(50)}`), ['127.0.0.1:0']);
  assert.deepEqual(ports(`127.0.0.1:${'1'.repeat(400)}`), ['127.0.0.1:0']);
  assert.equal(ports(`127.0.0.1:1-${'9'.repeat(15)}`).length, 100);
  assert.deepEqual(ports('127.0.0.1:81-82'), ['127.0.0.1:81', '127.0.0.1:82']);
});

test('a server has no more endpoints than memory holds, and some on each of its addresses', () => {
  const names = `server_name ${each(500, (i) => `h${i}.example `)};`;
  const { endpoints, listeners } = modelOf(`server { ${each(500, address)} ${names} }`);
  assert.equal(endpoints.length, 100_000);
  assert.equal(new Set(endpoints.map(({ listener }) => listener)).size, listeners.length);
});

test('a server with many locations behind many conditions leaves their answers open', () => {
  const answers = (count: number) => {
    const conditions = each(count, (i) => `if ($host = h${i}) { return 403; }`);
    const locations = each(count, (i) => `location = /l${i} { return 404; }`);
    const { routes, rootAnswer } = only(modelOf(`server { server_name a.example; ${conditions}${locations} }`).sites);
    return [routes[0]?.answer.kind, rootAnswer.kind];
  };
  assert.deepEqual(answers(100), ['status', 'none']);
  assert.deepEqual(answers(1200), ['unknown', 'none']);
});

test('a map with many expressions that many servers may ask leaves its variable open', () => {
  const to = (count: number) => {
    const map = `map $host $target { ${each(count, (i) => `~^h${i}\\. r${i};`)} default b.example; }`;
    const answer = modelOf(
      `${map}${each(count, (i) => `server { server_name s${i}.example; return 301 https://$target/; }`)}`,
    ).sites[0]?.rootAnswer;
    return answer?.kind === 'redirect' && answer.to;
  };
  assert.equal(to(100), 'https://b.example/');
  assert.equal(to(1200), 'https://$target/');
});
