import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

const server = (name: string, port: number, protocols: string) =>
  `server { listen ${port} ssl; server_name ${name}; ssl_certificate a.crt; ssl_certificate_key a.key; ssl_protocols ${protocols}; }\n`;

function found(lines: string, servers: readonly string[]): readonly string[] {
  const text = `events {}\nhttp {\n${lines}${servers.join('')}}\n`;
  const { findings } = analyseText(text, { language: 'nginx', file: '/work/nginx.conf' });
  return findings.filter(({ rule }) => rule === 'cipher-none').map(({ message }) => message);
}

const newest = server('a.example', 443, 'TLSv1.3');
const usual = server('b.example', 8443, 'TLSv1.2 TLSv1.3');

test('a server that speaks TLS 1.3 alone needs nothing of the string that it shares with others', () => {
  for (const lines of ['', 'ssl_ciphers HIGH:!aNULL;\n']) {
    assert.deepEqual(found(lines, [newest, usual]), []);
    assert.deepEqual(found(lines, [usual, newest]), []);
  }
});

test('one that is left without is told of, whatever its neighbours have', () => {
  const lines = 'ssl_ciphers ECDHE+AESGCM:@SECLEVEL=0;\n';
  const old = server('c.example', 9443, 'TLSv1.1');
  for (const servers of [
    [old, usual],
    [usual, old],
    [newest, old],
  ]) {
    const [message = '', ...others] = found(lines, servers);
    assert.match(message, /leaves no suite for TLS 1\.1: clients/);
    assert.deepEqual(others, []);
  }
});

// Apache 2.4.71 and OpenSSL 3.5 agree on SRP-AES-256-CBC-SHA.
test('suites with passwords are nothing that can be counted', () => {
  const said = (lines: string) => {
    const text = `Listen 443\n${lines}\n<VirtualHost *:443>\nSSLEngine on\nSSLCipherSuite SRP\n</VirtualHost>\n`;
    return analyseText(text, { language: 'apache' }).findings.some(({ rule }) => rule === 'cipher-none');
  };
  assert.equal(said(''), true);
  assert.equal(said('SSLSRPVerifierFile /etc/apache2/passwords.srpv'), false);
});
