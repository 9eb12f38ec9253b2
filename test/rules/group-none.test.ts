import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';
import { sampleFile, sampleTime } from './support/sample-files.ts';

function found(certificate: string, lines: string): readonly string[] {
  const text = `events {}
http {
  server {
    listen 443 ssl;
    server_name example.com;
    ssl_certificate /etc/ssl/${certificate}.crt;
    ssl_certificate_key /etc/ssl/${certificate}.key;
    ${lines}
  }
}
`;
  const options = { now: sampleTime, paths: 'here', certificates: sampleFile } as const;
  return analyseText(text, { language: 'nginx', file: '/work/nginx.conf', ...options })
    .findings.filter(({ rule }) => rule === 'group-none')
    .map(({ severity, message }) => `${severity}: ${message.split(': ').at(-1)}`);
}

test('what is left without a group hangs on the certificate, the suites and the protocols', () => {
  const nobody = 'error: no key can be agreed on. Leave the groups to OpenSSL.';
  for (const groups of ['""', 'X25519:-X25519', '?foo'])
    assert.deepEqual(found('example.com', `ssl_ecdh_curve ${groups};`), [nobody]);
  assert.deepEqual(found('rsa', 'ssl_ecdh_curve ?foo; ssl_ciphers ECDHE+AESGCM;'), [nobody]);
  assert.deepEqual(found('rsa', 'ssl_ecdh_curve ?foo;'), [
    'error: TLS 1.3 clients cannot connect, and older ones do so without forward secrecy. Leave the groups to OpenSSL.',
  ]);
  assert.deepEqual(found('rsa', 'ssl_ecdh_curve ?foo; ssl_protocols TLSv1.2;'), [
    'warning: only cipher suites without forward secrecy are left. Leave the groups to OpenSSL.',
  ]);
  assert.deepEqual(found('rsa', 'ssl_ecdh_curve ?foo:X25519;'), []);
});
