import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NginxFile } from '../../../../src/languages/nginx/parse/file.ts';
import { closing, Expectation, forgetLines } from '../../../../src/languages/nginx/parse/lines.ts';
import { parse } from '../../../../src/languages/nginx/parse/parse.ts';
import { RunWriter } from '../../../../src/languages/nginx/parse/runs.ts';
import type { Directive } from '../../../../src/languages/nginx/parse/tree.ts';
import { createDocument } from '../../../../src/text/document.ts';
import { randomNumbers } from '../../../support/random.ts';

/** Lines that are all different, whole directives and everything else that may stand on a line. */
const lines = `
worker_processes 2;
events {
http {
  # listen 80;
  map $host $backend {
    default  one;
    "a b"    two;
    include  /etc/hosts.map;
  }
  server {
    listen 443 ssl;
    listen [::]:443 ssl; # both families
	server_name example.org
      www.example.org;
    ssl_protocols TLSv1.2	TLSv1.3;   
    add_header X "a;b{c}" always;
    add_header Y 'it''s' always;
    root /srv; index index.html;
    location / { return 200 "ok"; }
    location ~ "^/a{2}$" {
      rewrite ^/(.*)$ /$1;
    }
    content_by_lua_block {
      local t = { "}" }
    }
    if ($uri = "/x") { return 301 https://$host$request_uri; }
    set $a \${A}_b;
    return 444
  }
}}
upstream one { server 127.0.0.1:1; }
;
{
`.split('\n');

const template = '  proxy_pass http://{{ backend }};';

test('lines that were met before are understood as they were when they were new', () => {
  const random = randomNumbers(7);
  for (let turn = 0; turn < 400; turn++) {
    const picked = pick(turn % 4 === 0 ? [...lines, template] : lines, random);
    const text = picked.join(turn % 5 === 0 ? '\r\n' : '\n');
    forgetLines();
    const fresh = outlineOf(parse(createDocument('/new.conf', text)));
    for (let again = 0; again < 3; again++) {
      assert.deepEqual(outlineOf(parse(createDocument('/again.conf', text))), fresh, text);
    }
    // What came behind each line the last time now leads astray.
    const other = pick(lines, random).join('\n');
    const afterwards = outlineOf(parse(createDocument('/other.conf', other)));
    forgetLines();
    assert.deepEqual(afterwards, outlineOf(parse(createDocument('/other.conf', other))), other);
  }
});

/** Lines that may come again and again. */
const usual = `
server {
listen 443 ssl;
root /srv;
location / {
location /b {
return 200;
expires max;
}
}
map $a $b {
x y;
types {
content_by_lua_block {
local t = { "}" }
# nothing
return 200 "a`.split('\n');

test('lines that came one behind the other are understood as word by word where they come so again', () => {
  const random = randomNumbers(11);
  const any = () => usual[Math.floor(random() * usual.length)] ?? '';
  for (let turn = 0; turn < 300; turn++) {
    const part = Array.from({ length: 4 + Math.floor(random() * 30) }, any);
    const written = Array.from({ length: 12 }, () => {
      const at = Math.floor(random() * part.length);
      return random() < 0.4 ? part.toSpliced(at, Math.floor(random() * 2), any()) : part;
    });
    // Below the deepest level that is read, the same lines are not taken.
    const text = [...(turn % 3 === 0 ? new Array(97).fill('a {') : []), ...written.flat()].join('\n');
    forgetLines();
    // A text with marks is read word by word.
    const byWords = directivesOf(parse(createDocument('/words.conf', `${text}\n# <%`)));
    for (let again = 0; again < 3; again++) {
      assert.deepEqual(directivesOf(parse(createDocument('/lines.conf', `${text}\n# <-`))), byWords, text);
    }
  }
});

test('a value that is filled in begins no block, though a head that read so far came there before', () => {
  const text = 'keepalive 2;\nserver {host}b down;\n}';
  const read = () => directivesOf(parse(createDocument('/site.conf', text)));
  forgetLines();
  const fresh = read();
  for (let turn = 0; turn < 4; turn++) parse(createDocument('/other.conf', 'keepalive 2;\nserver {\n}\n'));
  assert.deepEqual(read(), fresh);
});

test('no run of lines is kept that has thousands of characters between two of them', () => {
  for (const [length, isKept] of [
    [10, true],
    [5000, false],
  ] as const) {
    const text = `${' '.repeat(length)};`;
    const [run, at] = [new RunWriter(text), new Expectation()];
    for (const start of [0, 1, 2, length]) run.add(at, start, closing, start);
    run.end();
    assert.equal(at.run !== undefined, isKept);
  }
});

/** Most of the lines, mostly in their order, none twice. */
function pick(from: readonly string[], random: () => number): readonly string[] {
  const picked = from.filter(() => random() < 0.8);
  for (let swaps = random() * 6; swaps > 1; swaps--) {
    const [a, b] = [Math.floor(random() * picked.length), Math.floor(random() * picked.length)];
    [picked[a], picked[b]] = [picked[b] ?? '', picked[a] ?? ''];
  }
  return picked;
}

function directivesOf({ directives, problems }: NginxFile): unknown {
  return { directives: directives.map(plain), problems };
}

/** All that a tree says, without what directives share. */
function outlineOf({ directives, comments, templates, inserts, problems }: NginxFile): unknown {
  return { directives: directives.map(plain), comments, templates, inserts, problems };
}

function plain({ start, end, nameWord: name, args, block, ending }: Directive): unknown {
  const inside = block && {
    start: block.start,
    end: block.end,
    content: block.content,
    close: block.close,
    directives: block.directives.map(plain),
  };
  return { start, end, name, args, block: inside, ending };
}
