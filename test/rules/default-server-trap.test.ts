import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

function traps(port: string): number {
  const server = (name: string) =>
    `  server { listen ${port} ssl; server_name ${name}; ssl_certificate a.crt; ssl_certificate_key a.key; }\n`;
  const text = `events {}\nhttp {\n${server('a.example.com')}${server('b.example.com')}}\n`;
  const { findings } = analyseText(text, { language: 'nginx', file: '/work/nginx.conf' });
  return findings.filter(({ rule }) => rule === 'default-server-trap').length;
}

test('a template that writes the address may write any number of sites', () => {
  assert.equal(traps('443'), 1);
  assert.equal(traps('{{ https_port }}'), 0);
  assert.equal(traps('<%= @port %>'), 0);
});
