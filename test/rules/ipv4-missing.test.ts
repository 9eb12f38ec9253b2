import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

function found(text: string): number {
  const { findings } = analyseText(`events {}\n${text}\n`, { language: 'nginx', file: '/work/nginx.conf' });
  return findings.filter(({ rule }) => rule === 'ipv4-missing').length;
}

test('where clients ask for no name, another server without one has IPv4 for them', () => {
  const beside = (lines: string) => `server { listen 993; ${lines} } server { listen [::]:993; ${lines} }`;
  const pass = 'proxy_pass 127.0.0.1:1143;';
  assert.equal(found(`stream { ${beside(pass)} server { listen 994; ${pass} } }`), 0);
  assert.equal(found(`stream { server { listen [::]:993; ${pass} } server { listen 994; ${pass} } }`), 1);
  assert.equal(found(`mail { auth_http 127.0.0.1/a; server_name m.example.com; ${beside('protocol imap;')} }`), 0);
  assert.equal(found(`http { ${beside('root /srv;')} }`), 0);
  assert.equal(found(`http { ${beside('root /srv;').replace('{', '{ server_name a.example.com;')} }`), 1);
});

test('a server that refuses whoever asks keeps nobody from anything', () => {
  const beside = (lines: string) =>
    found(`http { server { listen [::]:443; server_name _; ${lines} } server { listen 443; server_name a.example; } }`);
  for (const lines of ['return 444;', 'ssl_reject_handshake on;', 'return 404;', 'deny all;', 'return 403 "No";'])
    assert.equal(beside(lines), 0, lines);
  for (const lines of [
    'root /srv;',
    'return 200 hello;',
    'return 301 https://a.example/;',
    'location /a { return 404; } root /srv;',
  ])
    assert.equal(beside(lines), 1, lines);
});

test('another file may open port 443 where a part speaks no TLS on it, and may say ipv6only=off of any port', () => {
  const part = (listen: string) =>
    analyseText(`server { listen ${listen}; server_name a.example; root /srv; }\n`, {
      language: 'nginx',
      file: '/work/a.conf',
    })
      .findings.filter(({ rule }) => rule === 'ipv4-missing')
      .map(({ severity, effect }) => `${severity} ${effect}`);
  assert.deepEqual(part('[::]:443'), []);
  assert.deepEqual(part('[::]:443 ssl'), ['warning connect']);
  assert.deepEqual(part('[::]:80'), ['warning connect']);
});
