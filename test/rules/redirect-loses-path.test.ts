import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';

function mended(text: string, language: 'nginx' | 'apache'): string | undefined {
  const file = language === 'nginx' ? '/etc/nginx/nginx.conf' : '/etc/apache2/apache2.conf';
  const [finding] = analyseText(text, { language, file }).findings.filter(({ rule }) => rule === 'redirect-loses-path');
  return finding && applyEdits(text, finding.fixes[0]?.edits ?? []);
}

const nginx = (answers: string, name = 'a.example') =>
  `events {}\nhttp {\nserver { listen 80; server_name ${name}; ${answers} }\n}\n`;
const apache = (answers: string) => `Listen 80\n<VirtualHost *:80>\nServerName a.example\n${answers}\n</VirtualHost>\n`;

test('every path that leads to the start page of the same host is told, and the fix keeps the path', () => {
  for (const [before, after] of [
    ['return 301 https://$host;', 'return 301 https://$host$request_uri;'],
    ['return 301 "https://$server_name/";', 'return 301 "https://$server_name$request_uri";'],
    ['return https://www.a.example/;', 'return https://www.a.example$request_uri;'],
    ['rewrite ^ https://a.example permanent;', 'rewrite ^ https://a.example$request_uri? permanent;'],
    ['location / { return 302 https://$host/; }', 'location / { return 302 https://$host$request_uri; }'],
  ] as const)
    assert.equal(mended(nginx(before), 'nginx'), nginx(after), before);
  for (const name of ['_', '*.example.com', 'intranet.lan'])
    assert.equal(
      mended(nginx('return 301 https://$host;', name), 'nginx'),
      nginx('return 301 https://$host$request_uri;', name),
    );

  for (const [before, after] of [
    [
      'RewriteRule ^.*$ https://%{HTTP_HOST} [R=301,L]',
      'RewriteRule ^.*$ https://%{HTTP_HOST}%{REQUEST_URI} [R=301,L]',
    ],
    ['RewriteRule . "https://a.example/" [R]', 'RewriteRule . "https://a.example%{REQUEST_URI}" [R]'],
    ['RedirectMatch permanent ^ https://a.example/', 'RedirectMatch permanent ^(.*)$ https://a.example$1'],
  ] as const)
    assert.equal(mended(apache(`RewriteEngine on\n${before}`), 'apache'), apache(`RewriteEngine on\n${after}`), before);
});

test('other hosts, folders, the start page alone and what keeps the path are left alone', () => {
  for (const answers of [
    'return 301 https://$host$request_uri;',
    'return 301 https://$host/?from=$uri;',
    'return 301 https://b.example;',
    'return 301 https://a.example/app/;',
    'location = / { return 301 https://a.example; }',
    'rewrite ^/$ https://a.example/ permanent;',
    'rewrite ^(.*) https://$host$1 permanent;',
    'return 301 http://a.example/;',
    'return 301 $target;',
  ])
    assert.equal(mended(nginx(answers), 'nginx'), undefined, answers);
  // Whoever has no name of its own leads other hosts to this one, and a wildcard its hosts.
  for (const name of ['_', '*.example.com']) {
    assert.equal(mended(nginx('return 301 https://example.com;', name), 'nginx'), undefined, name);
    assert.equal(mended(nginx('return 301 https://www.example.com;', name), 'nginx'), undefined, name);
  }
  for (const answers of [
    'Redirect permanent / https://a.example/',
    'RewriteEngine on\nRewriteRule ^/?$ https://a.example/ [R]',
    'RewriteEngine on\nRewriteRule ^(.*)$ https://a.example$1 [R]',
    'RedirectMatch ^/$ https://a.example/',
  ])
    assert.equal(mended(apache(answers), 'apache'), undefined, answers);
});

test('a pattern that leaves paths out is not changed', () => {
  const text = apache('RedirectMatch 301 ^/(?!\\.well-known/) https://a.example/');
  assert.equal(mended(text, 'apache'), text);
});
