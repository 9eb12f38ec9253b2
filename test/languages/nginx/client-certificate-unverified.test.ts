import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../../support/analyse.ts';

const guard = 'if ($ssl_client_s_dn != "CN=alice") { return 403; }';

/** How often it is told of a server that says this, with this around it. */
function told(lines: string, around = '', listen = 'listen 443 ssl;'): number {
  const server = `server { ${listen} ssl_certificate /a.crt; ssl_certificate_key /a.key; ssl_verify_client optional_no_ca; ${lines} }`;
  const { findings } = analyseText(`events {}\nhttp { ${around} ${server} }\n`, { file: '/etc/nginx/nginx.conf' });
  return findings.filter(({ rule }) => rule === 'client-certificate-unverified').length;
}

test('a name that is asked for alone lets in, whatever is asked elsewhere', () => {
  assert.equal(told(guard), 1);
  assert.equal(told(guard, 'map $ssl_client_serial $known { default 1; 0A 0; }'), 1);
  assert.equal(told('if ($refused) { return 403; }', 'map $ssl_client_serial $refused { default 1; 0A 0; }'), 1);
  assert.equal(told(`${guard} location / { auth_basic off; deny 192.0.2.1; }`), 1);
  assert.equal(told(guard, 'server { listen 80; auth_basic members; deny all; }'), 1);
});

test('names that keep out, and those of whom more is asked, let nobody in', () => {
  const refused = 'map $ssl_client_serial $refused { default 0; 0A 1; }';
  assert.equal(told('if ($refused) { return 403; }', refused), 0);
  assert.equal(told('if ($ssl_client_s_dn = "") { return 400; }'), 0);
  assert.equal(told('if ($ssl_client_i_dn ~ "CN=Former") { return 403; }'), 0);
  assert.equal(told('if ($ssl_client_s_dn) { return 403; }'), 0);
  assert.equal(told(guard, '', 'listen 8080;'), 0);
  for (const more of ['auth_request /who', 'auth_ldap "members"', 'auth_basic members', 'deny all'])
    assert.equal(told(`${more}; ${guard}`), 0, more);
  assert.equal(told(`${guard} location / { auth_request /who; }`), 0);
  assert.equal(told(`if ($arg_token != a) { return 403; } ${guard}`), 0);
  assert.equal(told(guard, 'geo $inside { default 0; 192.0.2.0/24 1; }'), 0);
});
