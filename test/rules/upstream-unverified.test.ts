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

test('a group whose servers are all on this machine is as near as their addresses', () => {
  const found = (servers: string, to = 'https://Group/a') => {
    const upstream = `upstream group { ${servers} }`;
    const text = `events {}\nhttp { ${upstream} server { listen 80; location / { proxy_pass ${to}; } } }\n`;
    return analyseText(text, { language: 'nginx' }).findings.filter(({ rule }) => rule === 'upstream-unverified')
      .length;
  };
  assert.equal(found('least_conn; server 127.0.0.1:8443; server [::1]:8443 backup; server unix:/run/a;'), 0);
  assert.equal(found('server 127.0.0.1:8443; server b.example:8443;'), 1);
  assert.equal(found('include /nowhere; server 127.0.0.1:8443;'), 1);
  assert.equal(found('server {{ backend }};'), 1);
  assert.equal(found('server 127.0.0.1:8443;', 'https://other'), 1);
});
