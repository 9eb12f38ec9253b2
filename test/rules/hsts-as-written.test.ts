import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyseText } from '../support/analyse.ts';
import { judge, pair } from './support/judge-server.ts';

test('HSTS from another module is found beside Lua code that may change headers', () => {
  const server = `server { listen 443 ssl; server_name example.com; ${pair} location / {
    more_set_headers "Strict-Transport-Security: max-age=63072000";
    header_filter_by_lua_block { change() }
    root /srv;
  } }`;
  const text = `events {}\nhttp {\n  ${server}\n}\n`;
  assert.deepEqual(
    judge(text, 'nginx').filter((finding) => finding.startsWith('hsts-')),
    [],
  );
});

test('HSTS that stands beside an include out of sight is judged as it is written, and its absence is not', () => {
  const about = (header: string) => {
    const server = `server { listen 443 ssl; server_name example.com; ${pair} include /out/of/sight.conf; ${header} root /srv; }`;
    return judge(`events {}\nhttp {\n  ${server}\n}\n`, 'nginx').filter((finding) => /^(?:hsts|x-xss)/.test(finding));
  };
  const header = (value: string) => `add_header Strict-Transport-Security "${value}" always;`;
  assert.match(about(header('max-age=300')).join(), /^hsts-short/);
  assert.match(about(header('max-age=abc')).join(), /^hsts-invalid/);
  assert.deepEqual(about(header('max-age=63072000')), []);
  assert.deepEqual(about('add_header X-Other 1;'), []);
  const host = `<VirtualHost *:443>\nServerName example.com\nSSLEngine on\nSSLCertificateFile /a.pem\nInclude /out/of/sight.conf\nHeader always set Strict-Transport-Security max-age=300\n</VirtualHost>\n`;
  const { findings } = analyseText(host, { language: 'apache', file: '/work/site.conf' });
  assert.equal(findings.filter(({ rule }) => rule === 'hsts-short').length, 1);
});

test('HSTS is added without the headers of another module, which stay by themselves', () => {
  const server = `server { listen 443 ssl; server_name example.com; ${pair} more_set_headers "X-B: 1"; root /srv; }`;
  const inherited = 'more_set_headers "X-A: 1"; add_header X-C 1;';
  const { findings } = analyseText(`events {}\nhttp {\n  ${inherited}\n  ${server}\n}\n`, {
    language: 'nginx',
    file: '/work/nginx.conf',
  });
  const fixes = findings.filter(({ rule }) => rule === 'hsts-missing').flatMap((finding) => finding.fixes);
  const added = fixes[0]?.edits.map(({ newText }) => newText).join('') ?? '';
  assert.deepEqual(added.match(/(?<=add_header )\S+/g), ['X-C', 'Strict-Transport-Security']);
});

describe('HSTS of a site that only redirects', () => {
  const redirecting = (apexHeader: string) => `events {}
http {
  server {
    listen 443 ssl; server_name www.example.com; ${pair}
    return 301 https://example.com$request_uri;
  }
  server { listen 443 ssl; server_name example.com; ${pair} root /srv/www; ${apexHeader} }
}
`;
  const found = (apexHeader: string) =>
    analyseText(redirecting(apexHeader), { language: 'nginx', file: '/work/nginx.conf' })
      .findings.filter(({ rule }) => rule === 'hsts-missing')
      .map(({ severity }) => severity);

  test('is no more than information, since nothing is seen there', () => {
    assert.deepEqual(found('add_header Strict-Transport-Security max-age=63072000 always;'), ['information']);
  });

  test('is not wanted where the host that is led to binds it', () => {
    const header = 'add_header Strict-Transport-Security "max-age=63072000; includeSubDomains" always;';
    assert.deepEqual(found(header), []);
  });
});

describe('HSTS over plain HTTP', () => {
  const found = (servers: string) =>
    judge(`events {}\nhttp { ${servers} }\n`, 'nginx').filter((line) => /^hsts-/.test(line));
  const header = 'add_header Strict-Transport-Security "max-age=63072000" always;';

  test('is handed on by what ends TLS in front', () => {
    const proxied = `server { listen 80; server_name example.com; ${header} location / { proxy_pass http://127.0.0.1:8080; } }`;
    assert.deepEqual(found(proxied), []);
  });

  test('is of no use where the site itself leads to HTTPS', () => {
    const redirecting = `server { listen 80; server_name example.com; ${header} return 301 https://$host$request_uri; }`;
    assert.match(found(redirecting)[0] ?? '', /^hsts-on-http/);
  });

  test('is not seen in lines that a site with TLS may include', () => {
    const lines = `RewriteEngine on
RewriteCond %{HTTPS} !=on
RewriteRule ^ https://%{SERVER_NAME}%{REQUEST_URI} [R=301,L]
Header always set Strict-Transport-Security "max-age=63072000"
`;
    const judged = (text: string) => judge(text, 'apache').filter((line) => /^hsts-/.test(line));
    assert.deepEqual(judged(lines), []);
    assert.match(judged(`<VirtualHost *:80>\n${lines}</VirtualHost>\n`)[0] ?? '', /^hsts-on-http/);
  });

  test('is left to a line that sites with TLS send too', () => {
    const header = 'Header always set Strict-Transport-Security "max-age=63072000"';
    const secure = (lines: string) =>
      `<VirtualHost *:443>\nServerName example.com\nDocumentRoot /srv/www\nSSLEngine on\nSSLCertificateFile a.crt\nSSLCertificateKeyFile a.key\n${lines}</VirtualHost>\n`;
    const plain = (lines: string) => `<VirtualHost *:80>\nServerName example.com\n${lines}\n</VirtualHost>\n`;
    const found = (text: string) =>
      judge(`Listen 80\nListen 443\n${text}`, 'apache').filter((line) => /^hsts-on-http/.test(line));
    // The main server answers port 80 itself, and every virtual host has the header from it.
    assert.deepEqual(found(`${header}\n${secure('')}`), []);
    assert.deepEqual(found(`${header}\n${secure('Header always set X-Frame-Options DENY\n')}`), []);
    assert.deepEqual(found(`${header}\n${secure(`Header always set X-Name "\${name}"\n`)}`), []);
    assert.equal(found(`${header}\n${secure('Header always unset Strict-Transport-Security\n')}`).length, 1);
    const macro = `<Macro Secure>\n${header}\n</Macro>\n`;
    assert.deepEqual(found(`${macro}${plain('Use Secure')}${secure('Use Secure\n')}`), []);
    // What a condition keeps from plain HTTP is not sent there.
    assert.deepEqual(found(plain(`${header} env=HTTPS`) + secure('')), []);
    assert.deepEqual(found(plain(`${header} "expr=%{HTTPS} == 'on'"`) + secure('')), []);
    assert.equal(found(plain(header) + secure('')).length, 1);
  });

  test('is not wanted from names of the own network', () => {
    for (const name of ['localhost', 'printer.lan', 'a.internal', 'x.onion', 'www.intern', 'nas.home', 'wiki.corp']) {
      assert.deepEqual(found(`server { listen 443 ssl; server_name ${name}; ${pair} root /srv; }`), [], name);
    }
    assert.equal(found(`server { listen 443 ssl; server_name example.com; ${pair} root /srv; }`).length, 1);
  });
});
