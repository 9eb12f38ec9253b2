import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectOf, summaries } from './project.ts';

test('directives of common modules are known by their tables of commands', () => {
  const inHttp = (lines: string) => summaries(projectOf({ '/etc/nginx/nginx.conf': `events {} http { ${lines} }` }));
  const server = (lines: string) => inHttp(`server { ${lines} }`);
  assert.deepEqual(inHttp('MainRule "str:x" "mz:URL" "s:$SQL:8" id:1; pagespeed FileCachePath /var/cache;'), []);
  assert.deepEqual(
    inHttp('ldap_server one { url ldap://a/b?c; require valid_user; } testcookie_whitelist { 10.0.0.0/8; }'),
    [],
  );
  assert.deepEqual(
    inHttp('upstream u { server 127.0.0.1; check interval=3000; check_http_send "HEAD / HTTP/1.0"; }'),
    [],
  );
  assert.deepEqual(
    server('auth_ldap "a"; auth_ldap_servers one; shib_request /shib; proxy_connect; opentelemetry on;'),
    [],
  );
  assert.deepEqual(
    server('location / { SecRulesEnabled; DeniedUrl /a; proxy_cache_purge PURGE from all; check_status; }'),
    [],
  );
  assert.deepEqual(
    server('location / { upload_pass @a; upload_set_form_field a "$upload_file_name"; redis2_pass b:1; }'),
    [],
  );
  assert.deepEqual(
    server('location / { eval $a { proxy_pass http://127.0.0.1; } array_join "," $b; pagespeed a b c; }'),
    [],
  );
  assert.deepEqual(server('upload_pass a b;'), ['argument-count: b']);
  assert.deepEqual(server('jdomain a;'), ['wrong-context: jdomain']);
});

test('a directive that nginx got later is its own where its words are, and else that of a module', () => {
  const inUpstream = (line: string) =>
    summaries(projectOf({ '/etc/nginx/nginx.conf': `events {} http { upstream u { server 127.0.0.1; ${line} } }` }));
  assert.deepEqual(inUpstream('sticky cookie a;'), ['directive-version: sticky']);
  assert.deepEqual(inUpstream('sticky name=a expires=1h;'), []);
  assert.deepEqual(inUpstream('sticky;'), []);
});
