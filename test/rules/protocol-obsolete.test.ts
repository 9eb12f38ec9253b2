import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

/** What is said by the cipher strings of the default server and of another one; TLS 1.0 is listed for both. */
function found(byDefault: string, other: string, target = 'nginx=1.26.3'): readonly string[] {
  const pair = 'ssl_certificate /etc/ssl/example.com.crt; ssl_certificate_key /etc/ssl/example.com.key;';
  const server = (lines: string) => `server { listen 443 ssl; ${pair} ${lines} }`;
  const text = `events {}
http {
  ssl_protocols TLSv1 TLSv1.2;
  ${server(byDefault)}
  ${server(`server_name a.example; ${other}`)}
}`;
  return analyseText(text, { language: 'nginx', file: '/etc/nginx/nginx.conf', target })
    .findings.filter(({ rule }) => rule === 'protocol-obsolete')
    .map(({ message }) => /level \d/.exec(message)?.[0] ?? message);
}

const low = 'ssl_ciphers DEFAULT:@SECLEVEL=0;';

test('an old protocol passes the level of the default server too, where that settles it', () => {
  assert.deepEqual(found(low, low), ['level 0']);
  assert.deepEqual(found('', low), []);
  assert.deepEqual(found('ssl_reject_handshake on;', low), []);
  assert.deepEqual(found(low, ''), ['level 0']);
  assert.deepEqual(found('', low, 'nginx=1.29.2'), ['level 0']);
  assert.deepEqual(found('', low, 'nginx=1.22.1,openssl=3.0'), ['level 0']);
  assert.deepEqual(found('ssl_ciphers DEFAULT:@SECLEVEL=3;', low, 'nginx=1.22.1,openssl=3.0'), []);
});
