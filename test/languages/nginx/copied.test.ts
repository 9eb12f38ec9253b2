import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../src/text/edit.ts';
import { checkText } from './project.ts';

const around = (line: string) => `events {}\nhttp {\n  server {\n    ${line}\n  }\n}\n`;

/** The line after the fix of copied signs, or else the first one. */
function mended(line: string): string | undefined {
  const text = around(line);
  const fixes = checkText(text).flatMap(({ fixes = [] }) => fixes);
  const fix = fixes.find(({ title }) => title.startsWith('Write plain')) ?? fixes[0];
  return fix && applyEdits(text, fix.edits).split('\n')[3]?.trim();
}

test('blanks and quotes that a copy has brought are told where nginx refuses the line', () => {
  assert.equal(mended('ssl_protocols\u00a0TLSv1.2;'), 'ssl_protocols TLSv1.2;');
  assert.equal(mended('listen 8443\u00a0ssl;'), 'listen 8443 ssl;');
  assert.equal(mended('\u200bgzip on;'), 'gzip on;');
  assert.equal(mended('root “/srv/my site”;'), 'root "/srv/my site";');
  assert.equal(mended('add_header X-A &quot;b&quot;;'), 'add_header X-A "b";');
  assert.equal(mended('if ($a = &#34;&#34;) { return 403; }'), 'if ($a = "") { return 403; }');
  // An apostrophe between letters would end the word.
  assert.equal(mended('return 200 ‘it’s on’;'), "return 200 'it’s on';");
  assert.equal(mended('root “/srv/it’s mine”;'), 'root "/srv/it’s mine";');
  const [report] = checkText(around('ssl_protocols\u00a0TLSv1.2;'));
  assert.match(report?.message ?? '', /no-break space/);
  assert.match(checkText(around('ssl_protocols\u2009TLSv1.2;'))[0]?.message ?? '', /typographic space/);
  assert.match(checkText(around('gzip\u00ad on;'))[0]?.message ?? '', /invisible sign/);
  // A comment is none of nginx's matters.
  assert.doesNotMatch(checkText(around('gzip onn; # see “docs”'))[0]?.message ?? '', /retype/);
  // What nginx takes is left alone.
  assert.deepEqual(checkText(around('add_header X-A "a\u00a0“b”";')), []);
});

test('what other programs and tools would take comes with what nginx takes', () => {
  assert.equal(mended('location / { proxy_pass 127.0.0.1:3000; }'), 'location / { proxy_pass http://127.0.0.1:3000; }');
  assert.equal(mended('location / { proxy_pass wss://127.0.0.1; }'), 'location / { proxy_pass https://127.0.0.1; }');
  assert.equal(mended('} upstream b { server https://10.0.0.1:443;'), '} upstream b { server 10.0.0.1:443;');
  assert.equal(mended('if ($scheme == http) { return 403; }'), 'if ($scheme = http) { return 403; }');
  assert.equal(mended('if ($scheme = http) return 403;'), 'if ($scheme = http) { return 403; }');
  assert.equal(mended('location = /a return 403;'), 'location = /a { return 403; }');
  assert.equal(mended('ssl_ciphers AES128-SHA, AES256-SHA !RC4;'), 'ssl_ciphers AES128-SHA:AES256-SHA:!RC4;');
  assert.equal(mended('client_max_body_size 10 m;'), 'client_max_body_size 10m;');
  assert.equal(mended('root /srv/my site;'), undefined);
});

test('a header has no colon behind its name, and no quotes of a page', () => {
  assert.equal(mended('add_header X-Frame-Options: DENY;'), 'add_header X-Frame-Options DENY;');
  assert.equal(mended('add_header "X-Frame-Options:" DENY;'), 'add_header "X-Frame-Options" DENY;');
  assert.equal(mended('proxy_set_header Host: $host;'), 'proxy_set_header Host $host;');
  assert.equal(mended('add_header X-Frame-Options “DENY”;'), 'add_header X-Frame-Options "DENY";');
  assert.equal(mended('add_header X-A “it’s”;'), 'add_header X-A "it’s";');
  assert.equal(mended('add_header X-A “a"b”;'), 'add_header X-A "a\\"b";');
  for (const line of ['add_header X-A "b";', 'add_header X-A b:;', 'add_header {{ name }}: b;', 'add_header X-A “;'])
    assert.deepEqual(checkText(around(line)), [], line);
});

test('a value that is cut at its semicolons goes on with words that are no directives', () => {
  const quoted = (value: string) => `add_header Cache-Control "${value}";`;
  assert.equal(mended('add_header Cache-Control max-age=60; immutable;'), quoted('max-age=60; immutable'));
  assert.equal(mended('add_header Cache-Control max-age=60; public;'), quoted('max-age=60; public'));
  // One of the quotes is there.
  assert.equal(mended('add_header Cache-Control max-age=60, public";'), quoted('max-age=60, public'));
  assert.equal(checkText(around('add_header Cache-Control max-age=60; immutable;')).length, 1);
  assert.match(checkText(around('immutable;'))[0]?.message ?? '', /number of arguments in "immutable"/);
});
