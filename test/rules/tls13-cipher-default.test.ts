import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

function isReported(ciphers: string): boolean {
  const { findings } = analyseText(
    `events {}
http {
  server { listen 443 ssl; ssl_certificate a.crt; ssl_certificate_key a.key; ssl_ciphers ${ciphers}; }
}
`,
    { language: 'nginx', file: '/work/nginx.conf' },
  );
  return findings.some(({ rule }) => rule === 'tls13-cipher-default');
}

test('who lists short suites of TLS 1.3 beside long ones, though in the wrong place, wants no others left out', () => {
  const long = 'ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384';
  assert.equal(isReported(long), true);
  assert.equal(isReported(`TLS_AES_256_GCM_SHA384:${long}`), true);
  assert.equal(isReported(`TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256:${long}`), false);
});
