import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { snippet } from './project.ts';

const guard = `Require expr "%{SSL_CLIENT_S_DN_CN} == 'alice'"`;

interface Around {
  readonly main?: string;
  readonly mode?: string;
  readonly engine?: string;
}

/** How often it is told of a virtual host that says this. */
function told(lines: string, { main = '', mode = 'optional_no_ca', engine = 'on' }: Around = {}): number {
  const host = `<VirtualHost *:443>\nServerName a\nSSLEngine ${engine}\nSSLVerifyClient ${mode}\n${lines}\n</VirtualHost>`;
  const project = snippet(`Listen 443\n${main}\n${host}\n`, { complete: true });
  return apache.check(project).filter(({ rule }) => rule === 'client-certificate-unverified').length;
}

const at = (lines: string) => `<Location /a>\n${lines}\n</Location>`;
const basic = 'AuthType Basic\nAuthName x\nAuthUserFile u\nRequire valid-user';

// A real Apache 2.4.71 let a certificate in that its owner had signed, over TLS 1.2 and 1.3.
test('a name that is asked for alone lets in', () => {
  for (const lines of [
    at(guard),
    at('Require expr %{SSL:SSL_CLIENT_I_DN} =~ /CN=Real CA/'),
    at(`Require expr "%{SSL_CLIENT_S_DN_CN} in {'bob', 'alice'} || %{SSL_CLIENT_M_SERIAL} == '0A'"`),
    at('SSLRequire (%{SSL_CLIENT_S_DN_O} eq "Snake Oil" and %{SSL_CLIENT_S_DN_OU} in {"A", "B"})'),
    at('SSLRequire %{SSL_CLIENT_S_DN_O} eq "Snake Oil"\nOrder allow,deny\nAllow from all'),
    at(`SSLOptions +FakeBasicAuth +StrictRequire\n${basic}`),
    at(`SSLOptions +FakeBasicAuth\n${basic.replace('Basic', '"Basic"')}`),
    `SSLOptions +StdEnvVars +FakeBasicAuth\n${at(basic)}`,
    `SSLUserName SSL_CLIENT_S_DN_CN\n${at('Require user alice')}`,
    at('SSLUserName SSL_CLIENT_S_DN_O\nAuthType Basic\nRequire valid-user'),
    `${at(guard)}\n<Location /b>\nRequire ip 10.0.0.1\n</Location>`,
    `${at(guard)}\nCustomLog x "%{SSL_CLIENT_VERIFY}x"`,
    at(`Require ip 10.0.0.1\n${guard}`),
    `<LocationMatch ^/>\nRequire all denied\n</LocationMatch>\n${at(guard)}`,
    `<Directory /srv>\n${guard}\n</Directory>\n<FilesMatch "^\\.ht">\nRequire all denied\n</FilesMatch>`,
    `<Files "*">\n${guard}\n</Files>`,
    `${at(guard)}\n<Location /a/b>\nRequire all denied\n</Location>`,
  ])
    assert.equal(told(lines), 1, lines);
});

test('nothing is said where somebody looks at the outcome, or more than a name is asked for', () => {
  for (const lines of [
    '',
    at('Require all granted'),
    at(basic),
    at('Require user alice'),
    `SSLUserName SSL_CLIENT_S_DN_CN\n${at('Require all granted')}`,
    `SSLUserName SSL_CLIENT_S_DN_CN\n${at('SSLUserName REMOTE_PORT\nRequire valid-user')}`,
    at('SSLUserName SSL_CLIENT_VERIFY\nRequire user SUCCESS'),
    // Read as numbers, these are all equal, and everybody comes in.
    at(`Require expr "%{SSL_CLIENT_S_DN_CN} eq 'alice'"`),
    at(`Require expr "%{SSL_CLIENT_S_DN_CN} != 'bob'"`),
    at(`Require expr "%{SSL_CLIENT_S_DN_CN} == ''"`),
    at(`Require expr "%{SSL_CLIENT_S_DN_CN} == 'alice' && %{SSL_CLIENT_VERIFY} == 'SUCCESS'"`),
    at(`Require expr "%{SSL_CLIENT_S_DN_CN} == 'alice' && %{HTTP_X} == 'a'"`),
    at(`Require not expr "%{SSL_CLIENT_S_DN_CN} == 'alice'"`),
    at(`<RequireAll>\nRequire ssl-verify-client\n${guard}\n</RequireAll>`),
    at(`<RequireAll>\nRequire ip 10.0.0.1\n${guard}\n</RequireAll>`),
    at(`<RequireNone>\n${guard}\n</RequireNone>`),
    at(`AuthMerging And\n${guard}`),
    at(`SSLVerifyClient require\n${guard}`),
    at('SSLRequire %{SSL_CLIENT_S_DN_O} eq "Snake Oil"\nRequire ip 10.0.0.1'),
    `${at('SSLRequire %{SSL_CLIENT_S_DN_O} eq "Snake Oil"')}\n<Location />\nRequire valid-user\n</Location>`,
    at('SSLRequire %{SSL_CLIENT_S_DN_O} eq "Snake Oil"\nOrder allow,deny\nAllow from 10.0.0.1'),
    at(`${guard}\nOrder allow,deny\nAllow from 10.0.0.1`),
    `${at(guard)}\nProxyPass /a ajp://127.0.0.1:8009/a`,
    `${at(guard)}\nSSLOptions +ExportCertData`,
    `${at(guard)}\nRequestHeader set X-Cert %{SSL_CLIENT_CERT}s`,
    `${at(guard)}\nRewriteCond %{SSL:SSL_CLIENT_VERIFY} !=SUCCESS\nRewriteRule ^ - [F]`,
    `${at(guard)}\nLuaHookAccessChecker /a.lua check`,
    `<If "%{SSL_CLIENT_S_DN} == 'a'">\n${guard}\n</If>`,
    // A section that is merged later requires something else.
    ...['Location /', 'Location ~ ^/', 'LocationMatch ^/', 'If "true"'].map(
      (section) => `${at(guard)}\n<${section}>\nRequire all denied\n</${section.split(' ')[0]}>`,
    ),
    `<Location />\nRequire all denied\n</Location>\n<Directory /srv>\n${guard}\n</Directory>`,
    ...['Files "*"', 'Files ~ ".*"', 'FilesMatch .', 'FilesMatch ^'].map(
      (section) =>
        `<Directory /srv>\n${guard}\n</Directory>\n<${section}>\nRequire all denied\n</${section.split(' ')[0]}>`,
    ),
    `<IfDefine STRICT>\n${at(guard)}\n</IfDefine>`,
    'Include more.conf',
  ])
    assert.equal(told(lines), 0, lines);
  assert.equal(told(at(guard), { mode: 'optional' }), 0);
  assert.equal(told(at(guard), { engine: 'off' }), 0);
  assert.equal(told(at(guard), { main: '<Directory /srv>\nSSLVerifyClient require\n</Directory>' }), 0);
  assert.equal(told(at(guard), { main: '<Location />\nRequire ssl-verify-client\n</Location>' }), 0);
  const older = at('SSLRequire %{SSL_CLIENT_S_DN_O} eq "Snake Oil"');
  const outside = (section: string) => ({ main: `<${section}>\nRequire ip 10.0.0.1\n</${section.split(' ')[0]}>` });
  for (const section of ['Directory /srv', 'Location /']) assert.equal(told(older, outside(section)), 0, section);
  assert.equal(told(older, outside('Location /server-status')), 1);
});
