import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { projectOf, snippet } from './project.ts';

function found(text: string, options: Parameters<typeof snippet>[1] = { complete: true }) {
  return apache.check(snippet(`${text}\n`, options)).filter(({ rule }) => /^session-(?:pass|cookie)/.test(rule));
}

const ids = (text: string, options?: Parameters<typeof snippet>[1]) => found(text, options).map(({ rule }) => rule);
const form = 'AuthType form\nAuthName x\nAuthFormProvider file\nRequire valid-user';
const cookie = 'SessionCookieName session path=/;HttpOnly';
const kept = `Session On\n${cookie}`;
const secret = 'SessionCryptoPassphrase secret';
const at = (lines: string, path = '/') => `<Location ${path}>\n${lines}\n</Location>`;
const host = (lines: string, name = 'a') =>
  `<VirtualHost *:443>\nServerName ${name}\nSSLEngine on\n${lines}\n</VirtualHost>`;

test('the password lies in the cookie wherever nothing encrypts the session', () => {
  for (const text of [
    at(`${form}\n${kept}`),
    `${kept}\n${at(form)}`,
    `${kept}\n<Directory /srv/www>\n${form}\n</Directory>`,
    `Session On\n<IfModule mod_session_cookie.c>\n${at(`${cookie}\n${form.replace('form', 'Form')}`)}\n</IfModule>`,
    at(`${form}\n${kept}\nSetHandler form-login-handler`, '/login').replace('\nRequire valid-user', ''),
    `Session Off\n${at(`${form}\n${kept}`)}`,
    `${kept}\n<VirtualHost *:80>\nServerName a\n${at(form)}\n</VirtualHost>`,
    `<VirtualHost *:80>\nServerName a\n${kept}\n${at(form)}\n</VirtualHost>\n<VirtualHost *:80>\nServerName b\n${secret}\n</VirtualHost>`,
    at(`${form}\n${kept}\nAuthFormSitePassphrase x`),
    ...['/b', '/a/b', '/ab'].map((path) => `${at(`${form}\n${kept}`, '/a')}\n${at('Session Off', path)}`),
    `${at('Session Off', '/')}\n${at(`${form}\n${kept}`, '/a')}`,
    // The main server's sections come first.
    `<VirtualHost *:80>\nServerName a\n${at(`${form}\n${kept}`)}\n</VirtualHost>\n${at('Session Off')}`,
    // Of another path, or of a part of this one.
    `${kept}\n${at(secret, '/b')}\n${at(form, '/a')}`,
    `${kept}\n${at(secret, '/a/b')}\n${at(form, '"/a/"')}`,
    `${kept}\n${at(secret, '/a')}\n${at(form, '/ab')}`,
    `${at(secret, '/b')}\n${host(`${kept}\n${at(form, '/a')}`).replace('SSLEngine on', '')}`,
  ])
    assert.deepEqual(ids(text), ['session-password-readable'], text);
});

test('nothing is said where the session is encrypted, kept elsewhere, or holds no password', () => {
  for (const text of [
    kept,
    at(`${kept}\n${form.replace('form', 'Basic')}`),
    at(`${form}\n${cookie}`),
    `${at(`${form}\n${kept}`)}\n${secret}`,
    at(`${form}\n${kept}\n${secret}`),
    at(`${form}\n${kept}\nSessionCryptoPassphraseFile /etc/apache2/secret`),
    `${kept}\n<Directory /srv/www>\n${secret}\n</Directory>\n${at(form)}`,
    ...['/a', '/a/', '/'].map((around) => `${kept}\n${at(secret, around)}\n${at(form, '/a/b')}`),
    `${kept}\n${at(secret, '/b').replaceAll('Location', 'LocationMatch')}\n${at(form, '/a')}`,
    `${kept}\n${at(secret, '/b*')}\n${at(form, '/a')}`,
    `${kept}\n<Files x>\n${form}\n</Files>\n${at(secret, '/b')}`,
    `${at(secret, '/')}\n${host(`${kept}\n${at(form, '/a')}`).replace('SSLEngine on', '')}`,
    at(`${form}\nSession On\nSessionDBDCookieName session path=/`),
    at(`${form}\n${kept}\nSessionDBDCookieName session path=/`),
    at(`${form}\n${kept}`).replace('Require valid-user', 'Require all granted'),
    at(`${form}\n${kept}`).replace('Session On', 'Session {{ session }}'),
    at(`${form}\n<If "%{HTTPS} == 'on'">\n${kept}\n</If>`),
    `${secret}\n<VirtualHost *:80>\nServerName a\n${kept}\n${at(form)}\n</VirtualHost>`,
    `${kept}\nSession Off\n${at(form)}`,
    ...['/a', '/'].map((path) => `${at(`${form}\n${kept}`, '/a')}\n${at('Session Off', path)}`),
    `${at('Session Off', '/')}\n${kept}\n${at(form, '/a')}`,
    `<VirtualHost *:80>\nServerName a\n${kept}\n${at(form)}\n</VirtualHost>\n${at('Session Off')}`,
    `<Directory /srv/www>\n${form}\n${kept}\n</Directory>\n${at('Session off')}`,
    // No browser keeps it.
    at(`${form}\n${kept}`).replace('CookieName', 'CookieName2'),
    // Of another path than that of the login.
    `${at(kept, '/other')}\n${at(form)}`,
  ])
    assert.deepEqual(ids(text), [], text);
});

