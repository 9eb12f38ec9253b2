import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

function messages(lines: string): readonly string[] {
  const text = `events {}\nhttp { server { listen 80; location / { proxy_pass https://backend.example.net; ${lines} } } }\n`;
  const { findings } = analyseText(text, { language: 'nginx' });
  return findings.flatMap(({ rule, message }) => (rule === 'upstream-unverified' ? [message] : []));
}

test('a file of CAs alone verifies nothing, and that is said', () => {
  assert.match(messages('')[0] ?? '', /Verify it, with a file of CAs/);
  assert.match(messages('proxy_ssl_trusted_certificate /ca.pem;')[0] ?? '', /only where verification is switched on/);
  assert.deepEqual(messages('proxy_ssl_trusted_certificate /ca.pem; proxy_ssl_verify on;'), []);
});
