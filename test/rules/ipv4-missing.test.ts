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
