import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { projectOf, snippet } from './project.ts';

function found(text: string, options: Parameters<typeof snippet>[1] = { complete: true }) {
  return apache.check(snippet(`${text}\n`, options)).filter(({ rule }) => rule.startsWith('ldap-'));
}

const ids = (text: string, options?: Parameters<typeof snippet>[1]) => found(text, options).map(({ rule }) => rule);
const url = (host = 'ldap.example.com', scheme = 'ldap', word = '') =>
  `AuthLDAPURL "${scheme}://${host}/dc=example,dc=com?cn" ${word}`;
const asking = 'AuthType Basic\nAuthName x\nAuthBasicProvider ldap\nRequire valid-user';
const site = (lines: string) => `Listen 80\n<Location />\n${lines}\n</Location>`;
const off = 'LDAPVerifyServerCert Off';

test('passwords go in clear wherever they are asked for', () => {
  for (const text of [
    site(`${asking}\n${url()}`),
    site(`${asking}\n${url('ldap.example.com:389 192.0.2.1')}`),
    site(`${asking}\n${url('localhost ldap2.example.com', 'LDAP', 'none')}`),
    site(`${url()}\n${asking.replace('Require valid-user', '<Limit GET>\nRequire user a\n</Limit>')}`),
    site(`${url()}\n${asking.replace('ldap', 'file ldap')}`),
    site(`${url()}\n${asking}\n<Files open>\nRequire all granted\n</Files>`),
    site(`${url()}\n${asking.replace('AuthBasicP', 'AuthFormP').replace('Type Basic', 'Type form')}`),
    `<IfModule mod_authnz_ldap.c>\n${site(`${asking}\n${url()}`)}\n</IfModule>`,
    `Define DIR ldap.example.com\n${site(`${asking}\n${url(`\${DIR}`)}`)}`,
    `<AuthnProviderAlias ldap staff>\n${url()}\n</AuthnProviderAlias>\n${site(asking.replace('ldap', 'staff'))}`,
    `<VirtualHost *:80>\nServerName a\n${site(`${asking}\n${url()}`).replace('Listen 80\n', '')}\n</VirtualHost>`,
    `LDAPTrustedMode SSL\n<VirtualHost *:80>\nServerName a\nLDAPTrustedMode NONE\n<Location />\n${asking}\n${url()}\n</Location>\n</VirtualHost>`,
    `${off}\n${site(`${asking}\n${url()}`)}`,
    `<Directory />\n${url()}\nRequire all granted\n</Directory>\n${site(asking)}`,
    `DocumentRoot /srv/www\n<Directory "/srv/www/">\n${url()}\n</Directory>\n${site(asking)}`,
  ])
    assert.deepEqual(ids(text), ['ldap-plain'], text);
  const [report] = found(site(`AuthLDAPBindDN cn=a\nAuthLDAPBindPassword b\n${url()}\nRequire ldap-group cn=b`));
  assert.match(report?.message ?? '', /^The password of AuthLDAPBindDN goes/);
});

