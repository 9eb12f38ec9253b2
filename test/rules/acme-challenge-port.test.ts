import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

const place = 'location /.well-known/acme-challenge/ { root /srv/acme; }';
const certificate = 'listen 443 ssl; ssl_certificate a.crt; ssl_certificate_key a.key;';

function isReported(lines: string): boolean {
  const text = `events {}\nhttp { server { listen 80; server_name a.example; ${lines} ${place} } }\n`;
  const { findings } = analyseText(text, { language: 'nginx', file: '/etc/nginx/nginx.conf' });
  return findings.some(({ rule }) => rule === 'acme-challenge-unreachable');
}

// Each was asked of nginx 1.26.3 on ports 80 and 443, by a client that follows redirects as a CA does.
test('an "if" that holds for port 80 hides the place for challenges as a bare line does', () => {
  assert.ok(isReported('if ($server_port = 80) { return 301 https://other.example$request_uri; }'));
  assert.ok(isReported('if ($scheme = http) { return 301 https://a.example:8443$request_uri; }'));
  assert.ok(isReported(`${certificate} if ($server_port != 443) { return 404; }`));
  assert.ok(isReported(`${certificate} if ($https = "") { return 301 https://www.a.example$request_uri; }`));
});

test('one that leads to the same place over TLS, or holds for another port, hides nothing', () => {
  assert.ok(!isReported(`${certificate} if ($scheme = http) { return 301 https://$host$request_uri; }`));
  assert.ok(!isReported(`${certificate} if ($server_port = 80) { return 308 https://a.example$request_uri; }`));
  assert.ok(!isReported('listen 8080; if ($server_port = 8080) { return 404; }'));
  assert.ok(!isReported(`${certificate} if ($server_port = 443) { return 404; }`));
});
