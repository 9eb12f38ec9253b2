import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

function isReported(more: string): boolean {
  const text = `server {
  listen 80;
  listen 443 ssl;
  server_name example.com;
  ssl_certificate a.crt;
  ssl_certificate_key a.key;
  ${more}
  location / { proxy_pass http://127.0.0.1:3000; }
}
`;
  const { findings } = analyseText(text, { language: 'nginx', file: '/work/site.conf' });
  return findings.some(({ rule }) => rule === 'redirect-missing');
}

test('what an include that cannot be read may redirect is not missing', () => {
  assert.equal(isReported(''), true);
  assert.equal(isReported('include conf.d/include/force-ssl.conf;'), false);
});
