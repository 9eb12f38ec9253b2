import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../src/text/edit.ts';
import { checkText } from './project.ts';

const around = (line: string) => `events {}\nhttp { server { location / { ${line} } } }\n`;
const found = (line: string) => checkText(around(line)).filter(({ rule }) => rule === 'query-repeated');

test('a query behind $request_uri, or behind a rewrite that nginx appends it to, comes twice', () => {
  for (const [line, fixed] of [
    ['return 301 https://b.example$request_uri?$query_string;', 'return 301 https://b.example$request_uri;'],
    ['return 308 "https://$host$request_uri$is_args$args";', 'return 308 "https://$host$request_uri";'],
    ['return https://$host$' + '{request_uri}?$args;', 'return https://$host$' + '{request_uri};'],
    ['return 301 https://$host$request_uri?;', 'return 301 https://$host$request_uri;'],
    ['proxy_pass http://127.0.0.1:9$request_uri$is_args$args;', 'proxy_pass http://127.0.0.1:9$request_uri;'],
    ['rewrite ^ https://$host$request_uri permanent;', 'rewrite ^ https://$host$request_uri? permanent;'],
    ["rewrite ^ '$scheme://$host$request_uri';", "rewrite ^ '$scheme://$host$request_uri?';"],
    ['rewrite ^ https://$host$request_uri?$args permanent;', 'rewrite ^ https://$host$request_uri? permanent;'],
    ['rewrite ^ https://$host$request_uri$is_args$args? redirect;', 'rewrite ^ https://$host$request_uri? redirect;'],
    ['rewrite ^/a /index.php$is_args$args last;', 'rewrite ^/a /index.php last;'],
    ['rewrite ^/a/(.*) /b/$1$is_args$query_string? break;', 'rewrite ^/a/(.*) /b/$1 break;'],
    ['rewrite ^(.*)$ https://$host$1$is_args$args permanent;', 'rewrite ^(.*)$ https://$host$1 permanent;'],
  ] as const) {
    const [report, ...others] = found(line);
    assert.deepEqual(others, []);
    assert.ok(applyEdits(around(line), report?.fixes?.[0]?.edits ?? []).includes(fixed), line);
    assert.deepEqual(found(fixed), [], fixed);
  }
});

test('elsewhere it comes once, or does no harm', () => {
  for (const line of [
    'return 301 https://$host$request_uri;',
    'return 301 https://$host$uri$is_args$args;',
    'return 200 $request_uri$is_args$args;',
    'return 301 https://$host$request_uri_of_mine$is_args$args;',
    'return 301 https://$host/?next=$request_uri;',
    'proxy_pass http://127.0.0.1:9$uri$is_args$args;',
    'rewrite ^ $request_uri;',
    'rewrite ^/a /b?$args last;',
    'rewrite ^/a /b?c=1$is_args$args? last;',
    'rewrite ^/(.*)$ /index.php?q=$1&$args last;',
    'rewrite ^ https://$host/?u=$request_uri permanent;',
    'rewrite ^ https://$host$uri$is_args$args? permanent;',
    'rewrite ^(.*)$ https://$host$1?$args permanent;',
    'rewrite ^ https://{{ host }}$request_uri permanent;',
    "set $args ''; rewrite ^ https://$host$request_uri permanent;",
    'if ($is_args = "") { rewrite ^ https://$host$request_uri permanent; }',
    'if ($args ~ ^$) { return 301 https://$host$request_uri$is_args$args; }',
  ])
    assert.deepEqual(found(line), [], line);
});

test('the message says which words to write', () => {
  const [report] = found('rewrite ^ https://$host$request_uri?$args permanent;');
  assert.match(report?.message ?? '', /\. Write "\?" instead of "\?\$args"\.$/);
  const [ended] = found('rewrite ^ https://$host$request_uri permanent;');
  assert.match(ended?.message ?? '', /\. End with "\?", by which nginx appends nothing\.$/);
});
