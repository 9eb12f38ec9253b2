import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

const verified = 'proxy_ssl_verify on; proxy_ssl_trusted_certificate ca.crt;';

/** How many places besides its own each finding has. */
function found(first: string, second: string, around = ''): readonly number[] {
  const locations = `location /a { ${first} } location /b { ${second} }`;
  const text = `events {}\nhttp { ${around} server { listen 80; ${locations} } }\n`;
  return analyseText(text, { language: 'nginx', file: '/etc/nginx/nginx.conf' })
    .findings.filter(({ rule }) => rule === 'upstream-session-unverified')
    .map(({ related }) => related.length);
}

// Each was asked of nginx 1.26.3, the second location after the first.
test('a backend that one place verifies and another does not is one finding', () => {
  assert.deepEqual(found('proxy_pass https://b:8443;', `proxy_pass https://b:8443/x; ${verified}`), [1]);
  assert.deepEqual(found(`proxy_pass https://b; ${verified}`, 'proxy_pass https://B/;'), [1]);
  assert.deepEqual(
    found('proxy_pass https://u;', `proxy_pass https://u; ${verified}`, 'upstream u { server b; }'),
    [1],
  );
});

test('those that share no sessions, or treat them alike, are none', () => {
  const one = 'proxy_pass https://b;';
  assert.deepEqual(found(one, one), []);
  assert.deepEqual(found(`${one} ${verified}`, `${one} ${verified}`), []);
  assert.deepEqual(found(one, `proxy_pass https://c; ${verified}`), []);
  assert.deepEqual(found(one, `proxy_pass https://b:8443; ${verified}`), []);
  assert.deepEqual(found(`${one} proxy_ssl_session_reuse off;`, `${one} ${verified}`), []);
  assert.deepEqual(found(one, `${one} ${verified} proxy_ssl_session_reuse off;`), []);
  assert.deepEqual(found(one, `${one} ${verified}`, 'proxy_ssl_session_reuse off;'), []);
  assert.deepEqual(found(one, `set $to https://b; proxy_pass $to; ${verified}`), []);
  assert.deepEqual(found(one, `${one} ${verified} include other.conf;`), []);
});
