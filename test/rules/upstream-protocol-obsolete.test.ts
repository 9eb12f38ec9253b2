import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

function severities(lines: string): readonly string[] {
  const text = `events {}\nhttp { server { listen 80; location / { ${lines} } } }\n`;
  const { findings } = analyseText(text, { language: 'nginx', file: '/etc/nginx/nginx.conf' });
  return findings.filter(({ rule }) => rule === 'upstream-protocol-obsolete').map(({ severity }) => severity);
}

const low = 'proxy_ssl_ciphers DEFAULT@SECLEVEL=0;';

test('a connection without a protocol fails on the machine itself too, where old ones need no alarm', () => {
  const local = 'proxy_pass https://127.0.0.1:8443; proxy_ssl_protocols TLSv1 TLSv1.1;';
  assert.deepEqual(severities(local), ['error']);
  assert.deepEqual(severities(`${local} ${low}`), []);
  const remote = local.replace('127.0.0.1', 'backend.example');
  assert.deepEqual(severities(remote), ['error']);
  assert.deepEqual(severities(`${remote} ${low}`), ['warning']);
  assert.deepEqual(severities('proxy_pass https://127.0.0.1:8443; proxy_ssl_protocols TLSv1 TLSv1.2;'), []);
  assert.deepEqual(severities('proxy_pass http://127.0.0.1:8443; proxy_ssl_protocols TLSv1;'), []);
});
