import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nginx } from '../../../src/languages/nginx/index.ts';

test('a main file is recognised by its two blocks, wherever in their lines they stand', () => {
  assert.equal(nginx.detect('/srv/x.txt', 'pid /run/a.pid; events {} http { server { listen 80; } }'), 1);
  assert.equal(nginx.detect('/srv/x.txt', 'daemon off; events { worker_connections 64; } pid a; stream { }'), 1);
});

test('blocks of other languages are none of those', () => {
  assert.equal(nginx.detect('/srv/x.txt', 'const events = {}; const http = { a: 1 };'), 0);
  assert.equal(nginx.detect('/srv/x.txt', 'class A { events {} }\n<VirtualHost *:80>\nhttp {'), 0);
});

test('a main file is one by its name, however its directives are spelt, unless its lines end otherwise', () => {
  assert.equal(nginx.detect('/srv/nginx.conf', 'woker_processes 1;\nevnts { }\n'), 1);
  assert.equal(nginx.detect('/srv/nginx.conf', ''), 1);
  const monit = 'check process nginx with pidfile /run/nginx.pid\n  start program = "/etc/init.d/nginx start"\n';
  assert.equal(nginx.detect('/srv/nginx.conf', monit), 0);
});

test('a list of media types is one of nginx where it has its braces, and of Apache without', () => {
  assert.equal(nginx.detect('/srv/mime.types', 'types {\n    text/html html;\n'), 1);
  assert.equal(nginx.detect('/srv/mime.types', '# application/3gpp\ntext/html\t\t\thtml htm\nmessage/rfc822\n'), 0);
});

test('headers of headers-more are directives, and snippets of Kubernetes hold little else', () => {
  const more = 'more_set_headers "X-Frame-Options: DENY";\n';
  assert.ok(nginx.detect('/srv/snippet.conf', more) > 0.5);
  assert.ok(nginx.detect('/srv/snippet', `more_clear_headers Server;\n${more}`) > 0.5);
});