test('nothing is said of directories on this machine, with TLS, or that are told no password', () => {
  for (const text of [
    ...['localhost', '127.0.0.1:3890', '[::1]', '', 'openldap', 'localhost:389 [::1]', '{{ ldap }}.example.com'].map(
      (host) => site(`${asking}\n${url(host)}`),
    ),
    ...['localhost.localdomain', 'localhost.', 'host.docker.internal:389', '%{ldap}.example.com'].map((host) =>
      site(`${asking}\n${url(host)}`),
    ),
    site(`${asking}\n${url('%2fvar%2frun%2fldapi', 'ldapi')}`),
    site(`${asking}\n${url(`\${DIRECTORY}`)}`),
    site(`${asking}\n${url('ldap.example.com:636')}`),
    site(`${asking}\n${url('ldap.example.com', 'ldaps')}`),
    site(`${asking}\n${url('ldap.example.com', 'ldaps', 'NONE')}`),
    ...['STARTTLS', 'tls', 'SSL', '{{ mode }}'].map((word) =>
      site(`${asking}\n${url('ldap.example.com', 'ldap', word)}`),
    ),
    // What of several URLs says something holds for all of them.
    site(`${asking}\n${url('ldap.example.com', 'ldap', 'TLS')}\n${url()}`),
    // The section of all paths is merged after folders.
    `<Directory />\n${asking}\n${url()}\n</Directory>\n${site('Require all granted')}`,
    `<Directory />\n${asking}\n${url()}\n</Directory>\n${site('AuthBasicProvider file')}`,
    `DocumentRoot /srv/www\n<Directory /srv/other>\n${url()}\n</Directory>\n${site(asking)}`,
    // It forgets what folders say of theirs.
    `<Directory /srv/other>\n${asking}\n${url()}\n</Directory>\n${site(url('ldap.example.com', 'ldaps'))}`,
    `LDAPTrustedMode TLS\n${site(`${asking}\n${url()}`)}`,
    `${site(`${asking}\n${url()}`)}\nLDAPTrustedMode \${MODE}`,
    // The virtual host's requests are answered there too.
    `${site(`${asking}\n${url()}`)}\n<VirtualHost *:80>\nServerName a\nLDAPTrustedMode TLS\n</VirtualHost>`,
    `<IfDefine PLAIN>\n${site(`${asking}\n${url()}`)}\n</IfDefine>`,
    `Listen 80\n${asking}\n${url()}`,
    site(`${url()}\n${asking.replace('valid-user', 'all granted')}`),
    site(`Require all granted\n${url()}\n${asking}\nSatisfy any`),
    site(`${url()}\n${asking.replace('Basic\n', 'GSSAPI\n')}`),
    site(`${url()}\n${asking.replace('Provider ldap', 'Provider file')}`),
    site(`${url()}\nRequire ldap-group cn=b`),
    `<AuthnProviderAlias ldap staff>\n${url()}\n</AuthnProviderAlias>\n${site(asking.replace('ldap', 'others'))}`,
  ])
    assert.deepEqual(ids(text), [], text);
});

test('of a part, or with an include that is not at hand, it is only likely', () => {
  const text = `<Location />\n${asking}\n${url()}\n</Location>`;
  const [part] = found(text, {});
  assert.equal(part?.severity, 'information');
  assert.match(part.message, /unless LDAPTrustedMode elsewhere says otherwise/);
  assert.equal(
    apache.check(projectOf({ '/srv/www/.htaccess': `${asking}\n${url()}\n` })).at(-1)?.severity,
    'information',
  );
  assert.equal(found(text.replace('?cn"', '?cn" NONE'), {})[0]?.severity, undefined);
});

test('in a private network it is worth knowing', () => {
  for (const host of ['10.0.0.5:389', 'ldap.ldap.svc.cluster.local', '[fd00::1]:389'])
    assert.equal(found(site(`${asking}\n${url(host)}`))[0]?.severity, 'information', host);
  const [both] = found(site(`${asking}\n${url('10.0.0.5 ldap.example.com')}`));
  assert.equal(both?.severity, undefined);
  assert.match(both?.message ?? '', /ldap\.example\.com/);
});

test('one directory is told once, and one fix mends all places', () => {
  const place = `${asking}\n${url('ldap.example.com', 'ldap', 'NONE')}`;
  const macro = `<Macro members $path>\n<Location $path>\n${asking}\n${url()}\n</Location>\n</Macro>\nUse members /a\nUse members /b`;
  const text = `${site(place)}\n${macro}\n`;
  const reports = found(text);
  assert.equal(reports.length, 1);
  const fixed = applyEdits(text, reports[0]?.fixes?.[0]?.edits ?? []);
  assert.equal(fixed.split('STARTTLS').length, 3, fixed);
  assert.deepEqual(ids(fixed), []);
});

test('a directory that is not verified is told where it hears passwords over ldaps', () => {
  const secure = site(`${asking}\n${url('ldap.example.com', 'ldaps')}`);
  assert.deepEqual(ids(`${secure}\n${off}`), ['ldap-unverified']);
  assert.deepEqual(ids(`LDAPTrustedMode SSL\n${off}\n${site(`${asking}\n${url()}`)}`), ['ldap-unverified']);
  for (const text of [
    `${off}\n${secure}\nLDAPVerifyServerCert On`,
    `${off}\n${site(`${asking}\n${url('ldap.example.com', 'ldap', 'STARTTLS')}`)}`,
    `${off}\n${site(`${asking}\n${url('localhost', 'ldaps')}`)}`,
    `${off}\n${site('Require all granted')}`,
    `<IfDefine TEST>\n${off}\n</IfDefine>\n${secure}`,
    `LDAPVerifyServerCert \${VERIFY}\n${secure}`,
  ])
    assert.deepEqual(ids(text), [], text);
});
