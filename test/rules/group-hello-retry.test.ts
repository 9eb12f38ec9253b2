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
