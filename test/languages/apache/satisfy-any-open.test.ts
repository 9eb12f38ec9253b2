import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { createDocument } from '../../../src/text/document.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { projectOf, snippet } from './project.ts';

const reports = (text: string) =>
  apache.check(snippet(text, { complete: true })).filter(({ rule }) => rule === 'satisfy-any-open');
const found = (inside: string, around = '') =>
  reports(`Listen 80\n<Location "/staff">\n${inside}\n</Location>\n${around}\n`).length;

const password = 'AuthType Basic\nAuthName x\nAuthUserFile /etc/users\nRequire valid-user';

// A real Apache 2.4.71 answered 200 to a request without a password, from 127.0.0.1.
test('what is required counts for nothing beside Satisfy Any without Deny', () => {
  for (const inside of [
    `${password}\nSatisfy Any`,
    'Satisfy any\nRequire all denied',
    'Require ip 10.0.0.0/8\nSatisfy Any',
    `Satisfy All\nSatisfy Any\n${password}`,
    'Satisfy Any\n<RequireAll>\nRequire all granted\nRequire not ip 127.0.0.1\n</RequireAll>',
    `Allow from 10.0.0.0/8\nSatisfy Any\n${password}`,
    `Order deny,allow\nAllow from 10.0.0.0/8\nSatisfy Any\n${password}`,
    `Satisfy Any\n${password.replace('Require', '<RequireAll>\nRequire ip 10.0.0.1\nRequire')}\n</RequireAll>`,
  ])
    assert.equal(found(inside), 1, inside);
  const denied = '<Location />\nDeny from all\n</Location>\n';
  assert.equal(reports(`${denied}<Location /p>\n${password}\nSatisfy Any\n</Location>`).length, 1);
});

// And here 401 or 403, or nothing is to be refused.
test('where somebody is refused, or all are let in on purpose, nothing is said', () => {
  for (const inside of [
    `Deny from all\nAllow from 10.0.0.0/8\nSatisfy Any\n${password}`,
    `Order allow,deny\nAllow from 10.0.0.0/8\nSatisfy Any\n${password}`,
    `Order mutual-failure\nSatisfy Any\n${password}`,
    `Satisfy Any\nSatisfy All\n${password}`,
    'Satisfy Any',
    'Satisfy Any\nRequire all granted',
    'Satisfy Any\n<RequireAny>\nRequire all granted\n</RequireAny>',
    `Satisfy Any\n${password}\nInclude conf/access.conf`,
    `Satisfy Any\nAllow from all\n${password}`,
    `Satisfy Any\nSSLVerifyClient require\n${password}`,
    `Satisfy Any\nSSLRequire true\n${password}`,
    // Subversion 1.14.5 asked for a password.
    `Satisfy Any\nAuthzSVNAccessFile /etc/access\n${password}`,
    `Satisfy Any\nLuaHookAccessChecker a.lua check\n${password}`,
    `Satisfy Any\nWSGIAccessScript /srv/access.wsgi\n${password}`,
    `Satisfy Any\n${password}\n</Location>\n<VirtualHost *:443>\nSSLVerifyClient require\n</VirtualHost>\n<Location /b>`,
    `Satisfy Any\n${password}\n<Limit GET>\nDeny from all\n</Limit>`,
  ])
    assert.equal(found(inside), 0, inside);
});

test('what is merged later may refuse', () => {
  const open = `${password}\nSatisfy Any`;
  const denied = 'Order deny,allow\nDeny from all';
  assert.equal(found(open, `<Location />\n${denied}\n</Location>`), 0);
  assert.equal(found(open, `<LocationMatch x>\n${denied}\n</LocationMatch>`), 0);
  assert.equal(found(open, `<Location /other>\n${denied}\n</Location>`), 1);
  assert.equal(found(open, `<Directory /srv>\n${denied}\n</Directory>`), 1);
  assert.equal(found(open, `<If "true">\n${denied}\n</If>`), 0);
  assert.equal(found(open, `<VirtualHost *:80>\n<Location />\n${denied}\n</Location>\n</VirtualHost>`), 0);
  const folder = (others: string) => reports(`<Directory /srv/a>\n${open}\n</Directory>\n${others}`).length;
  assert.equal(folder(`<Location /x>\n${denied}\n</Location>`), 0);
  assert.equal(folder(`<Files "*">\n${denied}\n</Files>`), 0);
  assert.equal(folder(`<Files ".ht*">\n${denied}\n</Files>`), 1);
  assert.equal(folder(`<Directory /srv/a/>\n${denied}\n</Directory>`), 0);
  assert.equal(folder(`<Directory /srv/*>\n${denied}\n</Directory>`), 0);
  assert.equal(folder(`<Directory /srv/b>\n${denied}\n</Directory>`), 1);
  const files = (others: string) => reports(`<Files a.html>\n${open}\n</Files>\n${others}`).length;
  assert.equal(files(`<FilesMatch "html$">\n${denied}\n</FilesMatch>`), 0);
  assert.equal(files(`<FilesMatch "^\\.ht">\n${denied}\n</FilesMatch>`), 1);
});

