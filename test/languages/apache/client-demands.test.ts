import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { createDocument } from '../../../src/text/document.ts';
import { analyseText } from '../../support/analyse.ts';
import { snippet } from './project.ts';

const tls = 'SSLEngine on\nSSLCertificateFile /tls/a.crt\nSSLCertificateKeyFile /tls/a.key\n';

/** Severities of what is said of a virtual host and what stands behind it. */
function found(inside: string, behind = '', paths?: string): readonly string[] {
  const text = `Listen 443\n<VirtualHost *:443>\nServerName a.example\n${tls}${inside}\n</VirtualHost>\n${behind}\n`;
  return analyseText(text, { language: 'apache', file: paths ?? '/etc/apache2/apache2.conf' })
    .findings.filter(({ rule }) => rule === 'client-certificate-unasked')
    .map(({ severity }) => severity);
}
const of = (section: string, says: string) => found(`<${section}>\n${says}\n</${section.replace(/ .*/, '')}>`);

// A real Apache 2.4.71 answered each with 403, with a certificate and without.
test('what wants a verified certificate refuses everybody where no client is asked', () => {
  for (const says of [
    'Require ssl-verify-client',
    `Require expr "%{SSL_CLIENT_VERIFY} == 'SUCCESS'"`,
    `Require expr %{SSL:SSL_CLIENT_S_DN_CN} == 'a' && %{TIME_HOUR} -ge 8`,
    'Require expr %{SSL_CLIENT_S_DN_CN} in {"a", "b"}',
    `Require expr %{SSL_CLIENT_VERIFY} != 'NONE'`,
    '<RequireAll>\nRequire ssl-verify-client\nRequire all granted\n</RequireAll>',
    '<RequireAny>\nRequire ssl-verify-client\nRequire all denied\n</RequireAny>',
    'SSLRequire %{SSL_CLIENT_S_DN_CN} eq "a"',
    'SSLRequire %{SSL_CLIENT_VERIFY} eq "SUCCESS" and %{SSL_CLIENT_S_DN_OU} in {"a", "b"}\nRequire all granted',
    'SSLRequire %{SSL_CLIENT_VERIFY} ne "NONE"',
  ]) {
    assert.deepEqual(of('Location "/"', says), ['error'], says);
    assert.deepEqual(of('Location "/a"', says), ['warning'], says);
    assert.deepEqual(of('Directory "/srv"', says), ['warning'], says);
  }
  const one = '<Location /a>\nRequire ssl-verify-client\n</Location>';
  assert.deepEqual(found('', one), ['warning']);
  assert.deepEqual(found(`${one}\nSSLVerifyClient none`), ['warning']);
  const whole = one.replace('/a', '/');
  assert.deepEqual(found(`${whole}\n<Location /b>\nRequire all granted\n</Location>`), ['warning']);
  assert.deepEqual(found(`${whole}\nRedirect /b https://b.example/`), ['warning']);
});

test('nothing is said where somebody gets in without a certificate', () => {
  for (const says of [
    'Require ssl-verify-client\nRequire all granted',
    'Require ssl-verify-client\nRequire ip 192.0.2.1',
    `Require expr "%{SSL_CLIENT_VERIFY} != 'SUCCESS'"`,
    // Apache does not start: it takes the backslash for a part of the expression.
    'Require expr "%{SSL_CLIENT_VERIFY} == \\"SUCCESS\\""',
    'Require SSL-Verify-Client',
    // Numbers are compared, and neither is one.
    `Require expr "%{SSL_CLIENT_VERIFY} eq 'SUCCESS'"`,
    `Require expr "!(%{TIME_HOUR} -ge 8 && %{SSL_CLIENT_VERIFY} == 'SUCCESS')"`,
    '<RequireAll>\nRequire all granted\nRequire not ssl-verify-client\n</RequireAll>',
    '<RequireNone>\nRequire ssl-verify-client\n</RequireNone>',
    '<Limit GET>\nRequire ssl-verify-client\n</Limit>',
    'Require ssl-verify-client\nSatisfy Any',
    'Require ssl-verify-client\nAuthMerging Or',
    'Require ssl-verify-client\nInclude conf/access.conf',
    '<IfDefine X>\nRequire ssl-verify-client\n</IfDefine>',
    '<If "true">\nRequire ssl-verify-client\n</If>',
    'Require ssl-verify-client\n<If "true">\nRequire all granted\n</If>',
    'SSLRequire %{SSL_CLIENT_VERIFY} eq "SUCCESS" or %{REMOTE_ADDR} eq "192.0.2.1"',
    'SSLRequire %{SSL_CLIENT_S_DN_CN} eq ""',
  ])
    assert.deepEqual(of('Location "/"', says), [], says);
});

