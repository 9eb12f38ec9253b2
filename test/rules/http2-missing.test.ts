import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

const certificate = 'ssl_certificate a.crt; ssl_certificate_key a.key;';

function isMissing(own: string, around = ''): boolean {
  const text = `events {}
http {
  ${certificate} ${around}
  server { listen 443 ssl default_server; ssl_reject_handshake on; }
  server { listen 443 ssl; server_name example.com; ${own} }
}
`;
  const { findings } = analyseText(text, { file: '/work/nginx.conf', language: 'nginx' });
  return findings.some(({ rule }) => rule === 'http2-missing');
}

test('a name may be given HTTP/2 where the default site of its address is not', () => {
  assert.equal(isMissing('http2 on;'), false);
  assert.equal(isMissing('http2 off;'), true);
  assert.equal(isMissing(''), true);
});

test('what an include that cannot be read may say is not missing', () => {
  assert.equal(isMissing('include elsewhere.conf;'), false);
  assert.equal(isMissing('', 'include elsewhere.conf;'), false);
  assert.equal(isMissing('http2 off;', 'include elsewhere.conf;'), true);
  assert.equal(isMissing('', 'http2 off; include elsewhere.conf;'), true);
  assert.equal(isMissing('include elsewhere.conf;', 'http2 off;'), false);
});
