import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

function found(lines: string): readonly string[] {
  const text = `events {}\nhttp {\n  proxy_ssl_crl a.crl;\n  server {\n    listen 80;\n    ${lines}\n  }\n}\n`;
  return analyseText(text, { language: 'nginx', file: '/etc/nginx/nginx.conf' })
    .findings.filter(({ rule }) => rule === 'upstream-revocation-unused')
    .map(({ message }) => message.slice(0, message.indexOf(':')));
}

test('a list that several connections inherit is one mistake, and none where one of them may be verified', () => {
  const unverified = 'location /a { proxy_pass https://a; }';
  const several = found(`${unverified} location /b { proxy_pass https://b; }`);
  assert.deepEqual(several, ['The revocation list /etc/nginx/a.crl is not used']);
  const trusted = 'proxy_ssl_trusted_certificate ca.crt;';
  assert.deepEqual(found(`${unverified} location /b { proxy_ssl_verify on; ${trusted} proxy_pass https://b; }`), []);
  assert.deepEqual(found(`${unverified} location /b { include other.conf; proxy_pass https://b; }`), []);
  // Whose TLS depends on the request may be verified as little, and nobody knows that it uses TLS.
  assert.deepEqual(found('location / { proxy_pass $arg_to; }'), []);
  assert.deepEqual(found('location / { proxy_pass http://a; }'), []);
});
