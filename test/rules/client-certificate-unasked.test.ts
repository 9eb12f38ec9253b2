import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

const pair = 'ssl_certificate /etc/ssl/example.com.crt; ssl_certificate_key /etc/ssl/example.com.key;';

/** Severity and effect of what is said, with how many other places, by the lines of the default server, of others and around them. */
function found(byDefault: string, others: readonly string[], around = ''): readonly string[] {
  const servers = [`${pair} ${byDefault}`, ...others].map(
    (lines, index) => `server { listen 443 ssl; server_name s${index}; ${lines} }`,
  );
  const text = `events {} http { ${around} ${servers.join('\n')} }`;
  return analyseText(text, { language: 'nginx', file: '/etc/nginx/nginx.conf' })
    .findings.filter(({ rule }) => rule === 'client-certificate-unasked')
    .map(({ severity, effect, related }) => `${severity} ${effect} ${related.length}`);
}

const on = 'ssl_verify_client on;';
const ca = 'ssl_client_certificate /etc/ssl/clients-ca.crt;';

test('a server without a certificate demands what the default server does not ask for', () => {
  assert.deepEqual(found('', [on]), ['error connect 0']);
  assert.deepEqual(found('', [`${on} ${ca}`]), ['error connect 0']);
  assert.deepEqual(found('ssl_reject_handshake on;', [on]), ['error connect 0']);
  assert.deepEqual(found('', ['ssl_verify_client optional;']), ['information advice 0']);
  assert.deepEqual(found('ssl_verify_client off;', ['', ''], `${on} ${ca}`), ['error connect 1']);
});

test('nothing is said where clients are asked, or it is not known', () => {
  for (const asking of ['on', 'optional', 'optional_no_ca']) {
    assert.deepEqual(found(`ssl_verify_client ${asking}; ${ca}`, [on]), [], asking);
  }
  assert.deepEqual(found('', [`${pair} ${on} ${ca}`]), []);
  assert.deepEqual(found('', ['ssl_verify_client off;']), []);
  assert.deepEqual(found('', [`include elsewhere.conf; ${on}`]), []);
  assert.deepEqual(found('include elsewhere.conf;', [on]), []);
  assert.deepEqual(found('ssl_reject_handshake on;', [`${on} ssl_reject_handshake on;`]), []);
});

const refusing = 'if ($ssl_client_verify != SUCCESS) { return 403; }';

test('a condition that wants a verified certificate refuses everybody where no client is asked', () => {
  assert.deepEqual(found(refusing, []), ['error connect 0']);
  assert.deepEqual(found('if ( $ssl_client_verify != "SUCCESS" ) { return 403; }', []), ['error connect 0']);
  assert.deepEqual(found('if ($ssl_client_verify = NONE) { return 495; }', []), ['error connect 0']);
  assert.deepEqual(found(`location /admin { ${refusing} }`, []), ['warning connect 0']);
  assert.deepEqual(found(`${refusing} error_page 403 /403.html;`, []), ['error connect 0']);
  // Some requests are answered before.
  assert.deepEqual(found(`if ($uri = /health) { return 200; } ${refusing}`, []), ['warning connect 0']);
});

test('nothing is said of a condition that a client may meet, or that refuses nobody', () => {
  assert.deepEqual(found(`${refusing} ssl_verify_client optional; ${ca}`, []), []);
  // Requests for one site come over connections to another.
  assert.deepEqual(found(refusing, [`${pair} ${on} ${ca}`]), []);
  assert.deepEqual(found(`${refusing} include elsewhere.conf;`, []), []);
  assert.deepEqual(found(`${refusing} ssl_certificate_by_lua_block { require("ngx.ssl").verify_client() }`, []), []);
  assert.deepEqual(found('if ($ssl_client_verify != SUCCESS) { set $a 1; }', []), []);
  const password = 'error_page 401 418 = @password; location @password { return 200; }';
  assert.deepEqual(found(`${password} location / { ${refusing.replace('403', '418')} }`, []), []);
  assert.deepEqual(found(`error_page 403 https://login.example; ${refusing}`, []), []);
  assert.deepEqual(found('if ($ssl_client_verify = SUCCESS) { return 403; }', []), []);
  assert.deepEqual(found('if ($ssl_client_verify != SUCCESS) { return 302 /login; }', []), []);
});
