import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nginx } from '../../src/languages/nginx/index.ts';
import { clientCaUnused } from '../../src/rules/client-ca-unused.ts';
import type { RuleContext } from '../../src/rules/rule.ts';
import { projectOf } from '../languages/nginx/project.ts';
import { analyseText } from '../support/analyse.ts';

const certificate = 'listen 443 ssl; ssl_certificate a; ssl_certificate_key b;';
const file = 'ssl_client_certificate ca.pem;';

function places(text: string, name = 'nginx.conf'): number {
  const { findings } = analyseText(text, { language: 'nginx', file: `/work/${name}` });
  return findings.filter(({ rule }) => rule === 'client-ca-unused').length;
}

function http(lines: string): string {
  return `events {}\nhttp { ${lines} }\n`;
}

test('a file of client CAs that nothing asks for is one finding, wherever it stands', () => {
  assert.equal(places(http(`server { ${certificate} ${file} }`)), 1);
  assert.equal(
    places(http(`${file} server { server_name a; ${certificate} } server { server_name b; ${certificate} }`)),
    1,
  );
});

test('nothing is said where somebody asks, or wrote that nobody is asked', () => {
  for (const verification of ['on', 'optional_no_ca', 'off', '{{ how }}'])
    assert.equal(places(http(`server { ${certificate} ${file} ssl_verify_client ${verification}; }`)), 0, verification);
  const asking = `server { server_name b; ${certificate} ssl_verify_client on; }`;
  assert.equal(places(http(`${file} server { server_name a; ${certificate} } ${asking}`)), 0);
});

test('nor in a part of a configuration', () => {
  assert.equal(places(`server { ${certificate} ${file} }`, 'site.conf'), 0);
  assert.equal(places(http(`server { ${certificate} ${file} include more/*.conf; include /srv/verify.conf; }`)), 0);
});

test('certificates that clients are asked for, and nothing looks at, let everybody in', () => {
  const asking = (lines: string, outside = '') =>
    places(http(`${outside} server { ${certificate} ${file} ssl_verify_client optional; ${lines} }`));
  assert.equal(asking('location / { proxy_pass http://127.0.0.1:8080; }'), 1);
  for (const lines of [
    'if ($ssl_client_verify != SUCCESS) { return 403; }',
    'location / { proxy_pass http://127.0.0.1:8080; proxy_set_header X-Client $ssl_client_s_dn; }',
    'location / { content_by_lua_file /srv/app.lua; }',
    'add_header X-Client $SSL_CLIENT_VERIFY;',
    'ssi on;',
    'include /srv/verify.conf;',
  ])
    assert.equal(asking(lines), 0, lines);
  assert.equal(asking('', 'map $ssl_client_fingerprint $who { default ""; }'), 0);
  const proxy = `auth_http 127.0.0.1:9000; server { protocol imap; ${certificate.replace('443', '993')} ${file} ssl_verify_client optional; }`;
  assert.equal(places(`events {}\nmail { ${proxy} }\n`), 0);
});

test('of thousands of servers that ask, the text is read once', () => {
  const server = (name: string) => `server { server_name ${name}; ${certificate} ${file} ssl_verify_client optional; }`;
  const model = nginx.lower(projectOf({ '/etc/nginx/nginx.conf': http(`${server('a')} ${server('b')}`) }));
  let reads = 0;
  const counted = {
    ...model,
    looksAtClients: () => {
      reads++;
      return false;
    },
  };
  const context = { model: counted } as unknown as RuleContext;
  assert.equal([...clientCaUnused.check(context)].length, 2);
  assert.equal(reads, 1);
});

const host = (lines: string, outside = '') => `LoadModule ssl_module modules/mod_ssl.so
LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule authz_core_module modules/mod_authz_core.so
Listen 443
${outside}
<VirtualHost *:443>
ServerName example.com
SSLEngine on
SSLCertificateFile a.crt
SSLCertificateKeyFile a.key
${lines}
</VirtualHost>
`;

function told(text: string, language: 'nginx' | 'apache'): readonly string[] {
  const file = language === 'nginx' ? '/etc/nginx/nginx.conf' : '/etc/apache2/apache2.conf';
  const { findings } = analyseText(text, { language, file });
  return findings.filter(({ rule }) => rule === 'client-ca-unused').map(({ severity }) => severity);
}

test('with Apache too certificates that are asked for, and that nothing looks at, let everybody in', () => {
  const asking = 'SSLCACertificateFile ca.pem\nSSLVerifyClient optional\n';
  assert.deepEqual(told(host(asking), 'apache'), ['information']);
  assert.deepEqual(told(host(`${asking}LogFormat "%{SSL_CLIENT_S_DN}x"\nRequire all granted`), 'apache'), [
    'information',
  ]);
  for (const lines of [
    `Require expr "%{SSL_CLIENT_VERIFY} == 'SUCCESS'"`,
    'RequestHeader set X-Client "%{SSL_CLIENT_S_DN}s"',
    'SSLOptions +StdEnvVars',
    '<Location /a>\nSSLVerifyClient require\n</Location>',
    '<Location /a>\nRequire ip 192.0.2.1\n</Location>',
    'ProxyPass / ajp://127.0.0.1:8009/',
    'JkMount /* worker',
    '<Directory /srv>\nAllowOverride All\n</Directory>',
    '<Directory /srv>\nAllowOverride None\nAllowOverrideList Require\n</Directory>',
    'Include more.conf',
  ])
    assert.deepEqual(told(host(asking + lines), 'apache'), [], lines);
});

test('whoever gets a certificate from a public CA comes in where those are the CAs of clients', () => {
  const store = '/etc/ssl/certs/ca-certificates.crt';
  const asking = (way: string, path: string, lines = '') =>
    told(host(`${path}\nSSLVerifyClient ${way}\nSSLVerifyDepth 2\n${lines}`), 'apache');
  assert.deepEqual(asking('require', `SSLCACertificateFile ${store}`), ['warning']);
  assert.deepEqual(asking('require', 'SSLCACertificatePath /etc/ssl/certs/'), ['warning']);
  assert.deepEqual(asking('require', 'SSLCACertificateFile /etc/ssl/certs/clients.pem'), []);
  assert.deepEqual(asking('none', `SSLCACertificateFile ${store}`), []);
  // The root is the second one above a client's certificate, and too far (AH02040).
  assert.deepEqual(asking('require', `SSLCACertificateFile ${store}`, 'SSLVerifyDepth 1'), []);
  const dn = 'SSLRequire %{SSL_CLIENT_S_DN_O} eq "Example"';
  assert.deepEqual(asking('require', `SSLCACertificateFile ${store}`, `<Location />\n${dn}\n</Location>`), []);
  const server = (lines: string) => http(`server { ${certificate} ssl_client_certificate ${store}; ${lines} }`);
  assert.deepEqual(told(server('ssl_verify_client on;'), 'nginx'), ['warning']);
  assert.deepEqual(
    told(server('ssl_verify_client on; if ($ssl_client_s_dn !~ "O=Example") { return 403; }'), 'nginx'),
    [],
  );
});
