import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';

const plain = '  server { listen 80; server_name a.example; return 301 https://$host$request_uri; }\n';

function nginx(answers: string, others = plain): string {
  return `events {}
http {
${others}  server {
    listen 443 ssl;
    server_name a.example;
    ssl_certificate /a.crt;
    ssl_certificate_key /a.key;
    ${answers}
  }
}
`;
}

function apache(answers: string): string {
  return `Listen 443
<VirtualHost *:443>
    ServerName a.example
    SSLEngine on
    SSLCertificateFile /a.crt
    SSLCertificateKeyFile /a.key
    ${answers}
</VirtualHost>
`;
}

function found(text: string, language: 'nginx' | 'apache' = 'nginx') {
  const file = language === 'nginx' ? '/etc/nginx/nginx.conf' : '/etc/apache2/apache2.conf';
  const { findings } = analyseText(text, { language, file });
  return findings.filter(({ rule }) => rule === 'redirect-to-plain');
}

test('one hop over plain HTTP weakens, a start page that comes back is lost, and HSTS keeps browsers on HTTPS', () => {
  const severities = (answers: string) => found(nginx(answers)).map(({ severity }) => severity);
  assert.deepEqual(severities('location /old { return 301 http://$host/new; }'), ['warning']);
  assert.deepEqual(severities('location / { return 301 http://a.example$request_uri; }'), ['error']);
  const hsts = 'add_header Strict-Transport-Security "max-age=63072000" always;';
  assert.deepEqual(severities(`${hsts} location /old { return 301 http://a.example/new; }`), ['information']);
});

test('hosts without HTTPS here, other ports and redirects that hang on the request are not judged', () => {
  for (const target of ['http://b.example/', 'http://a.example:8080/', '$scheme://a.example/', '//a.example/', '/new'])
    assert.deepEqual(found(nginx(`location /old { return 301 ${target}; }`)), [], target);
  assert.deepEqual(found(nginx('if ($arg_plain) { return 301 http://a.example/; }')), []);
});

test('where another site has the host that plain HTTP leads to, its pages are the end of it', () => {
  const tls = 'listen 443 ssl; ssl_certificate /a.crt; ssl_certificate_key /a.key;';
  const redirecting = (names: string) =>
    `  server { ${tls} server_name ${names}; return 301 http://a.example$request_uri; }\n`;
  const severities = (names: string) =>
    found(nginx('root /srv/www;', plain + redirecting(names))).map(({ severity }) => severity);
  assert.deepEqual(severities('www.a.example'), ['warning']);
  assert.deepEqual(severities('*.a.example'), ['warning']);
});

test('where plain HTTP serves pages there is no loop', () => {
  const pages = '  server { listen 80; server_name a.example; root /srv/www; }\n';
  assert.deepEqual(
    found(nginx('return 301 http://a.example$request_uri;', pages)).map(({ severity }) => severity),
    ['warning'],
  );
});

test('a site of plain HTTP that may have the name is not sure to lead back', () => {
  const perhaps = '  server { listen 80; server_name ~^(?<sub>.+)\\.example$; return 301 https://a.example/; }\n';
  assert.deepEqual(
    found(nginx('return 301 http://a.example$request_uri;', perhaps)).map(({ severity }) => severity),
    ['warning'],
  );
});

test('one line that answers for several sites is one mistake', () => {
  const text = `Listen 443
<Macro site $name>
<VirtualHost *:443>
    ServerName $name
    SSLEngine on
    SSLCertificateFile /a.crt
    SSLCertificateKeyFile /a.key
    Redirect permanent /old http://a.example/new
</VirtualHost>
</Macro>
Use site a.example
Use site b.example
`;
  assert.equal(found(text, 'apache').length, 1);
});

test('the fix changes the scheme and nothing else of the directive', () => {
  const mended = (text: string, language: 'nginx' | 'apache') => {
    const [finding] = found(text, language);
    return applyEdits(text, finding?.fixes[0]?.edits ?? []);
  };
  for (const [answers, wanted] of [
    ['location = /q { return 302 "http://a.example/x y"; }', 'location = /q { return 302 "https://a.example/x y"; }'],
    [
      'location /r/ { rewrite "^/r/\\d{2}" http://a.example/$1 permanent; rewrite ^ http://a.example/ redirect; }',
      'location /r/ { rewrite "^/r/\\d{2}" http://a.example/$1 permanent; rewrite ^ https://a.example/ redirect; }',
    ],
  ] as const)
    assert.equal(mended(nginx(answers), 'nginx'), nginx(wanted));
  for (const [answers, wanted] of [
    ['Redirect permanent /old "http://a.example/new"', 'Redirect permanent /old "https://a.example/new"'],
    [
      'RewriteEngine On\n    RewriteRule ^/ http://a.example/x [R=301,L]',
      'RewriteEngine On\n    RewriteRule ^/ https://a.example/x [R=301,L]',
    ],
  ] as const)
    assert.equal(mended(apache(answers), 'apache'), apache(wanted));
});

test('of a site that is led to plain HTTP nothing is asked that would lead back: no HSTS, and no redirect to HTTPS', () => {
  const pages = (names: string) => `  server { listen 80; server_name ${names}; root /srv/www; }\n`;
  const said = (text: string) =>
    analyseText(text, { language: 'nginx', file: '/etc/nginx/nginx.conf' })
      .findings.map(({ rule }) => rule)
      .filter((rule) => rule === 'hsts-missing' || rule.startsWith('redirect-'));
  const nameless = (answers: string) => nginx(answers, pages('_')).replace('a.example;', '_;');
  assert.deepEqual(said(nginx('return 301 http://$host$request_uri;', pages('a.example'))), ['redirect-to-plain']);
  assert.deepEqual(said(nginx('root /srv/www;', pages('a.example'))), ['redirect-missing', 'hsts-missing']);
  assert.deepEqual(said(nameless('return 301 http://$host$request_uri;')), []);
  assert.deepEqual(said(nameless('root /srv/www;')), ['hsts-missing']);
});
