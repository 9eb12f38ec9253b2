import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../src/text/edit.ts';
import { analyseText } from '../../support/analyse.ts';

const load = (names: string) =>
  names
    .split(' ')
    .map((name) => `LoadModule ${name}_module modules/mod_${name}.so\n`)
    .join('');

function found(text: string, modules = 'mpm_event alias rewrite ssl') {
  const { findings } = analyseText(load(modules) + text, { language: 'apache', file: '/etc/httpd/httpd.conf' });
  return findings.filter(({ rule }) => /^(?:section-left-out|hsts-missing|redirect-missing)$/.test(rule));
}

const told = (text: string, modules?: string) => found(text, modules).map(({ rule }) => rule);

const within = (module: string, lines: string) => `<IfModule ${module}>\n${lines}</IfModule>\n`;
const tls = (lines: string) =>
  `Listen 443\n<VirtualHost *:443>\nServerName a.example.com\nDocumentRoot /srv\nSSLEngine on\nSSLCertificateFile a.crt\n${lines}</VirtualHost>\n`;
const plain = (lines: string) =>
  `Listen 80\n<VirtualHost *:80>\nServerName a.example.com\nDocumentRoot /srv\n${lines}</VirtualHost>\n`;
const hsts = 'Header always set Strict-Transport-Security "max-age=63072000"\n';
const redirect = 'RewriteEngine on\nRewriteRule ^ https://a.example.com%{REQUEST_URI} [R=301,L]\n';

test('HSTS, a redirect and a virtual host are told lost with their section, and not missed as well', () => {
  const text = tls(within('mod_headers.c', hsts));
  const [report, ...others] = found(text);
  assert.ok(report && others.length === 0);
  assert.match(report.message, /^Nothing loads mod_headers, .* and HSTS with it\. Load headers_module/);
  const mended = applyEdits(load('mpm_event alias rewrite ssl') + text, report.fixes[0]?.edits ?? []);
  assert.match(mended, /mod_ssl\.so\nLoadModule headers_module modules\/mod_headers\.so\n/);
  assert.deepEqual(told(tls(within('headers_module', hsts)), 'mpm_event alias ssl headers'), []);
  assert.deepEqual(told(within('mod_headers.c', hsts) + tls('')), ['section-left-out']);
  const led = tls(hsts) + plain(within('mod_rewrite.c', redirect));
  assert.deepEqual(told(led, 'mpm_event alias ssl headers'), ['section-left-out']);
  const bare = tls('') + plain(within('mod_rewrite.c', redirect));
  assert.deepEqual(told(bare, 'mpm_event alias ssl headers'), ['hsts-missing', 'section-left-out']);
  assert.deepEqual(told(within('mod_ssl.c', tls(hsts)), 'mpm_event alias headers'), ['section-left-out']);
});

test('what may be loaded, has a stand-in or is about something else is left alone', () => {
  for (const [text, modules] of [
    [tls(within('mod_headers.c', hsts)), 'alias'],
    [within('mod_ssl.c', 'Listen 443\n'), 'mpm_event'],
    [within('mod_headers.c', 'Header always set X-Frame-Options DENY\n'), 'mpm_event'],
    [within('mod_gnutls.c', tls('')), 'mpm_event'],
    [
      plain(within('mod_rewrite.c', redirect) + within('!mod_rewrite.c', 'Redirect / https://a.example.com/\n')),
      'mpm_event',
    ],
    [tls(`<IfDefine Hsts>\n${within('mod_headers.c', hsts)}</IfDefine>\n`), 'mpm_event ssl'],
  ] as const)
    assert.ok(!told(text, modules).includes('section-left-out'), text);
});
