import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nginx } from '../../../src/languages/nginx/index.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { checkText, projectOf } from './project.ts';

const around = (line: string) => `events {}\nhttp { server { ${line} } }\n`;
const found = (line: string) => checkText(around(line)).filter(({ rule }) => rule === 'redirect-relative');

test('a redirect to a host without a scheme leads to a path of the same site', () => {
  for (const [line, fixed] of [
    ['return 301 www.b.example$request_uri;', 'return 301 https://www.b.example$request_uri;'],
    ['return 302 "$host:8443/a";', 'return 302 "https://$host:8443/a";'],
    ['return 308 b.example;', 'return 308 https://b.example;'],
    ['rewrite ^/(.*)$ b.example/$1 permanent;', 'rewrite ^/(.*)$ https://b.example/$1 permanent;'],
    ['rewrite ^(.*)$ www.b.example$1 permanent;', 'rewrite ^(.*)$ https://www.b.example$1 permanent;'],
  ] as const) {
    const [report] = found(line);
    assert.ok(applyEdits(around(line), report?.fixes?.[0]?.edits ?? []).includes(fixed), line);
    assert.deepEqual(found(fixed), [], fixed);
  }
  for (const line of [
    'return 301 /b.example/;',
    'return 302 index.html;',
    'return 302 login.do;',
    'return 302 login.shtml/a;',
    'return 302 archive.tar.gz;',
    'rewrite ^/a(.*)$ photo.webp$1 redirect;',
    'return 302 photo.webp;',
    'return 302 a/b;',
    'return 302 $target;',
    'return 302 $host_of_other/;',
    'return 200 www.b.example;',
    'return 301 {{ host }}$request_uri;',
    'rewrite ^/a$ b.example/a last;',
  ])
    assert.deepEqual(found(line), [], line);
});

test('behind two slashes a host is a path too, unless nginx sends it as it is written', () => {
  for (const [line, fixed] of [
    ['return 301 //www.b.example$request_uri;', 'return 301 https://www.b.example$request_uri;'],
    ['return 301 "//$host/a";', 'return 301 "https://$host/a";'],
    ['rewrite ^ //b.example/ redirect;', 'rewrite ^ https://b.example/ redirect;'],
    ['absolute_redirect on; return 301 //b.example/;', 'return 301 https://b.example/;'],
  ] as const) {
    const [report] = found(line);
    assert.match(report?.message ?? '', /puts its own scheme and name before it/, line);
    assert.ok(applyEdits(around(line), report?.fixes?.[0]?.edits ?? []).includes(fixed), line);
  }
  for (const line of [
    'absolute_redirect off; return 301 //b.example/;',
    'absolute_redirect {{ absolute }}; return 301 //b.example/;',
    'include /nowhere; return 301 //b.example/;',
    'return 301 //a/b;',
    'rewrite ^ //b.example/ last;',
  ])
    assert.deepEqual(found(line), [], line);
  const [inPart] = nginx.check(projectOf({ '/work/site.conf': 'server { listen 80; return 301 //b.example/; }' }));
  assert.equal(inPart?.severity, 'information');
});
