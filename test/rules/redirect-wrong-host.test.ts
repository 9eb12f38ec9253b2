import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';
import { sampleFile } from './support/sample-files.ts';

// biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of a container
const ofContainer = 'server_name ${NAME};';

function severities(server: string, file = '/etc/nginx/nginx.conf'): readonly string[] {
  const block = `server { ${server} }`;
  const text = file.endsWith('nginx.conf') ? `events {}\nhttp { ${block} }\n` : `${block}\n`;
  const { findings } = analyseText(text, { language: 'nginx', file });
  return findings.filter(({ rule }) => rule === 'redirect-wrong-host').map(({ severity }) => severity);
}

test('the first name of a server is no host to redirect to where it is a pattern, a placeholder or none', () => {
  const redirect = 'return 301 https://$server_name$request_uri;';
  const names = ['server_name _;', 'server_name *.example.com;', 'server_name example.*;', 'server_name "";', ''];
  for (const name of [...names, 'server_name ~^www\\. example.com;', 'server_name "" example.com;'])
    assert.deepEqual(severities(`listen 80; ${name} ${redirect}`), ['error'], name);
  for (const name of ['server_name .example.com;', 'server_name example.com *.example.com;', 'server_name $hostname;'])
    assert.deepEqual(severities(`listen 80; ${name} ${redirect}`), [], name);
});

test('it leads nowhere wherever the redirect stands, also in a part of a configuration', () => {
  assert.deepEqual(severities('listen 80; server_name _; rewrite ^ https://$server_name/ permanent;'), ['error']);
  assert.deepEqual(severities('listen 80; location / { return 302 http://_/; }', '/work/site.conf'), ['error']);
  assert.deepEqual(severities('listen 8443 ssl; server_name _; return 301 $scheme://$server_name/;'), ['error']);
});

test('a path of its own that leads nowhere is told of too, once, and an expression with all signs', () => {
  const path = 'location = /old { rewrite ^ https://$server_name/new; }';
  assert.deepEqual(severities(`listen 80; server_name _; ${path} location /b { return 301 http://*.b/; }`), [
    'information',
    'information',
  ]);
  assert.deepEqual(severities(`listen 80; server_name _; location /a { return 301 https://$host/; }`), []);
  assert.deepEqual(severities(`listen 80; server_name example.com; ${path}`), []);
  assert.deepEqual(severities(`listen 80; server_name _; return 301 https://$server_name/; ${path}`), ['error']);
  assert.deepEqual(severities('listen 80; server_name ~^(.+)\\.b$; return 301 https://$server_name/;'), ['error']);
});

test('for a server that only takes what is left beside named ones it is information', () => {
  const rest = 'listen 80; server_name _; return 301 https://$server_name/;';
  const named = (address: string) => `} server { listen ${address}; server_name example.com; return 404;`;
  assert.deepEqual(severities(`${rest} ${named('80')}`), ['information']);
  assert.deepEqual(severities(`${rest} ${named('81')}`), ['error']);
});

test('what is filled in later, or never asked for, is not judged', () => {
  const redirect = 'return 301 https://$server_name$request_uri;';
  for (const name of ['server_name {{ name }};', ofContainer, 'include names.conf;'])
    assert.deepEqual(severities(`listen 80; ${name} ${redirect}`, '/work/site.conf'), [], name);
  assert.deepEqual(severities('listen 80; server_name _; return 301 https://$host$request_uri;'), []);
  assert.deepEqual(severities(`listen 443 ssl; server_name _; if ($scheme = http) { ${redirect} }`), []);
});

test('a name of the site that has no HTTPS is told apart from whichever name was asked for', () => {
  const secure = '} server { listen 443 ssl; server_name example.com;';
  const found = (lines: string) => severities(`listen 80; server_name example.com www.example.com; ${lines} ${secure}`);
  assert.deepEqual(found('return 301 https://www.example.com$request_uri;'), ['information']);
  assert.deepEqual(found('if ($host = example.com) { return 301 https://www.example.com/; }'), ['information']);
  assert.deepEqual(found('return 301 https://$host$request_uri;'), []);
  assert.deepEqual(found('return 301 https://$server_name$request_uri;'), []);
  assert.deepEqual(
    found('if ($host = www.example.com) { return 301 https://$host/; } return 301 https://example.com/;'),
    [],
  );
});

test('a name that HTTPS answers by its default site, with a certificate for others, is a warning', () => {
  const found = (plain: string, more = '') => {
    const text = `Listen 80\nListen 443\n<VirtualHost *:80>\n${plain}\n</VirtualHost>\n<VirtualHost *:443>\nServerName example.com\nSSLEngine on\nSSLCertificateFile /etc/ssl/example.com.crt\nSSLCertificateKeyFile /etc/ssl/example.com.key\n${more}\n</VirtualHost>\n`;
    const { findings } = analyseText(text, {
      language: 'apache',
      file: '/etc/apache2/apache2.conf',
      certificates: sampleFile,
    });
    return findings.filter(({ rule }) => rule === 'redirect-wrong-host').map(({ severity }) => severity);
  };
  const redirect = 'ServerName new.example.net\nRedirect / https://new.example.net/';
  assert.deepEqual(found(redirect), ['warning']);
  const rule = 'RewriteEngine on\nRewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R,L]';
  assert.deepEqual(found(`ServerName new.example.net\n${rule}`), ['warning']);
  assert.deepEqual(found(redirect, 'ServerAlias *.example.net'), []);
  assert.deepEqual(found(redirect, 'SSLCertificateFile /etc/ssl/unseen.crt'), []);
  assert.deepEqual(found(redirect.replaceAll('new.example.net', 'www.example.com')), []);
  assert.deepEqual(found(redirect.replace('https://new', 'https://other')), []);
  assert.deepEqual(found(redirect.replaceAll('new.example.net', 'new.test')), []);
});
