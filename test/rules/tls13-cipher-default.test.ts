import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';

const certificate = 'ssl_certificate a.crt; ssl_certificate_key a.key;';
const nginx = `events {}
http {
  server {
    listen 443 ssl; server_name a.example; ${certificate}
  }
  server {
    listen 443 ssl; server_name b.example; ${certificate}
    ssl_ciphers ECDHE-ECDSA-AES256-GCM-SHA384;
  }
}
`;
const host = (name: string, lines: string) => `<VirtualHost *:443>
ServerName ${name}
SSLEngine on
SSLCertificateFile a.crt
SSLCertificateKeyFile a.key
${lines}</VirtualHost>
`;
const apache = `Listen 443\n${host('a.example', '')}${host('b.example', 'SSLCipherSuite ECDHE-ECDSA-AES256-GCM-SHA384\n')}`;

/** The text after the fix, which leaves the finding gone. */
function mended(text: string, language: 'nginx' | 'apache', target: string): string {
  const file = language === 'nginx' ? '/etc/nginx/nginx.conf' : '/etc/apache2/apache2.conf';
  const found = (each: string) =>
    analyseText(each, { language, file, target }).findings.filter(({ rule }) => rule === 'tls13-cipher-default');
  const [finding] = found(text);
  const after = applyEdits(text, finding?.fixes[0]?.edits ?? []);
  assert.deepEqual(found(after), []);
  return after;
}

test('the suites of TLS 1.3 are set where they are chosen: the default server before nginx 1.29.2', () => {
  const [old, last] = mended(nginx, 'nginx', 'nginx=1.26.3').split('b.example');
  assert.ok(old?.includes('Ciphersuites') && !last?.includes('Ciphersuites'));
  const [first, own] = mended(nginx, 'nginx', 'nginx=1.29.2').split('b.example');
  assert.ok(!first?.includes('Ciphersuites') && own?.includes('Ciphersuites'));
});

test('Apache chooses them by the name', () => {
  const [first, own] = mended(apache, 'apache', 'apache=2.4.71').split('b.example');
  assert.ok(!first?.includes('TLSv1.3') && own?.includes('TLSv1.3'));
});
