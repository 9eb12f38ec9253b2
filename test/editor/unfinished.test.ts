import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isUnfinished, linesOfBlocks, typedBy } from '../../src/editor/configurations/findings/unfinished.ts';

/** Whether a finding at `found` waits after the last sign of `text`, or the pair that the editor made of it, was typed. */
function waits(rule: string, text: string, found: string, inserted = text.at(-1) ?? ''): boolean {
  const after = inserted.length > 1 ? inserted.slice(1) : '';
  const typed = typedBy(inserted, 3, text + after, text.length);
  const start = (text + after).indexOf(found);
  const place = (character: number) => ({ line: 3, character });
  return typed !== undefined && isUnfinished(rule, { start: place(start), end: place(start + found.length) }, typed);
}

test('what is said of a directive as a whole waits while one writes on', () => {
  assert.ok(waits('certificate-without-tls', '    listen [::]:443 ', 'listen [::]:443'));
  assert.ok(waits('tls13-missing', '    ssl_protocols TLSv1.2 ', 'ssl_protocols TLSv1.2'));
  assert.ok(waits('invalid-value', 'proxy_cache_path /var/cache levels=1:', 'proxy_cache_path /var/cache levels=1:'));
  assert.ok(waits('certificate-without-tls', 'server { listen [::]:443 ', 'listen [::]:443'));
  assert.ok(!waits('tls13-missing', '    ssl_protocols TLSv1.2;', 'ssl_protocols TLSv1.2;'));
});

test('a word is judged when the next one begins', () => {
  assert.ok(waits('unknown-directive', '    ssl_protocls', 'ssl_protocls'));
  assert.ok(!waits('unknown-directive', '    ssl_protocls ', 'ssl_protocls'));
  assert.ok(!waits('unknown-directive', '    ssl_protocls TLSv1.2 ', 'ssl_protocls'));
  assert.ok(!waits('protocol-obsolete', '    ssl_protocols TLSv1 TLSv1.2 ', 'TLSv1'));
  assert.ok(!waits('cipher-unknown', '    ssl_ciphers HIGH:AECDHE:a', 'AECDHE'));
});

test('what ends with a colon goes on', () => {
  assert.ok(waits('invalid-value', '    proxy_pass http:', 'http:'));
  assert.ok(waits('invalid-value', '    listen [::]:', '[::]:'));
  assert.ok(!waits('cipher-unknown', '    ssl_ciphers AECDHE:', 'AECDHE'));
});

test('the brace of a block and the end of a quoted word are waited for', () => {
  assert.ok(waits('block-form', '    location ', 'location'));
  assert.ok(waits('missing-semicolon', '    add_header X-A "', '""', '""'));
  assert.ok(waits('missing-semicolon', '    add_header X-A "b"', '"b"'));
  assert.ok(waits('invalid-value', '    listen [', '[]', '[]'));
  assert.ok(!waits('block-form', '    location /;', 'location'));
});

test('a condition is judged when its parenthesis is closed', () => {
  assert.ok(waits('invalid-value', '    if ($host ', '($host'));
  assert.ok(waits('invalid-value', '    if ($host = ', '='));
  assert.ok(!waits('invalid-value', '    if ($host = a) ', '$host'));
});

test('a block around it is judged all the same', () => {
  const typed = typedBy(' ', 3, '    listen 443 ', 15);
  const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 6 } };
  assert.ok(typed && !isUnfinished('certificate-missing', range, typed));
});

test('what is invalid may only want one more word, and is judged when that begins', () => {
  assert.ok(waits('invalid-value', '    RewriteRule ', 'RewriteRule'));
  assert.ok(waits('invalid-value', '        default ', 'default'));
  assert.ok(waits('invalid-value', '    access_log /a ', '/a'));
  assert.ok(waits('invalid-value', '    RewriteCond %{HTTPS} ', 'RewriteCond %{HTTPS}'));
  assert.ok(!waits('invalid-value', '    access_log /a b', '/a'));
  assert.ok(!waits('wrong-context', '    RewriteRule ', 'RewriteRule'));
  assert.ok(!waits('protocol-obsolete', '    ssl_protocols TLSv1 ', 'TLSv1'));
});

test('what the editor closes by itself ends nothing', () => {
  assert.ok(waits('section-tags', '<', '<>', '<>'));
  assert.ok(waits('invalid-value', 'Header set X "%{', '"%{}', '{}'));
  assert.ok(waits('invalid-value', 'Header set X "%{SSL_PROTOCOL}', '"%{SSL_PROTOCOL}', '}'));
  assert.ok(waits('missing-semicolon', 'add_header X "a;', '"a;', ';'));
  assert.ok(waits('missing-semicolon', `log_format a '{"b": "$c"}`, '"}', '}'));
  assert.ok(!waits('missing-semicolon', 'add_header X "a" "b";', '"b"', ';'));
  assert.ok(!waits('argument-count', 'listen 80 443;', 'listen 80 443'));
});

test('a block is waited for while one writes in it, also on a line that has just begun', () => {
  const lines = ['<VirtualHost *:80>', '    <Location /a>', '    </Location>', '    <Directory /b>', '        '];
  const typed = typedBy('\n        ', 4, '        ', 8);
  assert.ok(typed);
  const blocks = linesOfBlocks((line) => lines[line] ?? '', 4, 8);
  assert.deepEqual([...blocks].sort(), [0, 3]);
  const at = (line: number) => ({ start: { line, character: 0 }, end: { line, character: 9 } });
  const inside = { ...typed, isInBlockOf: (line: number) => blocks.has(line) };
  assert.ok(isUnfinished('section-tags', at(0), inside) && isUnfinished('section-tags', at(3), inside));
  assert.ok(!isUnfinished('section-tags', at(1), inside) && !isUnfinished('certificate-missing', at(0), inside));
  const server = ['http {', 'server', '{', '    location / { # all', '    }', '    listen 80;'];
  assert.deepEqual([...linesOfBlocks((line) => server[line] ?? '', 5, 14)].sort(), [0, 1, 2]);
  const ended = typedBy(';', 5, '    listen 80;', 14);
  assert.ok(ended && isUnfinished('incomplete-block', at(0), { ...ended, isInBlockOf: (line) => line === 0 }));
});

test('blocks are told from comments, also where no blank is before a brace or a condition compares', () => {
  const blocksOf = (...lines: string[]) => [...linesOfBlocks((line) => lines[line] ?? '', lines.length - 1, 99)].sort();
  assert.deepEqual(blocksOf('http {', 'server {', '}', '#server {', '#    listen 80;', '#}', 'upstream a'), [0]);
  assert.deepEqual(blocksOf('http {', 'upstream a{', '}', 'upstream b{', 'server a'), [0, 3]);
  assert.deepEqual(blocksOf('<VirtualHost *:80>', '<If "%{REMOTE_PORT} > 5">', '</If>', 'Header'), [0]);
});
