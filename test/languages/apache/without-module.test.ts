import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../../support/analyse.ts';

const found = (text: string, file = '/etc/apache2/sites-available/site.conf') =>
  analyseText(text, { language: 'apache', file }).findings;

const told = (text: string, file?: string) => found(text, file).map(({ rule, severity }) => `${rule} ${severity}`);

const within = (module: string, lines: string) => `<IfModule ${module}>\n${lines}</IfModule>\n`;
const plain = (answer: string) => `<VirtualHost *:80>\nServerName a.example.com\n${answer}\n</VirtualHost>\n`;
const tls =
  '<VirtualHost *:443>\nServerName a.example.com\nDocumentRoot /srv\nSSLEngine on\nSSLCertificateFile a.crt\n' +
  'Header always set Strict-Transport-Security "max-age=63072000"\n</VirtualHost>\n';
const files = plain('DocumentRoot /srv');
const redirect = plain('Redirect / https://a.example.com/');

const ofBoth = (module: string) =>
  told(within(`!${module}`, files) + within(module, redirect + tls)).filter((each) => !/^certificate/.test(each));

test('what stands for mod_ssl is not there beside what needs it', () => {
  assert.deepEqual(ofBoth('mod_ssl.c'), []);
  assert.deepEqual(ofBoth('ssl_module'), []);
  assert.ok(told(files + redirect + tls).includes('server-name-duplicate information'));
  assert.ok(!ofBoth('mod_http2.c').includes('server-name-duplicate information'));
});

test('where nothing needs mod_ssl, what stands for it is the server', () => {
  assert.ok(told(within('!mod_ssl.c', files + redirect)).includes('server-name-duplicate information'));
});

test('what is written there is judged by itself, and what loads the module counts', () => {
  assert.deepEqual(told(within('!mod_ssl.c', 'Redirect\n')), ['argument-count warning']);
  const loaded = within('!mod_ssl.c', `LoadModule ssl_module modules/mod_ssl.so\n${files}`) + tls;
  assert.ok(told(loaded).includes('redirect-missing information'));
  const switched =
    within('!mod_ssl.c', `<IfDefine !PLAIN>\nLoadModule ssl_module mod_ssl.so\n</IfDefine>\n${files}`) + tls;
  assert.ok(told(switched).includes('redirect-missing information'));
});

test('a module that is seldom there may be left out', () => {
  const file = '/srv/www/.htaccess';
  assert.deepEqual(told(within('mod_dav.c', 'Dav Off\n'), file), ['wrong-context warning']);
  assert.deepEqual(told('Dav Off\n', file), ['wrong-context error']);
  assert.deepEqual(told(within('mod_rewrite.c', 'LoadModule a b\n'), file), ['wrong-context error']);
});

test('a directive is not missed where the server is asked first whether it knows it', () => {
  const unknown = (name: string, line: string) => {
    const main = 'LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so\nListen 80\n';
    const text = `${main}<IfDirective ${name}>\n${line}\n</IfDirective>\n`;
    return told(text, '/etc/apache2/apache2.conf').filter((each) => each.startsWith('unknown-directive'));
  };
  assert.deepEqual(unknown('SecAuditLog', 'SecAuditLog x'), []);
  assert.deepEqual(unknown('LDAPTrustedMode', 'LDAPTrustedMode SSL'), []);
  assert.deepEqual(unknown('!SecAuditLog', 'SecAuditLog x'), ['unknown-directive warning']);
  assert.deepEqual(unknown('LDAPTrustedMode', 'SSLEngin on'), ['unknown-directive warning']);
});