// Each answered 200, and 403 or no handshake.
test('what refuses other requests does not count', () => {
  const open = 'Satisfy Any\nRequire all denied';
  const tls = 'Listen 443\n<VirtualHost *:443>\n';
  const beside = (others: string, end = '') =>
    reports(`${tls}<Location /staff>\n${open}\n</Location>\n${others}\n</VirtualHost>\n${end}`).length;
  const other =
    '<VirtualHost *:8443>\nSSLVerifyClient require\n<Location />\nSSLRequire true\n</Location>\n</VirtualHost>\n';
  for (const refusing of ['SSLRequire true', 'SSLVerifyClient require']) {
    assert.equal(beside(`<Location /other>\n${refusing}\n</Location>`), 1, refusing);
    assert.equal(beside('', other), 1);
    assert.equal(beside(`<Location />\n${refusing}\n</Location>`), 0, refusing);
    assert.equal(beside(`<Directory /srv>\n${refusing}\n</Directory>`), 0, refusing);
    assert.equal(beside('', `<Location />\n${refusing}\n</Location>\n`), 0, refusing);
  }
  assert.equal(beside('SSLVerifyClient require'), 0);
  assert.equal(beside('', '<If "true">\nDeny from all\n</If>\n'), 0);
  assert.equal(beside('', `${other}<VirtualHost *:80>\n<If "true">\nDeny from all\n</If>\n</VirtualHost>\n`), 1);
  const limited = '<Limit GET>\nDeny from all\n</Limit>';
  assert.equal(beside(`<Location />\n${limited}\n</Location>`), 0);
  assert.equal(beside(`<Directory /srv>\n${limited}\n</Directory>`), 1);
  assert.equal(beside('<Location />\nInclude conf/access.conf\n</Location>'), 0);
  assert.equal(beside('<Location /other>\nInclude conf/access.conf\n</Location>'), 1);
});

test('a pattern of paths may be for whatever is merged later', () => {
  const denied = '<Location /staff>\nDeny from all\n</Location>\n';
  const pattern = `<LocationMatch "^/staff">\n${password}\nSatisfy Any\n</LocationMatch>\n`;
  assert.equal(reports(`Listen 80\n${pattern}${denied}`).length, 0);
  assert.equal(reports(`Listen 80\n${denied}${pattern}`).length, 1);
  const folder = '<Directory /srv/a>\nDeny from all\n</Directory>\n';
  const folders = `<Directory "/srv/*">\n${password}\nSatisfy Any\n</Directory>\n`;
  assert.equal(reports(`Listen 80\n${folders}${folder}`).length, 0);
  const match = folders.replaceAll('Directory', 'DirectoryMatch');
  assert.equal(reports(`Listen 80\n${match}${folder}`).length, 1);
});

test('a .htaccess of the folder is merged behind its section', () => {
  const inFolder = (overrides: string, says: string) => {
    const text = `ServerRoot /etc\nListen 80\nDocumentRoot /srv\n<Directory /srv/>\nAllowOverride ${overrides}\n${password}\nSatisfy Any\n</Directory>\n`;
    const file = apache.parse(createDocument('/srv/.htaccess', `${says}\n`));
    const whole = snippet(text.replace('DocumentRoot /srv', ''), { complete: true });
    assert.equal(apache.folderFiles?.(whole).includes('/srv/.htaccess'), overrides !== 'None', 'is looked for');
    const project = { ...snippet(text, { complete: true }), folderFiles: new Map([['/srv/.htaccess', file]]) };
    return apache.check(project).filter(({ rule }) => rule === 'satisfy-any-open').length;
  };
  assert.equal(inFolder('All', 'Deny from all'), 0);
  assert.equal(inFolder('None', 'Deny from all'), 1);
  assert.equal(inFolder('All', 'DirectoryIndex a.html'), 1);
});