test('in a part of a configuration another file may encrypt it', () => {
  const [report] = found(at(`${form}\n${kept}`), {});
  assert.equal(report?.severity, 'information');
  assert.match(report?.message ?? '', /, unless another file encrypts it:/);
  const folder = (main: string) => ({
    ...projectOf({ '/srv/www/.htaccess': `${form}\n${kept}\n` }),
    readBy: { server: projectOf({ '/apache2.conf': main }, { complete: true }), files: ['/srv/www/.htaccess'] },
  });
  const said = (main: string) => apache.check(folder(main)).filter(({ rule }) => rule === 'session-password-readable');
  assert.deepEqual(
    said('Listen 80\n').map(({ severity }) => severity),
    ['information'],
  );
  assert.deepEqual(said(`${secret}\n`), []);
});

test('a login over TLS keeps its cookie to HTTPS', () => {
  const site = host(`${kept}\n${secret}\n${at(form)}`);
  assert.deepEqual(ids(site), ['session-cookie-plain']);
  assert.equal(found(site, {})[0]?.severity, 'information');
  assert.deepEqual(ids(site.replace('path=/;HttpOnly', '$&\nSessionCookieName2 session path=/')), [
    'session-cookie-plain',
  ]);
  for (const other of ['path=/', 'domain=a.example;path=/;', 'path=/; HttpOnly; insecure=1']) {
    const text = site.replace('path=/;HttpOnly', other);
    const [report] = found(text);
    const mended = applyEdits(text, report?.fixes?.[0]?.edits ?? []);
    assert.match(mended, /[^;];Secure$/m);
    assert.deepEqual(ids(mended), [], mended);
  }
  for (const text of [
    site.replace('HttpOnly', 'secure'),
    site.replace('HttpOnly', 'HttpOnly; Secure ; SameSite=Lax'),
    site.replace('CookieName', 'CookieName2'),
    // Apache writes both by itself.
    site.replace(' path=/;HttpOnly', ''),
    site.replace('path=/', 'path={{ path }}'),
    site.replace('SSLEngine on', ''),
    site.replace('AuthType form', 'AuthType Basic'),
    `${site}\nHeader always set Strict-Transport-Security max-age=63072000`,
    site.replace('SSLEngine', 'Header always edit Set-Cookie (.*) $1;Secure\nSSLEngine'),
    // Over plain HTTP nobody could log in any more.
    `${kept}\n${secret}\n${host(at(form))}\n<VirtualHost *:80>\nServerName a\n${at(form)}\n</VirtualHost>`,
  ])
    assert.deepEqual(ids(text), [], text);
});

test('a file that several sites include is judged once, for all of them', () => {
  const login = at(`${form}\n${kept}\n${secret}`);
  const include = 'Include /work/login.inc';
  const found = (...hosts: readonly string[]) =>
    apache
      .check(projectOf({ '/work/apache2.conf': `${hosts.join('\n')}\n`, '/work/login.inc': login }, { complete: true }))
      .filter(({ rule }) => rule === 'session-cookie-plain').length;
  const plain = `<VirtualHost *:80>\nServerName a\n${include}\n</VirtualHost>`;
  const safe = host(`${include}\nHeader always set Strict-Transport-Security max-age=63072000`, 'b');
  assert.equal(found(host(include), host(include, 'c'), safe), 1);
  assert.equal(found(host(include), plain), 0);
  assert.equal(found(safe), 0);
});
