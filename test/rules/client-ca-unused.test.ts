import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

const certificate = 'listen 443 ssl; ssl_certificate a; ssl_certificate_key b;';
const file = 'ssl_client_certificate ca.pem;';

function places(text: string, name = 'nginx.conf'): number {
  const { findings } = analyseText(text, { language: 'nginx', file: `/work/${name}` });
  return findings.filter(({ rule }) => rule === 'client-ca-unused').length;
}

function http(lines: string): string {
  return `events {}\nhttp { ${lines} }\n`;
}

test('a file of client CAs that nothing asks for is one finding, wherever it stands', () => {
  assert.equal(places(http(`server { ${certificate} ${file} }`)), 1);
  assert.equal(
    places(http(`${file} server { server_name a; ${certificate} } server { server_name b; ${certificate} }`)),
    1,
  );
});

test('nothing is said where somebody asks, or wrote that nobody is asked', () => {
  for (const verification of ['on', 'optional', 'optional_no_ca', 'off', '{{ how }}'])
    assert.equal(places(http(`server { ${certificate} ${file} ssl_verify_client ${verification}; }`)), 0, verification);
  const asking = `server { server_name b; ${certificate} ssl_verify_client on; }`;
  assert.equal(places(http(`${file} server { server_name a; ${certificate} } ${asking}`)), 0);
});

test('nor in a part of a configuration', () => {
  assert.equal(places(`server { ${certificate} ${file} }`, 'site.conf'), 0);
  assert.equal(places(http(`server { ${certificate} ${file} include more/*.conf; include /srv/verify.conf; }`)), 0);
});
