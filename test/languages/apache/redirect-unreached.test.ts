import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { projectOf } from './project.ts';

const file = '/srv/www/.htaccess';

function found(text: string) {
  return apache
    .check(projectOf({ [file]: text }, { complete: false }))
    .filter(({ rule }) => rule === 'redirect-unreached');
}

const lines = (...all: readonly string[]) => `${all.join('\n')}\n`;
const redirect = ['RewriteCond %{HTTPS} off', 'RewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R=301,L]'];
const noFile = ['RewriteCond %{REQUEST_FILENAME} !-f', 'RewriteCond %{REQUEST_FILENAME} !-d'];
const guard = 'RewriteRule ^index\\.php$ - [L]';
const taker = 'RewriteRule . /index.php [L]';

test('a redirect behind the rules of WordPress moves out of its reach and before them', () => {
  const program = ['# BEGIN WordPress', '<IfModule mod_rewrite.c>', 'RewriteEngine On', guard, ...noFile, taker];
  const end = ['</IfModule>', '# END WordPress'];
  const own = ['# HTTPS', '# for all', ...redirect];
  const text = lines('# own', ...program, ...end, ...own, 'Options -Indexes');
  const [report, ...others] = found(text);
  assert.ok(report && others.length === 0);
  assert.match(report.message, /is not reached by pages: "RewriteRule \. \/index\.php" comes before it/);
  const edited = applyEdits(text, report.fixes?.[0]?.edits ?? []);
  assert.equal(edited, lines('# own', ...own, ...program, ...end, 'Options -Indexes'));
  assert.deepEqual(found(edited), []);
});

test('where the program is asked for anew, that is what is redirected', () => {
  const [report] = found(lines(...noFile, 'RewriteRule ^(.*)$ index.php?q=$1 [L,QSA]', ...redirect));
  assert.match(report?.message ?? '', /leads pages to index\.php\?q=\$1, and not to their own address/);
  assert.equal(report?.effect, 'connect');
  const [final] = found(lines(...noFile, 'RewriteRule ^ index.php [END]', ...redirect));
  assert.match(final?.message ?? '', /is not reached by pages/);
  const anew = ['RewriteCond %{ENV:REDIRECT_STATUS} !^$', 'RewriteRule ^ - [L]'];
  const [open] = found(lines(...anew, ...noFile, 'RewriteRule ^ index.php [L]', ...redirect));
  assert.match(open?.message ?? '', /does not get the addresses of pages/);
  const own = found(lines('<IfModule mod_rewrite.c>', ...noFile, taker, ...redirect, '</IfModule>'));
  assert.deepEqual([own.length, own[0]?.fixes], [1, []]);
});

const there = ['-s [OR]', '-l [OR]', '-d'].map((kind) => `RewriteCond %{REQUEST_FILENAME} ${kind}`);
const end = 'RewriteRule ^.*$ - [NC,L]';