test('a .htaccess is read as the section of its folder, and as a part of more', () => {
  const inFolder = (text: string) =>
    apache
      .check(projectOf({ '/srv/www/.htaccess': `${text}\n` }))
      .flatMap(({ rule, severity }) => (rule === 'satisfy-any-open' ? severity : []));
  assert.deepEqual(inFolder(`${password}\nSatisfy Any`), ['information']);
  assert.deepEqual(inFolder(`<Files a>\n${password}\nSatisfy Any\n</Files>`), ['information']);
  assert.deepEqual(inFolder(`${password}\nSatisfy Any\n<Files *>\nDeny from all\n</Files>`), []);
  assert.deepEqual(inFolder(`${password}\nSatisfy Any\nDeny from all`), []);
  assert.deepEqual(inFolder(`${password}\nSatisfy Any\nSSLVerifyClient require`), []);
});

test('what an include that is not at hand may refuse is information', () => {
  const open = `<Location /p>\n${password}\nSatisfy Any\n</Location>\n`;
  const project = (text: string) => ({ ...snippet(text, { complete: true }), included: () => undefined });
  const severities = (text: string) =>
    apache.check(project(text)).flatMap(({ rule, severity }) => (rule === 'satisfy-any-open' ? [severity] : []));
  const host = (lines: string) => `<VirtualHost *:443>\n${lines}</VirtualHost>\n`;
  assert.deepEqual(severities(host(`${open}Include conf/tls.conf\n`)), ['information']);
  assert.deepEqual(severities(`${host(open)}Include conf/tls.conf\n`), ['information']);
  assert.deepEqual(severities(`${host(open)}${host('Include conf/tls.conf\n')}`), [undefined]);
});

test('its fix leaves what was meant', () => {
  const fixed = (text: string) => {
    const [edit] = reports(text)[0]?.fixes?.[0]?.edits ?? [];
    return edit && applyEdits(text, [edit]);
  };
  const old = `<Location /p>\n  Allow from 10.0.0.0/8\n  ${password}\n  Satisfy Any\n</Location>\n`;
  assert.equal(fixed(old), old.replace('  Satisfy', '  Deny from all\n  Satisfy'));
  const modern = `<Location /p>\n  ${password}\n  Satisfy Any\n</Location>\n`;
  assert.equal(fixed(modern), modern.replace('  Satisfy Any\n', ''));
});

// With a password 200 over plain HTTP, without one 200 over HTTPS; with StrictRequire 403, but for those whom Deny refuses.
test('a password opens over plain HTTP what SSLRequireSSL refuses', () => {
  const inFolder = (inside: string, host = '') =>
    reports(
      `Listen 80\n<VirtualHost *:80>\nDocumentRoot /srv/a\n${host}</VirtualHost>\n<Directory /srv/a>\nSatisfy Any\n${inside}\n</Directory>\n`,
    );
  const refused = `SSLRequireSSL\n${password}`;
  const [report, ...others] = inFolder(refused);
  assert.ok(report && others.length === 0);
  assert.match(
    report.message,
    /^Plain HTTP gets in here with a password, .*, and HTTPS without one: .* Delete this line/,
  );
  assert.equal(report.fixes?.[0]?.edits[0]?.newText, '');
  const [denied] = inFolder(`${refused}\nDeny from all`);
  assert.match(denied?.message ?? '', /on the way: .* Put "Require ssl" and the Require lines into <RequireAll>\.$/);
  assert.deepEqual(denied?.fixes, []);
  const [two] = inFolder(`${refused}\nRequire user a\nOrder allow,deny`);
  assert.match(two?.message ?? '', /into <RequireAll>, those in a <RequireAny>\.$/);
  const [allowed] = inFolder(`${refused}\nAllow from 10.0.0.1`);
  assert.equal(allowed?.fixes?.[0]?.edits[0]?.newText, 'SSLOptions +StrictRequire\n');
  const inHost = (engine: string) =>
    reports(
      `Listen 443\n<VirtualHost *:443>\n${engine}\n<Location /p>\n${refused}\nSatisfy Any\n</Location>\n</VirtualHost>\n`,
    );
  assert.match(inHost('SSLEngine on')[0]?.message ?? '', /^Everybody gets in here: .* Delete this line/);
  assert.deepEqual(inHost(''), []);
  const strict = `${refused}\nSSLOptions +StrictRequire`;
  assert.equal(inFolder(strict).length, 0);
  assert.equal(inFolder(`${strict}\nDeny from all`).length, 1);
  assert.equal(inFolder(`${strict}\nOrder allow,deny\nAllow from 10.0.0.1`).length, 1);
  assert.equal(inFolder(`${strict}\nOrder allow,deny\nAllow from all`).length, 0);
  assert.equal(inFolder(`${refused}\nSatisfy All`).length, 0);
  assert.equal(inFolder('SSLRequireSSL\nRequire ip 10.0.0.0/8').length, 0);
  assert.equal(inFolder(refused, 'Redirect / https://example.com/\n').length, 0);
  assert.equal(inFolder(refused, 'SSLEngine on\n').length, 0);
});
