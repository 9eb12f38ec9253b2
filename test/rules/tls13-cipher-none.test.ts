import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';
import { sampleFile, sampleTime } from './support/sample-files.ts';

function found(lines: string): readonly string[] {
  const text = `server {
  listen 443 ssl;
  server_name example.com;
  ssl_certificate /etc/ssl/example.com.crt;
  ssl_certificate_key /etc/ssl/example.com.key;
  ${lines}
}
`;
  const options = { now: sampleTime, paths: 'here', certificates: sampleFile } as const;
  return analyseText(text, { language: 'nginx', file: '/work/site.conf', ...options })
    .findings.filter(({ rule }) => rule === 'tls13-cipher-none')
    .map(({ severity, message }) => `${severity}: ${message.split(/: | \(assumed/)[0]}`);
}

test('a suite that the security level refuses hurts where no other is left', () => {
  const short = 'ssl_conf_command Ciphersuites TLS_AES_128_CCM_8_SHA256;';
  const atNone = 'ssl_ciphers ECDHE+AESGCM:@SECLEVEL=0;';
  assert.match(found(short).join('\n'), /^error: OpenSSL \S+ .*security level 2$/);
  assert.match(found(`${atNone} ${short}`).join('\n'), /^error: For TLS 1\.3 only TLS_AES_128_CCM_8_SHA256 is offered/);
  const both = 'ssl_conf_command Ciphersuites TLS_AES_128_CCM_8_SHA256:TLS_AES_128_GCM_SHA256;';
  assert.deepEqual(found(both), []);
  assert.deepEqual(found(`${atNone} ${both}`), []);
});
