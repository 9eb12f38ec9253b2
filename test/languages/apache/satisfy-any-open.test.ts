import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
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