test('nothing is said where somebody may be asked, or something else may count', () => {
  const one = '<Location /a>\nRequire ssl-verify-client\n</Location>\n';
  for (const [inside, behind] of [
    ['SSLVerifyClient optional', ''],
    ['SSLOpenSSLConfCmd VerifyMode Request', ''],
    ['Include conf/tls.conf', ''],
    ['ErrorDocument 403 https://login.example/', ''],
    ['<Location /a>\nRequire all granted\n</Location>', ''],
    ['<If "true">\nRequire all granted\n</If>', ''],
    ['', 'SSLVerifyClient require'],
    ['', '<Location /b>\nSSLVerifyClient require\n</Location>'],
    ['', 'Include conf/tls.conf'],
  ] as const)
    assert.deepEqual(found(one + inside, behind), [], inside + behind);
  assert.deepEqual(found(`${one}SSLEngine off`), []);
  assert.deepEqual(found(one, '', '/work/site.conf'), []);
  const root = '<Directory />\nRequire ssl-verify-client\n</Directory>\n';
  assert.deepEqual(found(`${root}<Directory /srv>\nRequire all granted\n</Directory>`), []);
});

test('so does a rule of mod_rewrite that is the first of its virtual host', () => {
  const on = 'RewriteEngine on\n';
  const refusing = 'RewriteCond %{SSL:SSL_CLIENT_VERIFY} !^SUCCESS$\nRewriteRule ^ - [F]\n';
  assert.deepEqual(found(on + refusing), ['error']);
  assert.deepEqual(found(on + refusing.replace('!^SUCCESS$', '=NONE').replace('^ -', '.* -')), ['error']);
  for (const other of [
    refusing,
    `RewriteEngine off\n${refusing}`,
    `${on}RewriteRule ^/health - [L]\n${refusing}`,
    on + refusing.replace('^ -', '^/staff -'),
    on + refusing.replace('[F]', '[L]'),
    on + refusing.replace('!^', '^'),
    `${on}RewriteCond %{REQUEST_URI} ^/staff\n${refusing}`,
    `${on}RewriteOptions InheritBefore\n${refusing}`,
    `${on}${refusing}SSLVerifyClient optional`,
  ])
    assert.deepEqual(found(other), [], other);
});

test('a .htaccess of the folder may let in whoever has none', () => {
  const demands = (says: string | null | undefined) => {
    const text = `Listen 443\n<VirtualHost *:443>\n${tls}<Directory /srv/>\nAllowOverride All\nRequire ssl-verify-client\n</Directory>\n</VirtualHost>\n`;
    const whole = snippet(text, { complete: true });
    assert.equal(apache.folderFiles?.(whole).includes('/srv/.htaccess'), true);
    const file = says ? apache.parse(createDocument('/srv/.htaccess', `${says}\n`)) : null;
    const folderFiles = new Map(says === undefined ? [] : [['/srv/.htaccess', file]]);
    return apache.lower({ ...whole, folderFiles }).clientDemands?.length;
  };
  assert.equal(demands(null), 1);
  assert.equal(demands('DirectoryIndex a.html'), 1);
  assert.equal(demands(undefined), 0);
  assert.equal(demands('Require all granted'), 0);
  assert.equal(demands('SSLVerifyClient optional'), 0);
});
