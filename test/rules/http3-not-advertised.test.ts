import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

function isReported(more: string): boolean {
  const text = `events {}
http {
  server {
    listen 443 ssl;
    listen 443 quic;
    server_name example.com;
    ssl_certificate a.crt;
    ssl_certificate_key a.key;
    ${more}
  }
}
`;
  const { findings } = analyseText(text, { language: 'nginx', file: '/work/nginx.conf' });
  return findings.some(({ rule }) => rule === 'http3-not-advertised');
}

test('HTTP/3 that is switched off needs no advertisement', () => {
  assert.equal(isReported(''), true);
  assert.equal(isReported('http3 on;'), true);
  assert.equal(isReported('http3 off;'), false);
});