test('behind the rules of Zend nothing is redirected, and behind the first of them no start page', () => {
  const both = lines('RewriteEngine On', ...there, end, 'RewriteRule ^.*$ index.php [NC,L]', ...redirect);
  const [report] = found(both);
  assert.match(
    report?.message ?? '',
    /is never reached: "RewriteRule \^\.\*\$ - \[NC,L\]" comes before it and ends for files/,
  );
  const edited = applyEdits(both, report?.fixes?.[0]?.edits ?? []);
  assert.equal(edited, lines('RewriteEngine On', ...redirect, ...there, end, 'RewriteRule ^.*$ index.php [NC,L]'));
  const [first] = found(lines(...there, end, ...redirect, 'RewriteRule ^ index.php [L]'));
  assert.match(first?.message ?? '', /is not reached by files and folders, the start page among them: "RewriteRule \^/);
  const base = 'RewriteRule ^(.*)$ %{ENV:BASE}/index.php [L]';
  assert.match(found(lines(...there, end, base, ...redirect))[0]?.message ?? '', /is never reached/);
  const negated = 'RewriteRule !\\.(js|css)$ index.php [L]';
  assert.match(found(lines(...there.slice(0, 1), end, negated, ...redirect))[0]?.message ?? '', /^$/);
  const file = 'RewriteCond %{REQUEST_FILENAME} -f';
  assert.match(found(lines(file, end, negated, ...redirect))[0]?.message ?? '', /is not reached by pages/);
  assert.match(
    found(lines(...noFile, base, ...redirect))[0]?.message ?? '',
    /leads pages to %\{ENV:BASE\}\/index\.php,/,
  );
  const spared = [...redirect.slice(0, 1), 'RewriteRule !^index\\.php$ https://a.example%{REQUEST_URI} [R,L]'];
  assert.match(
    found(lines(...noFile, 'RewriteRule ^ index.php [L]', ...spared))[0]?.message ?? '',
    /not reached by pages/,
  );
});

test('a redirect that does not end the rules is undone by the program behind it', () => {
  const open = 'RewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R=301]';
  const text = lines('RewriteEngine On', open, guard, ...noFile, taker);
  const [report, ...others] = found(text);
  assert.ok(report && others.length === 0);
  assert.match(report.message, /is undone: without L .*, and "RewriteRule \. \/index\.php" makes a path of that/);
  const edited = applyEdits(text, report.fixes?.[0]?.edits ?? []);
  assert.equal(edited, text.replace('R=301]', 'R=301,L]'));
  assert.deepEqual(found(edited), []);
  const toProgram = 'RewriteRule ^(.*)$ index.php?q=$1 [QSA]';
  assert.equal(found(lines('RewriteRule ^ https://a.example%{REQUEST_URI}', toProgram))[0]?.fixes?.length, 0);
  const attacks = ['RewriteCond %{QUERY_STRING} attack', 'RewriteRule .* index.php [F]'];
  assert.equal(found(lines(open, ...attacks, 'RewriteRule .* - [E=A:b]', ...noFile, taker)).length, 1);
  // A real Apache led all pages to https://…/index.php.
  const [own] = found(
    lines(open, 'RewriteCond %{REQUEST_URI} !^/index\\.php', ...noFile, 'RewriteRule .* index.php [L]'),
  );
  assert.match(
    own?.message ?? '',
    /No page gets to its own address: all lead to index\.php, or are answered over plain/,
  );
  const [ofFile] = found(lines(open, 'RewriteCond %{DOCUMENT_ROOT}%{REQUEST_URI} !-f', 'RewriteRule ^ index.php [L]'));
  assert.match(ofFile?.message ?? '', /No page gets to its own address: all lead to index\.php/);
  // Rules of programs before it are for other addresses, as Laravel, Magento and TYPO3 have them.
  for (const before of [
    ['RewriteCond %{REQUEST_FILENAME} !-d', 'RewriteCond %{REQUEST_URI} (.+)/$', 'RewriteRule ^ %1 [L,R=301]'],
    ['RewriteCond %{REQUEST_METHOD} ^TRAC[EK]', 'RewriteRule .* - [L,R=405]'],
    ['RewriteCond %{THE_REQUEST} /index\\.php', 'RewriteRule ^ /other [L]'],
    ['RewriteRule ^.*$ - [E=CWD:%2]', ...noFile, 'RewriteRule ^.*$ %{ENV:CWD}index.php [QSA,L]'],
    ['RewriteCond %{THE_REQUEST} !index\\.php'],
  ])
    assert.equal(found(lines(open, ...before, ...noFile, 'RewriteRule ^ index.php [L]')).length, 1, before.join(', '));
  const ofGet = 'RewriteCond %{THE_REQUEST} ^GET';
  assert.equal(found(lines(ofGet, open, ...noFile, taker)).length, 1);
  assert.equal(found(lines(open, ofGet, 'RewriteRule ^ https://a.example/ [R,L]', ...noFile, taker)).length, 0);
  // What is left alone besides is redirected, and all others are not.
  for (const condition of ['!^/api/', '!=/favicon.ico', '!-f']) {
    const [other] = found(lines(open, `RewriteCond %{REQUEST_URI} ${condition}`, 'RewriteRule ^ index.php [L]'));
    assert.match(other?.message ?? '', /of that\. Pages are answered over plain HTTP/, condition);
  }
  for (const behind of [
    [],
    ['RewriteRule .* - [F]', taker],
    ['RewriteRule .* - [S=1]', taker],
    ['RewriteRule ^old$ /new [L]'],
    ['RewriteRule ^ - [L]', taker],
    ['RewriteCond %{HTTP_HOST} !^www', 'RewriteRule ^ https://www.a.example%{REQUEST_URI} [R,L]', taker],
    ['RewriteCond %{HTTPS} on', taker],
    [toProgram, 'RewriteRule ^ https://a.example/ [R]'],
  ]) {
    assert.deepEqual(found(lines('RewriteEngine On', open, ...behind)), [], behind.join(', '));
  }
});

test('where the folder refuses plain HTTP, nothing gets to its redirect', () => {
  const text = lines('SSLRequireSSL', 'RewriteEngine On', ...redirect);
  const [report] = found(text);
  assert.match(
    report?.message ?? '',
    /is never reached: SSLRequireSSL answers everything over plain HTTP with 403 before/,
  );
  assert.equal(applyEdits(text, report?.fixes?.[0]?.edits ?? []), lines('RewriteEngine On', ...redirect));
  assert.match(found(lines(...redirect, 'Require ssl'))[0]?.message ?? '', /: Require ssl answers/);
  for (const other of [
    lines('SSLRequireSSL', ...redirect, 'ErrorDocument 403 https://a.example/'),
    lines('SSLRequireSSL', 'Satisfy any', ...redirect),
    lines('Require ssl', 'Require ip 192.0.2.1', ...redirect),
    lines('Require all granted', ...redirect),
    lines('<Files admin.php>', 'SSLRequireSSL', '</Files>', ...redirect),
    lines('<IfDefine TLS>', 'SSLRequireSSL', '</IfDefine>', ...redirect),
    lines('<IfModule !mod_rewrite.c>', 'SSLRequireSSL', '</IfModule>', ...redirect),
    lines('Require ssl', '<RequireAny>', 'Require all granted', '</RequireAny>', ...redirect),
    lines('AuthMerging Or', 'Require ssl', ...redirect),
  ])
    assert.deepEqual(found(other), [], other);
});

const asking = ['AuthType Basic', 'AuthName x', 'AuthUserFile /etc/users', 'Require valid-user'];

// A real Apache 2.4.71 answered 401 over plain HTTP, and 301 to the password.
test('a password is asked for before the redirect of a folder', () => {
  const [report] = found(lines(...asking, 'RewriteEngine on', ...redirect));
  assert.match(report?.message ?? '', /comes after the password.*unless the server redirects before/);
  assert.equal(report?.severity, 'information');
  const told = (text: string, around = '') =>
    apache
      .check(
        projectOf(
          {
            '/etc/apache2/apache2.conf': `Listen 80\n<VirtualHost *:80>\nDocumentRoot /srv/www\n${around}<Directory /srv/www>\n${text}</Directory>\n</VirtualHost>\n`,
          },
          { complete: true },
        ),
      )
      .filter(({ rule }) => rule === 'redirect-unreached')
      .map(({ severity }) => severity);
  assert.deepEqual(told(lines(...asking, 'RewriteEngine on', ...redirect)), [undefined]);
  assert.deepEqual(told(lines(...asking, 'RewriteEngine on', ...redirect), 'Redirect / https://a.example/\n'), []);
  for (const other of [
    lines(...asking, 'Require ip 192.0.2.1', ...redirect),
    lines(...asking, 'Satisfy Any', ...redirect),
    lines(...asking.map((line) => line.replace('Basic', 'Digest')), ...redirect),
    lines(...asking.map((line) => line.replace('valid-user', 'all granted')), ...redirect),
    lines('<Files admin.php>', ...asking, '</Files>', ...redirect),
    lines(...asking),
    // It answered 302 to the page for 403.
    lines(...asking, 'SSLRequireSSL', 'ErrorDocument 403 https://a.example/', ...redirect),
    lines(...asking, 'RewriteCond %{HTTP_HOST} ^www\\.', 'RewriteRule ^ https://a.example%{REQUEST_URI} [R=301,L]'),
  ])
    assert.deepEqual(found(other), [], other);
});

test('another Require may let in who has come over plain HTTP', () => {
  const folder = lines('<Directory /srv/www/>', 'Require ssl', 'RewriteEngine on', ...redirect, '</Directory>');
  const told = (text: string) =>
    apache
      .check(projectOf({ '/etc/apache2/apache2.conf': `Listen 80\n${text}${folder}` }, { complete: true }))
      .filter(({ rule }) => rule === 'redirect-unreached').length;
  const granted = (section: string) => lines(`<${section}>`, 'Require all granted', `</${section.split(' ')[0]}>`);
  assert.equal(told(''), 1);
  assert.equal(told(granted('Directory /srv') + granted('Directory /usr/share')), 1);
  assert.equal(told(granted('Files .ht*').replace('granted', 'denied')), 1);
  for (const spared of ['Location /', 'Directory /srv/www', 'Directory /srv/www/sub', 'Directory ~ www', 'Files *.txt'])
    assert.equal(told(granted(spared)), 0, spared);
});

test('a rule that may take what the front controller makes of a path leaves the outcome open', () => {
  for (const other of [['RewriteRule ^(.*)$ index.php?q=$1 [L]'], [...there, 'RewriteRule . - [PT]']]) {
    const [open] = found(lines(...noFile, 'RewriteRule . index.php [L]', ...other, ...redirect));
    assert.match(open?.message ?? '', /does not get the addresses of pages/);
  }
});

test('what may well be meant so is left alone', () => {
  for (const text of [
    lines(...redirect, ...noFile, taker),
    lines(...redirect, ...noFile, taker, ...redirect),
    lines('RewriteEngine off', ...noFile, taker, ...redirect),
    lines(...noFile, 'RewriteRule ^blog/ /index.php [L]', ...redirect),
    lines(...noFile, 'RewriteRule . /index.php', ...redirect),
    lines(...noFile, 'RewriteRule . - [L]', ...redirect),
    lines('RewriteCond %{HTTPS} on', ...noFile, taker, ...redirect),
    lines(...noFile, taker, 'RewriteRule ^shop https://shop.example.com/ [R,L]'),
    lines(...noFile, taker, 'RewriteCond %{REMOTE_ADDR} ^192\\.0\\.2\\.', ...redirect),
    lines('RewriteCond %{HTTPS} on', 'RewriteRule ^ - [S=1]', ...noFile, taker, ...redirect),
    lines('RewriteRule ^x y [C]', ...noFile, taker, ...redirect),
    lines(...noFile, taker, 'RewriteRule ^ https://{{ host }}/ [R]'),
    lines(...there.slice(0, 1), end, ...redirect),
    lines('RewriteCond %{REQUEST_FILENAME} -f', end, ...redirect),
    lines(...there, 'RewriteRule ^assets/ - [L]', ...redirect),
    lines(...there, 'RewriteCond %{REQUEST_URI} ^/assets', end, ...redirect),
    lines(...there, 'RewriteRule ^ - [E=THERE:1]', ...redirect),
    lines('RewriteRule ^ index.php [L]', ...redirect),
    lines(...there, 'RewriteRule . - [L]', ...redirect),
    lines('RewriteCond %{REQUEST_FILENAME} -F [OR]', there[2] ?? '', end, ...redirect),
    lines(...noFile, taker, ...redirect.map((line) => line.replace(',L]', ']')), 'RewriteRule ^old /new'),
    lines('RewriteCond %{REQUEST_FILENAME} !-f [OR]', noFile[1] ?? '', taker, ...redirect),
    lines('<VirtualHost *:80>', ...noFile, taker, ...redirect, '</VirtualHost>'),
  ])
    assert.deepEqual(found(text), [], text);
});

test('a redirect is not missed where another comes first, or where nobody asks over plain HTTP', () => {
  const folder = lines('<Directory /srv/www>', 'RewriteEngine on', ...noFile, taker, ...redirect, '</Directory>');
  const host = (port: number, ...inside: readonly string[]) =>
    lines(`<VirtualHost *:${port}>`, 'DocumentRoot /srv/www/public', ...inside, '</VirtualHost>');
  const tls = host(443, 'SSLEngine on');
  const told = (text: string) =>
    apache
      .check(projectOf({ '/etc/apache2/apache2.conf': `Listen 80\nListen 443\n${text}` }, { complete: true }))
      .filter(({ rule }) => rule === 'redirect-unreached').length;
  assert.equal(told(host(80) + tls + folder), 1);
  assert.equal(told(`SSLEngine off\n${host(443, folder)}`), 1);
  assert.equal(told(host(80, 'Redirect /old https://a.example/new', folder)), 1);
  for (const text of [
    host(80, 'Redirect permanent / https://a.example/') + tls + folder,
    host(80, 'RewriteEngine on', 'RewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R,L]', folder),
    host(80).replace('/srv/www', '/srv/status') + tls + folder,
    host(443, 'SSLEngine on', folder),
    `SSLEngine on\n${host(80, folder)}`,
  ])
    assert.equal(told(text), 0, text);
  assert.deepEqual(found(`Redirect / https://a.example/\n${lines(...noFile, taker, ...redirect)}`), []);
});

test('a target with backslashes, as cPanel writes it, is the address that httpd makes of it', () => {
  const written = ['RewriteCond %{HTTPS} off', 'RewriteRule ^(.*)$ "https\\:\\/\\/a\\.example\\/$1" [R=301,L]'];
  assert.equal(found(lines(...noFile, taker, ...written)).length, 1);
  assert.deepEqual(found(lines(...written, ...noFile, taker)), []);
});
