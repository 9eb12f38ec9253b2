import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../../support/analyse.ts';

function errors(lines: string): readonly string[] {
  const text = `events {}\nhttp { server { listen 443 ssl; ${lines} } }\n`;
  const { findings } = analyseText(text, { language: 'nginx', file: '/etc/nginx/nginx.conf' });
  return findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
}

test('a certificate that is named by nothing is one mistake, and not one without a key too', () => {
  assert.deepEqual(errors('ssl_certificate "";'), ['invalid-value']);
  assert.deepEqual(errors('ssl_certificate a.crt;'), ['certificate-key-missing']);
});

test('a path with a blank that nothing holds together is one mistake, and no file that is missing', () => {
  assert.deepEqual(errors('ssl_certificate "/a b/c.crt"; ssl_certificate_key /a b/c.key;'), ['argument-count']);
  assert.deepEqual(errors('ssl_certificate /a b/c.crt; ssl_certificate_key "/a b/c.key";'), ['argument-count']);
});
