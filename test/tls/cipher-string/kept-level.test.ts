import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keptLevel } from '../../../src/tls/cipher-string/kept-level.ts';
import { analyseText } from '../../support/analyse.ts';

test('the level of the string before stays unless the new one has its own', () => {
  assert.equal(keptLevel('HIGH:@SECLEVEL=1:!aNULL:@SECLEVEL=3', 'ECDHE'), ':@SECLEVEL=3');
  assert.equal(keptLevel('HIGH:@SECLEVEL=3', 'ECDHE:@SECLEVEL=1'), '');
  assert.equal(keptLevel('HIGH', 'ECDHE'), '');
  assert.equal(keptLevel(undefined, 'ECDHE'), '');
});

test('a command for OpenSSL leaves the level that the directive before has set, in both servers', () => {
  const nginx = (string: string) =>
    `events {}\nhttp { server { listen 443 ssl; ssl_certificate a; ssl_certificate_key b; ssl_protocols TLSv1.1 TLSv1.2;\nssl_ciphers ${string}; ssl_conf_command CipherString ECDHE+AES; } }\n`;
  const apache = (string: string) =>
    `Listen 443\nSSLCipherSuite ${string}\n<VirtualHost *:443>\nServerName a.example\nSSLEngine on\nSSLProtocol -all +TLSv1.1 +TLSv1.2\nSSLCertificateFile a\nSSLCertificateKeyFile b\nSSLOpenSSLConfCmd CipherString ECDHE+AES\n</VirtualHost>\n`;
  for (const [text, file] of [
    [nginx, '/etc/nginx/nginx.conf'],
    [apache, '/etc/apache2/apache2.conf'],
  ] as const) {
    // Level 0 lets TLS 1.1 through, which OpenSSL 3 refuses at its own.
    const rulesAt = (string: string) => analyseText(text(string), { file }).findings.map(({ rule }) => rule);
    assert.ok(rulesAt('HIGH:@SECLEVEL=0').includes('protocol-obsolete'), file);
    assert.ok(rulesAt('HIGH').includes('protocol-refused'), file);
  }
});
