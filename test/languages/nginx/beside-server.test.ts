import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../../support/analyse.ts';

function said(text: string, rule = 'wrong-context'): readonly string[] {
  const { findings } = analyseText(text, { language: 'nginx', file: '/work/site.conf' });
  return findings.filter((finding) => finding.rule === rule).map(({ severity, message }) => `${severity}: ${message}`);
}

const site =
  'server { listen 443 ssl; server_name a.example; ssl_certificate a; ssl_certificate_key b; ssl_protocols TLSv1.2; }\n';

test('what no block takes beside a server is out of place, whoever includes the file', () => {
  assert.deepEqual(said(`${site}location /x { return 204; }\n`), [
    'error: "location" is not allowed here, beside "server". It belongs in "server" or in "location".',
  ]);
  assert.equal(said(`set $pool blue;\n${site}location / { }\nif ($host = a) { return 404; }\n`).length, 3);
  assert.equal(said(`worker_processes 4;\n${site}`).length, 1);
});

test('what another part of a configuration takes, as listen in rtmp, is out of place too', () => {
  assert.deepEqual(said(`${site}listen 8443 ssl;\n`), [
    'error: "listen" is not allowed here, beside "server". It belongs in "server", in "server" of "mail" or in "server" of "stream".',
  ]);
});

test('a server among more lines that are out of place is read as one all the same', () => {
  assert.equal(said(`${site}location /a { }\nlocation /b { }\nlocation /c { }\n`, 'tls13-missing').length, 1);
});

test('what stands in a server tells of its block, not what was left beside it', () => {
  const left = 'server { listen 80; root /srv; location / { } }\nserver_name a.example;\n';
  assert.deepEqual(said(left), ['error: "server_name" is not allowed here, beside "server". It belongs in "server".']);
  assert.deepEqual(said(left, 'mail-login-plain'), []);
  assert.deepEqual(said('server { listen 143; protocol imap; }\nserver_name a.example;\n'), []);
});

test('what may stand beside a server in http, stream or mail does, and a text that is built or broken says nothing', () => {
  for (const text of [
    `map $a $b { default 1; }\nupstream u { server u.example; }\nssl_protocols TLSv1.3;\n${site}`,
    'server { listen 1; proxy_pass $u; ssl_preread on; }\nproxy_timeout 1s;\n',
    'server { listen 1; protocol imap; }\nauth_http localhost;\nstarttls on;\n',
    `${site}something_else on;\n`,
    `{% if x %}\nlocation / { }\n{% endif %}\n${site}`,
    `# tls-workbench-context server\n${site}location / { }\n`,
    'upstream u { server u.example; }\nlocation / { }\n',
  ])
    assert.deepEqual(
      said(text).filter((line) => line.includes('beside')),
      [],
      text,
    );
});

test('a server with applications belongs into rtmp', () => {
  assert.deepEqual(said('server { listen 1935; chunk_size 4000; application live { live on; } }\n'), []);
  assert.equal(said('server { listen 1935; application live { live on; } location / { } }\n').length, 1);
});
