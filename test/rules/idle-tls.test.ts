import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyseText } from '../support/analyse.ts';
import { sampleFile, sampleTime } from './support/sample-files.ts';

/** Rules that say that the server does not start. */
function stops(http: string, language: 'nginx' | 'apache' = 'nginx'): readonly string[] {
  const text = language === 'nginx' ? `events {}\nhttp {\n${http}\n}\n` : http;
  const { findings } = analyseText(text, {
    language,
    file: language === 'nginx' ? '/work/nginx.conf' : '/work/apache2.conf',
    now: sampleTime,
    paths: 'here',
    certificates: sampleFile,
  });
  return findings
    .filter(({ effect }) => effect === 'start')
    .map(({ rule, related }) => `${rule} ×${related.length + 1}`);
}

const certificate = 'ssl_certificate /etc/ssl/example.com.crt;';
const key = 'ssl_certificate_key /etc/ssl/example.com.key;';
const pair = `${certificate} ${key}`;

describe('nginx takes the settings of a server to OpenSSL at start, though it speaks no TLS', () => {
  for (const [lines, expected] of [
    [`${pair} ssl_ciphers FOO;`, ['cipher-none ×1']],
    [`${pair} ssl_ecdh_curve foo;`, ['group-unknown ×1']],
    [`${pair} ssl_conf_command Ciphersuites FOO;`, ['tls13-cipher-unknown ×1']],
    [`${pair} ssl_conf_command VerifyCAFile /etc/ssl/missing.crt;`, ['certificate-file-missing ×1']],
    [`${pair} ssl_conf_command ChainCAFile /etc/ssl/missing.crt;`, ['certificate-file-missing ×1']],
    [`${pair} ssl_conf_command DHParameters /etc/ssl/example.com.crt;`, ['certificate-file-invalid ×1']],
    // A folder of certificates is looked into when one is needed.
    [`${pair} ssl_conf_command ChainCAPath /etc/ssl/missing;`, []],
    ['ssl_conf_command Certificate /etc/ssl/missing.crt;', []],
    ['ssl_conf_command ChainCAFile /etc/ssl/missing.crt;', []],
    [`${pair} ssl_verify_client on;`, ['client-ca-missing ×1']],
    [`${certificate} ssl_certificate_key /etc/ssl/other.key;`, ['certificate-key-mismatch ×2']],
    [certificate, ['certificate-key-missing ×1']],
    ['ssl_reject_handshake on; ssl_ciphers FOO;', ['cipher-none ×1']],
    ['ssl_reject_handshake off; ssl_ciphers FOO; ssl_ecdh_curve foo; ssl_verify_client on;', []],
    [`${pair} ssl_ciphers HIGH; ssl_ecdh_curve X25519;`, []],
  ] as const) {
    test(lines, () => assert.deepEqual(stops(`server { listen 80; ${lines} }`), expected));
  }

  test('what http says is one mistake for all its servers, and none without a server', () => {
    assert.deepEqual(stops(`${pair} ssl_ciphers FOO; server { } server { listen 81; }`), ['cipher-none ×3']);
    assert.deepEqual(stops(`${pair} ssl_ciphers FOO; server { } server { listen 443 ssl; }`), ['cipher-none ×1']);
    assert.deepEqual(stops(`${pair} ssl_ciphers FOO;`), []);
  });

  test('groups that the default server overrules are read too', () => {
    const server = (lines: string) => `server { listen 443 ssl; ${pair} ${lines} }`;
    assert.deepEqual(stops(`${server('server_name a;')} ${server('server_name b; ssl_ecdh_curve foo;')}`), [
      'group-unknown ×1',
    ]);
  });

  test('Apache does not look where TLS is off', () => {
    const host = (lines: string) => `Listen 80\n<VirtualHost *:80>\nServerName example.com\n${lines}\n</VirtualHost>\n`;
    const files = 'SSLCertificateFile /etc/ssl/example.com.crt\nSSLCertificateKeyFile /etc/ssl/example.com.key';
    assert.deepEqual(stops(host(`SSLEngine off\n${files}\nSSLOpenSSLConfCmd Curves foo`), 'apache'), []);
    assert.deepEqual(stops(host(`SSLEngine on\n${files}\nSSLOpenSSLConfCmd Curves foo`), 'apache'), [
      'group-unknown ×1',
    ]);
  });
});

test('a block inherits certificates and keys one without the other', () => {
  const other = 'ssl_certificate_key /etc/ssl/other.key;';
  assert.deepEqual(stops(`${certificate} server { listen 443 ssl; ${key} }`), []);
  assert.deepEqual(stops(`${key} server { listen 443 ssl; ${certificate} }`), []);
  assert.deepEqual(stops(`${pair} server { listen 443 ssl; } server { listen 444 ssl; ${other} }`), [
    'certificate-key-mismatch ×2',
  ]);
  assert.deepEqual(stops(`${certificate} server { listen 443 ssl; }`), ['certificate-key-missing ×1']);
});
