import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { createDocument } from '../../../src/text/document.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { projectOf, snippet } from './project.ts';

const reports = (text: string) =>
  apache.check(snippet(text, { complete: true })).filter(({ rule }) => rule === 'login-incomplete');
const found = (inside: string, around = '') =>
  reports(`Listen 80\n${around}\n<Location "/staff">\n${inside}\n</Location>\n`).length;

const users = 'AuthUserFile /etc/users\nRequire valid-user';

// A real Apache 2.4.71 answered 500, with a password and without.
test('a user is required, and nothing says how or for what to ask', () => {
  for (const inside of [
    users,
    `AuthName x\n${users}`,
    `AuthType None\nAuthName x\n${users}`,
    `AuthType Basic\n${users}`,
    'AuthName x\nRequire user alice\nRequire group staff',
  ])
    assert.equal(found(inside), 1, inside);
  assert.equal(found(users, '<Location /other>\nAuthType Basic\nAuthName x\n</Location>'), 1);
  const host = (lines: string) => `<VirtualHost *:80>\n${lines}\n</VirtualHost>`;
  assert.equal(found(users, host('<Location /other>\nAuthType Basic\nAuthName x\n</Location>')), 1);
  const inHost = host(`SSLEngine on\nRedirect / https://example.com/\n<Location /a>\n${users}\n</Location>`);
  assert.equal(reports(inHost).length, 1);
});

// And here 401, or 200.
test('where something may say so, or others are let in, nothing is said', () => {
  for (const inside of [
    `AuthType Basic\nAuthName x\n${users}`,
    `AuthType form\n${users}`,
    `${users}\nSatisfy Any`,
    `${users}\nRequire all granted`,
    `${users}\nRequire env PASS`,
    `<RequireAny>\nRequire valid-user\nRequire all granted\n</RequireAny>`,
    `<RequireAll>\nRequire valid-user\nRequire all denied\n</RequireAll>`,
    `<RequireNone>\nRequire valid-user\n</RequireNone>`,
    `<RequireAny>\n<RequireAll>\nRequire valid-user\n</RequireAll>\nRequire local\n</RequireAny>`,
    '<Limit POST>\nRequire valid-user\n</Limit>',
    `MellonEnable auth\n${users}`,
    `AuthMerging And\n${users}`,
  ])
    assert.equal(found(inside), 0, inside);
  for (const around of [
    '<Location />\nAuthType Basic\nAuthName x\n</Location>',
    '<Directory /srv>\nAuthType Basic\nAuthName x\n</Directory>',
    '<LocationMatch ^/s>\nAuthType Basic\nAuthName x\n</LocationMatch>',
    'MellonEnable info',
    'SSLUserName SSL_CLIENT_S_DN_CN',
    '<If "true">\nRequire all granted\n</If>',
    // The virtual host answers, with what it adds to the section of the main server.
    '<VirtualHost *:80>\n<Location /staff>\nAuthType Basic\nAuthName x\n</Location>\n</VirtualHost>',
    '<Location /other>\nAuthnzFcgiCheckAuthnProvider Foo\n</Location>',
  ])
    assert.equal(found(users, around), 0, around);
  assert.equal(
    reports(`<Location /a>\n${users}\n</Location>\n<Location />\nRequire all granted\n</Location>\n`).length,
    0,
  );
  const text = `<Location /a>\n${users}\n</Location>\n`;
  for (const redirect of [
    'Redirect permanent / https://example.com/',
    'RewriteEngine on\nRewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R,L]',
  ])
    assert.equal(reports(`<VirtualHost *:80>\n${redirect}\n${text}</VirtualHost>\n`).length, 0, redirect);
  assert.ok(apache.check(snippet(text)).every(({ rule }) => rule !== 'login-incomplete'));
  const folder = `<Directory /srv/a>\nAllowOverride All\n${users}\n</Directory>\n`;
  const files = { '/apache2.conf': folder, '/srv/a/.htaccess': 'AuthType Basic\nAuthName x\n' };
  assert.ok(apache.check(projectOf(files, { complete: true })).every(({ rule }) => rule !== 'login-incomplete'));
});

// 500 for those whom the address does not let in, or who fulfil the rest; 200 and 403 for others.
test('it says who is asked for a user where something else is required too', () => {
  const message = (inside: string) => reports(`<Location /a>\n${inside}\n</Location>\n`)[0]?.message;
  for (const inside of [
    `${users}\nRequire ip 10.0.0.1`,
    `<RequireAny>\nRequire local\nRequire valid-user\n</RequireAny>`,
  ])
    assert.match(message(inside) ?? '', /^Every request that nothing else lets in gets 500 /, inside);
  const all = `<RequireAll>\nRequire ssl\nRequire valid-user\n</RequireAll>`;
  assert.match(message(`AuthName x\n${all}`) ?? '', /^Every request that fulfils the rest gets 500 /);
  assert.match(message('<RequireAll>\nRequire valid-user\n</RequireAll>') ?? '', /^Every request gets 500 /);
  const text = `<Location /a>\n  AuthType Basic\n  ${all}\n</Location>\n`;
  const edits = reports(text)[0]?.fixes?.[0]?.edits ?? [];
  assert.equal(applyEdits(text, edits), text.replace('  <Require', '  AuthName "Restricted"\n  <Require'));
});

// 401 without a password, and 500 with any.
test('a password is asked for, and no file has one', () => {
  const basic = 'AuthType Basic\nAuthName x\nRequire valid-user';
  const [report] = reports(`<Location /a>\n${basic}\n</Location>\n`);
  assert.match(report?.message ?? '', /^Every login gets 500 here: .* no AuthUserFile /);
  for (const more of ['AuthUserFile /etc/users', 'AuthBasicProvider ldap', 'AuthBasicAuthoritative Off'])
    assert.equal(found(`${basic}\n${more}`), 0, more);
  assert.equal(found(basic, '<Location />\nAuthUserFile /etc/users\n</Location>'), 0);
  assert.equal(found(basic.replace('Basic', 'Digest')), 0);
});

test('its fix asks for a password, where there is a file of them', () => {
  const text = `<Location /a>\n  AuthName x\n  ${users.replace('\n', '\n  ')}\n</Location>\n`;
  const edits = reports(text)[0]?.fixes?.[0]?.edits ?? [];
  assert.equal(applyEdits(text, edits), text.replace('  Require', '  AuthType Basic\n  Require'));
  assert.deepEqual(reports('<Location /a>\nRequire valid-user\n</Location>\n')[0]?.fixes, []);
});

// And 401 here: the file is read before the section of the location.
test('a file in the folder of a location may say how to ask', () => {
  const main = `DocumentRoot /srv/\n<Directory /srv>\nAllowOverride All\n</Directory>\n<Location /a/>\n${users}\n</Location>\n`;
  const rules = (inFolder: string) => {
    const path = '/srv/a/.htaccess';
    const folderFiles = new Map([[path, apache.parse(createDocument(path, inFolder))]]);
    const project = { ...snippet(main, { complete: true }), folderFiles };
    return apache.check(project).filter(({ rule }) => rule === 'login-incomplete').length;
  };
  assert.ok(apache.folderFiles?.(snippet(main, { complete: true })).includes('/srv/a/.htaccess'), 'is looked for');
  assert.equal(rules('AuthType Basic\nAuthName x\n'), 0);
  assert.equal(rules('Options None\n'), 1);
});
