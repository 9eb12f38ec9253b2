import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nginx } from '../../../src/languages/nginx/index.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { checkText, projectOf } from './project.ts';

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

test('so is one before the brace of a block, and its fix leaves the brace', () => {
  for (const line of ['location "/a {', 'if ($host = "a.example {', "location ~ '^/a {"]) {
    const text = `events {}\nhttp { server {\n${line}\n return 403;\n}\n} }\n`;
    const [only, ...others] = nginx.check(projectOf({ '/etc/nginx/nginx.conf': text }));
    assert.equal(only?.rule, 'unexpected-token', line);
    assert.deepEqual(others, [], line);
    assert.match(applyEdits(text, only.fixes?.[0]?.edits ?? []), /(["'])[^"']+\1 \{\n/);
  }
});

test('a block that is being typed lacks its braces, and no ";"', () => {
  for (const [line, name] of [
    ['server', 'server'],
    ['map $host $site', 'map'],
    ['server { location / }', 'location'],
  ] as const) {
    const told = findings(`events {}\nhttp { ${line}\n}\n`).filter((each) => !each.startsWith('unbalanced-brace'));
    assert.deepEqual(told, [`block-form: ${`"${name}" has no opening "{": it takes a block.`.slice(0, 40)}`], line);
  }
});

test('a brace without a directive has no fix where another closes it', () => {
  const [only, ...others] = nginx.check(projectOf({ '/etc/nginx/nginx.conf': 'events {}\nhttp {\n  {\n  }\n}\n' }));
  assert.deepEqual([only?.rule, only?.fixes, others], ['unexpected-token', [], []]);
});

test('a variable that is set with a comma behind its name is told as that', () => {
  const text = 'events {}\nhttp {\nmap $host $rate, { default 1; }\nserver { limit_rate $rate; }\n}\n';
  const [only, ...others] = nginx.check(projectOf({ '/etc/nginx/nginx.conf': text }));
  assert.match(only?.message ?? '', /It is set as "\$rate,"/);
  assert.deepEqual([only?.fixes, others], [[], []]);
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

test('a page of the web, or entries of a map, in place of directives are one mistake', () => {
  const around = 'events {}\nhttp {\n  server {\n    listen 80;\n    include list.conf;\n  }\n}\n';
  const page = '<!DOCTYPE html>\n<html>\n<style>body { margin: 0; }</style>\n<p>deny 10.0.0.1;</p>\n</html>\n';
  const entries = '"~*\\b01h4x\\.com\\b" 1;\n~*360Spider 3;\n~Baidu 2;\n';
  for (const [list, says] of [
    [page, /"<!DOCTYPE"\. It is HTML/],
    [entries, /It reads like an entry of a "map" block/],
  ] as const) {
    const found = nginx.check(projectOf({ '/etc/nginx/nginx.conf': around, '/etc/nginx/list.conf': list }));
    assert.equal(found.length, 1);
    assert.match(found[0]?.message ?? '', says);
    assert.deepEqual(found[0]?.fixes, []);
  }
});

test('a line that holds only what nginx takes for a letter lacks no semicolon', () => {
  const found = checkText('events {}\nhttp {\n  server {\n    listen 80;\n\u00a0\n  }\n}\n');
  assert.deepEqual(
    found.map(({ rule }) => rule),
    ['unknown-directive'],
  );
});

test('a site in the place of the main file is told where it belongs', () => {
  const site = 'upstream a { server 127.0.0.1:81; }\nserver { listen 80; }\n';
  const [report, ...others] = checkText(site);
  assert.deepEqual([report?.rule, others], ['wrong-context', []]);
  const fixed = applyEdits(site, report?.fixes?.[0]?.edits ?? []);
  assert.deepEqual(checkText(fixed), []);
  // What belongs outside of "http" stays there, by hand.
  assert.deepEqual(checkText(`user nginx;\n${site}`)[0]?.fixes, []);
  for (const file of ['/work/nginx.conf', '/etc/nginx/conf.d/nginx.conf'])
    assert.deepEqual(nginx.check(projectOf({ [file]: site })), []);
});

test('a name of one meaning takes the same where its place is only guessed', () => {
  const cut = 'worker_rlimit_core 5m { a b; }\nserver { listen 80; location / { } }\n}\n';
  assert.deepEqual(
    nginx.check(projectOf({ '/work/site.conf': cut })).map(({ rule }) => rule),
    ['unexpected-token', 'block-form'],
  );
  assert.deepEqual(
    nginx.check(projectOf({ '/work/site.conf': 'server { listen 80; }\nlisten 81 { }\n}\n' })).length,
    1,
  );
});
