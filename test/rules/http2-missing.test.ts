import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';

const certificate = 'ssl_certificate a.crt; ssl_certificate_key a.key;';

function isMissing(own: string, around = '', target = 'debian=13'): boolean {
  const text = `events {}
http {
  ${certificate} ${around}
  server { listen 443 ssl default_server; ssl_reject_handshake on; }
  server { listen 443 ssl; server_name example.com; ${own} }
}
`;
  const { findings } = analyseText(text, { file: '/work/nginx.conf', language: 'nginx', target });
  return findings.some(({ rule }) => rule === 'http2-missing');
}

test('a name may be given HTTP/2 where the default site of its address is not', () => {
  assert.equal(isMissing('http2 on;'), false);
  assert.equal(isMissing('http2 off;'), true);
  assert.equal(isMissing(''), true);
});

test('a server that is older than HTTP/2 is not asked for it', () => {
  assert.equal(isMissing('', '', 'nginx=1.9.4'), false);
  assert.equal(isMissing('', '', 'nginx=1.9.5'), true);
  const apache = (target: string) =>
    analyseText('Listen 443\n<VirtualHost *:443>\nServerName example.com\nSSLEngine on\n</VirtualHost>\n', {
      file: '/etc/httpd/conf/httpd.conf',
      language: 'apache',
      target,
    }).findings.some(({ rule }) => rule === 'http2-missing');
  assert.equal(apache('apache=2.4.16'), false);
  assert.equal(apache('apache=2.4.17'), true);
});

test('what an include that cannot be read may say is not missing', () => {
  assert.equal(isMissing('include elsewhere.conf;'), false);
  assert.equal(isMissing('', 'include elsewhere.conf;'), false);
  assert.equal(isMissing('http2 off;', 'include elsewhere.conf;'), true);
  assert.equal(isMissing('', 'http2 off; include elsewhere.conf;'), true);
  assert.equal(isMissing('include elsewhere.conf;', 'http2 off;'), false);
});

test('what Apache cannot speak is not offered as a fix', () => {
  const fixes = (modules: string) =>
    analyseText(
      `Listen 443
ServerRoot /etc/apache2
${modules.replaceAll(/\S+/g, (name) => `LoadModule ${name}_module modules/mod_${name}.so\n`)}
<VirtualHost *:443>
    ServerName example.com
    DocumentRoot /srv/www
    SSLEngine on
    SSLCertificateFile a.crt
    SSLCertificateKeyFile a.key
</VirtualHost>
`,
      { file: '/work/apache2.conf', language: 'apache' },
    ).findings.flatMap(({ rule, fixes: found }) => (rule === 'http2-missing' ? [found.length] : []));
  assert.deepEqual(fixes('mpm_event http2 ssl'), [1]);
  assert.deepEqual(fixes('mpm_prefork http2 ssl'), [0]);
  assert.deepEqual(fixes('mpm_event ssl'), [0]);
});

test('a site for gRPC, whose clients speak nothing else, is told of apart, wherever it lacks HTTP/2 everywhere', () => {
  const said = (servers: string) =>
    analyseText(`events {}\nhttp {\n${certificate}\n${servers}\n}\n`, {
      file: '/work/nginx.conf',
      language: 'nginx',
    }).findings.flatMap(({ rule, severity, effect }) => (rule === 'http2-missing' ? [`${severity} ${effect}`] : []));
  const server = (lines: string) => `server { ${lines} location / { grpc_pass 127.0.0.1:50051; } }`;
  assert.deepEqual(said(server('listen 443 ssl; server_name a.example.com;')), ['warning connect']);
  assert.deepEqual(said(server('listen 50052;')), ['warning connect']);
  for (const lines of [
    'listen 443 ssl; http2 on;',
    'listen 50052; listen 443 ssl http2;',
    'listen 50052; include elsewhere.conf;',
    'listen 443 ssl; {% if http2 %} http2 on; {% endif %}',
    `listen 443 ssl \${HTTP2};`,
  ])
    assert.deepEqual(said(server(lines)), [], lines);
  const web = 'server { listen 443 ssl; server_name www.example.com; root /srv; }';
  assert.deepEqual(said(web + server('listen 443 ssl; server_name a.example.com;')).sort(), [
    'hint advice',
    'warning connect',
  ]);
});

test('without TLS the default site of the address speaks HTTP/2, or nobody there does', () => {
  const servers = (first: string, second: string) => `events {}
http {
  server { listen 50052; server_name a.example.com; ${first} }
  server { listen 50052; server_name b.example.com; ${second} location / { grpc_pass 127.0.0.1:50051; } }
}
`;
  const said = (text: string, target = 'debian=13') =>
    analyseText(text, { file: '/work/nginx.conf', language: 'nginx', target }).findings.filter(
      ({ rule }) => rule === 'http2-missing',
    );
  const on = 'http2 on;';
  const good = servers(on, on);
  for (const text of [servers('', ''), servers('', on), servers(on, '')]) {
    const [finding, ...others] = said(text);
    assert.deepEqual(others, []);
    assert.match(
      finding?.message ?? '',
      text.includes(`a.example.com; ${on}`) ? /HTTP\/2\.$/ : /there and with server a\./,
    );
    const mended = applyEdits(text, finding?.fixes[0]?.edits ?? []);
    assert.equal(mended.replaceAll(/\s+/g, ' '), good.replaceAll(/\s+/g, ' '));
  }
  assert.deepEqual(said(good), []);
  const [finding] = said(servers('', ''), 'nginx=1.22.1');
  assert.deepEqual(
    finding?.fixes[0]?.edits.map(({ newText }) => newText),
    [' http2', ' http2'],
  );
});
