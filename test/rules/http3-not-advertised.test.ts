import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

function rulesOf(more: string, target: string): readonly string[] {
  const text = `events {}
http {
  server {
    listen 443 ssl;
    listen 443 quic;
    server_name example.com;
    ssl_certificate a.crt;
    ssl_certificate_key a.key;
    ${more}
  }
}
`;
  return analyseText(text, { language: 'nginx', file: '/work/nginx.conf', target }).findings.map(({ rule }) => rule);
}

function isReported(more: string): boolean {
  return rulesOf(more, 'debian=13').includes('http3-not-advertised');
}

test('HTTP/3 that is switched off needs no advertisement', () => {
  assert.equal(isReported(''), true);
  assert.equal(isReported('http3 on;'), true);
  assert.equal(isReported('http3 off;'), false);
});

test('a block that sends Alt-Svc does so whatever a file that cannot be read adds', () => {
  const block = (inside: string) => isReported(`location ~ \\.php$ { include php.conf; ${inside} }`);
  assert.equal(block(''), true);
  assert.equal(block(`add_header Alt-Svc 'h3=":443"';`), false);
});

test('a site that only says no is visited by nobody, and one without a name is called by its address with TLS', () => {
  assert.equal(isReported('return 503;'), false);
  assert.equal(isReported('location / { deny all; }'), false);
  const text = `events {}
http { server { listen 80; listen 443 ssl; listen 443 quic; server_name _; ssl_certificate a; ssl_certificate_key b; } }
`;
  const { findings } = analyseText(text, { language: 'nginx', file: '/work/nginx.conf' });
  const said = findings.filter(({ rule }) => rule === 'http3-not-advertised').map(({ message }) => message);
  assert.match(said.join(''), /^Server on 0\.0\.0\.0:443 speaks HTTP\/3/);
});

test('a server that is older than HTTP/3 refuses the address, which is all there is to say', () => {
  const about = (target: string) =>
    rulesOf('ssl_protocols TLSv1.2;', target).filter((rule) => rule.startsWith('http3') || rule === 'invalid-value');
  assert.deepEqual(about('nginx=1.24'), ['invalid-value']);
  assert.deepEqual(about('nginx=1.25'), ['http3-without-tls13', 'http3-not-advertised']);
});

test('what follows a semicolon is a parameter of the offer before it, and offers nothing', () => {
  for (const value of [
    'quic=":443"; h3=":443"; h3-29=":443"',
    'h3-29=":443";h3=":443"',
    'h3-29=":443"; ma=1,quic=":443"',
  ])
    assert.equal(isReported(`add_header Alt-Svc '${value}';`), true, value);
  for (const value of [
    'h3=":443"; ma=86400; h3-29=":443"',
    'quic=":443",h3=":443"',
    'h3-29=":443"; ma=1, h3=":443"; ma=1',
  ])
    assert.equal(isReported(`add_header Alt-Svc '${value}';`), false, value);
});

test('another port of the host may be that of another program', () => {
  const said = (offer: string, listen = 'listen 443 ssl;') =>
    analyseText(
      `events {}
http { server { ${listen} server_name example.com; ssl_certificate a; ssl_certificate_key b; add_header Alt-Svc 'h3="${offer}"'; } }
`,
      { language: 'nginx', file: '/work/nginx.conf' },
    ).findings.flatMap(({ rule }) => (rule === 'http3-not-served' ? rule : []));
  assert.deepEqual(said(':8443'), []);
  assert.deepEqual(said('example.com:8443'), []);
  assert.deepEqual(said('$host:8443'), []);
  assert.deepEqual(said(':8443', 'listen 443 ssl; listen 443 quic; http3 off;'), []);
  assert.deepEqual(said(':8443', 'listen 443 ssl; listen 8443 ssl;'), ['http3-not-served']);
  assert.deepEqual(said(':$server_port'), ['http3-not-served']);
});

test('what is advertised and switched off is served to nobody', () => {
  const said = (lines: string, host = '') => {
    const text = `events {}
http {
  server {
    listen 443 ssl; listen 443 quic; server_name example.com;
    ssl_certificate a.crt; ssl_certificate_key a.key;
    add_header Alt-Svc 'h3="${host}:443"' always;
    ${lines}
  }
}
`;
    const { findings } = analyseText(text, { language: 'nginx', file: '/work/nginx.conf' });
    return findings.map(({ rule }) => rule).filter((rule) => rule.startsWith('http3'));
  };
  assert.deepEqual(said(''), []);
  assert.deepEqual(said('http3 off;'), ['http3-not-served']);
  assert.deepEqual(said('http3 off;', 'example.com'), ['http3-not-served']);
  assert.deepEqual(said('http3 off;', 'cdn.example.net'), []);
});
