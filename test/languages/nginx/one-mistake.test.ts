import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nginx } from '../../../src/languages/nginx/index.ts';
import { projectOf } from './project.ts';

function findings(text: string, file = '/etc/nginx/nginx.conf'): readonly string[] {
  return nginx.check(projectOf({ [file]: text })).map(({ rule, message }) => `${rule}: ${message.slice(0, 40)}`);
}

test('a quote that is not closed is one mistake, whatever stands behind it in its line', () => {
  const closing = ['unexpected-token: The closing " of this word is missing.'];
  for (const block of [
    'server { listen 80; root "/srv; }',
    'server { listen 80; location / { root "/srv; }}',
    'server { listen 80; root "/srv; } # the first',
    'server {\n    root "/srv; # of all\n    listen 80;\n}',
  ]) {
    const text = `events {}\nhttp {\n${block}\nserver { listen 81; root "/srv"; }\n}\n`;
    assert.deepEqual(findings(text), closing, block);
  }
  assert.deepEqual(findings('env "FOO=bar;\nevents {}\nhttp { server { listen 80; return 200 "x"; } }\n'), closing);
});

test('a line of many ends is read in linear time', () => {
  assert.equal(findings(`events {}\nhttp { root "/srv${';}'.repeat(100_000)}x\n}\n`).length > 0, true);
});

test('nginx starts with no main file that has nothing in it, or no events', () => {
  const start = 'incomplete-block: No "events" section in configuration: ';
  for (const text of ['# worker_processes 1;\n', 'user www-data;\n', 'stream {}\n']) {
    assert.deepEqual(
      findings(text).map((words) => words.slice(0, 50)),
      [start.slice(0, 50)],
      text,
    );
  }
  // Another main file may include it.
  assert.deepEqual(findings('# worker_processes 1;\n', '/srv/deploy/nginx.conf'), []);
  assert.deepEqual(findings('include /etc/nginx/main/*.conf;\n'), []);
  assert.deepEqual(findings('{{ main }}\n'), []);
});

test('localhost is the address that it stands for on every machine', () => {
  const text = (other: string) => `events {}\nhttp { server { listen localhost:80; listen ${other}; } }\n`;
  assert.match(findings(text('127.0.0.1:80'))[0] ?? '', /listen-conflict: A duplicate listen 127\.0\.0\.1:80/);
  assert.deepEqual(findings(text('127.0.0.2:80')), []);
});

test('"http2 On" of an nginx that does not know it becomes the parameter, as "on" does', () => {
  const text =
    'events {}\nhttp { server { listen 443 ssl; http2 On; ssl_certificate a.crt; ssl_certificate_key a.key; } }\n';
  const project = projectOf({ '/etc/nginx/nginx.conf': text }, { target: { nginx: '1.22.1' } });
  const titles = nginx.check(project).flatMap(({ fixes }) => fixes ?? []);
  assert.ok(titles.some(({ edits }) => edits.some(({ newText }) => newText.includes('http2'))));
});
