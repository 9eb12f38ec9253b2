import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

/** What is said of a list of groups. */
function messages(groups: string): readonly string[] {
  const text = `server {
    listen 443 ssl;
    server_name example.com;
    ssl_certificate /etc/ssl/example.com.crt;
    ssl_certificate_key /etc/ssl/example.com.key;
    ssl_ecdh_curve ${groups};
}
`;
  const { findings } = analyseText(text, { language: 'nginx', file: '/work/site.conf' });
  return findings.filter(({ rule }) => rule === 'group-hello-retry').map(({ message }) => message);
}

test('Firefox starts with a key for P-256 too, and has no round trip more', () => {
  assert.match(messages('secp384r1')[0] ?? '', /^Browsers start/);
  assert.match(messages('secp384r1:prime256v1')[0] ?? '', /^Browsers other than Firefox start/);
});

test('P-256 of a higher rank goes before what browsers start with', () => {
  assert.match(messages('prime256v1/X25519:X25519MLKEM768')[0] ?? '', /^Browsers other than Firefox start/);
  assert.match(messages('secp384r1/X25519')[0] ?? '', /^Browsers start/);
  assert.deepEqual(messages('X25519:prime256v1/secp384r1'), []);
  assert.deepEqual(messages('secp521r1/X25519'), []);
});

test('a site that then chooses another suite than the default site refuses browsers', () => {
  const pair = 'ssl_certificate /a.crt; ssl_certificate_key /a.key;';
  const said = (
    first: string,
    second: string,
    http = 'ssl_ecdh_curve secp384r1;',
    target = 'nginx=1.26.3',
    kind = 'ssl',
  ) => {
    const text = `events {}\nhttp { ${http} server { listen 443 ${kind}; ${pair} ${first} } server { listen 443 ${kind}; server_name b.test; ${pair} ${second} } }\n`;
    const { findings } = analyseText(text, { language: 'nginx', file: '/etc/nginx/nginx.conf', target });
    return findings.filter(({ rule }) => rule === 'group-hello-retry').map(({ severity }) => severity);
  };
  const own = 'ssl_prefer_server_ciphers on;';
  const strong = 'ssl_conf_command Ciphersuites TLS_AES_256_GCM_SHA384;';
  for (const [first, second] of [
    ['', own],
    [own, ''],
    ['', strong],
    [strong, ''],
    ['ssl_reject_handshake on;', own],
  ] as const)
    assert.deepEqual(said(first, second), ['error'], `${first} | ${second}`);
  for (const [first, second] of [
    ['', ''],
    [own, own],
    [own, strong],
    ['', 'ssl_conf_command Ciphersuites TLS_AES_128_GCM_SHA256;'],
    ['', `${own} ssl_conf_command Options PrioritizeChaCha;`],
    ['', `${own} ssl_reject_handshake on;`],
    ['ssl_protocols TLSv1.2 TLSv1.3;', 'ssl_ciphers ECDHE+AESGCM;'],
  ] as const)
    assert.deepEqual(said(first, second), ['hint'], `${first} | ${second}`);
  assert.deepEqual(said('', own, 'ssl_ecdh_curve X25519:secp384r1;'), []);
  assert.deepEqual(said('', own, undefined, 'nginx=1.29.2'), ['hint']);
  assert.deepEqual(said('', own, undefined, undefined, 'quic'), ['hint']);
});
