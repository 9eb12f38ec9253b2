import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../src/text/edit.ts';
import { analyseText } from '../../support/analyse.ts';

function found(text: string) {
  return analyseText(text, { language: 'apache' }).findings.filter(({ rule }) => rule === 'variable-as-text');
}

test('what was meant as a variable and is sent as text is reported, and mended where it can be', () => {
  const cases = [
    ['RewriteRule ^ https://%SERVER_NAME%{REQUEST_URI} [R]', 'RewriteRule ^ https://%{SERVER_NAME}%{REQUEST_URI} [R]'],
    ['RewriteRule ^ "https://%HTTP_HOST/" [R]', 'RewriteRule ^ "https://%{HTTP_HOST}/" [R]'],
    ['RewriteRule ^ https://$host$request_uri [R]', 'RewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R]'],
    ['RedirectMatch ^ https://$host/', undefined],
    ['Redirect / https://example.com/$1', 'Redirect / https://example.com/'],
    ['Redirect 301 "/" "https://example.com/$1"', 'Redirect 301 "/" "https://example.com/"'],
    ['Redirect / https://%{HTTP_HOST}/', undefined],
    ['RedirectMatch ^/(.*)$ https://%{SERVER_NAME}/$1', undefined],
    ['RedirectPermanent /a https://example.com/b$1', undefined],
  ] as const;
  for (const [text, expected] of cases) {
    const [finding, ...others] = found(text);
    assert.equal(finding?.severity, 'warning', text);
    assert.equal(others.length, 0, text);
    const fix = finding?.fixes[0];
    assert.equal(fix && applyEdits(text, fix.edits), expected);
  }
  const condition = 'RewriteCond %HTTPS !=on\nRewriteRule ^ - [F]';
  assert.deepEqual(
    found(condition).map(({ severity }) => severity),
    ['information'],
  );
});

test('variables that have their value, and other signs, are left alone', () => {
  for (const text of [
    'RewriteRule ^ https://%{SERVER_NAME}%{REQUEST_URI} [R]',
    'RewriteRule ^/(.*)$ https://example.com/%20$1 [R]',
    'RewriteRule ^ https://%1/%HTTPSERVER [R]',
    'RedirectMatch ^/(.*)$ https://example.com/$1',
    'Redirect / https://example.com/%20a',
    'Redirect gone /a$1',
    '<Location /a>\nRedirect permanent https://%{HTTP_HOST}/b\n</Location>',
    'Redirect / https://%DOMAIN%/',
    'ServerName $server_name\nRewriteRule ^ https://$server_name/ [R]',
    'RewriteRule ^ https://example.com/$hosts [R]',
    '<Macro Site $host>\nRewriteRule ^ https://$host/ [R]\n</Macro>\nUse Site a.example',
  ]) {
    assert.deepEqual(found(text), [], text);
  }
});

test('a variable of requests that is written as one of the configuration is worth knowing', () => {
  const mended = (text: string) => {
    const [finding] = found(text);
    return finding && [finding.severity, applyEdits(text, finding.fixes[0]?.edits ?? [])].join(': ');
  };
  const rule = '\nRewriteRule ^ - [F]';
  for (const [condition, right] of [
    [`RewriteCond \${HTTP:Upgrade} websocket [NC]`, 'RewriteCond %{HTTP:Upgrade} websocket [NC]'],
    [`RewriteCond \${HTTPS} off`, 'RewriteCond %{HTTPS} off'],
    [`RewriteCond "\${REQUEST_URI}" ^/a`, 'RewriteCond "%{REQUEST_URI}" ^/a'],
  ] as const)
    assert.equal(mended(condition + rule), `information: ${right}${rule}`);
  assert.equal(
    mended(`RewriteRule ^ https://%{HTTP_HOST}\${REQUEST_URI} [R]`),
    'information: RewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R]',
  );
  for (const text of [
    `Define HTTPS on\nRewriteCond \${HTTPS} off${rule}`,
    `RewriteMap HTTP txt:/etc/map\nRewriteCond \${HTTP:a} b${rule}`,
    `RewriteRule ^ https://\${SERVER_NAME}%{REQUEST_URI} [R]`,
    `RewriteRule ^ https://example.com/\${map:$1} [R]`,
    `RewriteCond \${SITE_HTTPS} off${rule}`,
  ])
    assert.deepEqual(found(text), [], text);
});

// Apache 2.4.71 sent "(null)" and an empty line, and the values with `s`.
test('a header takes a variable of mod_ssl from the environment, where it is only on demand', () => {
  const site = (lines: string, around = '') =>
    `Listen 443\n${around}<VirtualHost *:443>\nSSLEngine on\n${lines}\n</VirtualHost>\n`;
  const header = 'RequestHeader set X-Verify "%{SSL_CLIENT_VERIFY}e"';
  const [finding, ...others] = found(site(header));
  assert.equal(finding?.severity, 'information');
  assert.equal(others.length, 0);
  const whole = analyseText(site(header), { language: 'apache', file: '/etc/apache2/apache2.conf' }).findings;
  assert.deepEqual(
    whole.flatMap(({ rule, severity }) => (rule === 'variable-as-text' ? severity : [])),
    ['warning'],
  );
  assert.equal(finding.fixes[0] && applyEdits(site(header), finding.fixes[0].edits), site(header.replace('}e', '}s')));
  assert.equal(found(site('Header set X-Protocol %{SSL_PROTOCOL}e'))[0]?.severity, 'information');
  const both = 'RequestHeader set X-Both "%{SSL_PROTOCOL}e %{SSL_CLIENT_CERT}e"';
  const [second, ...more] = found(site(`SSLOptions +StdEnvVars\n${both}`));
  assert.match(second?.message ?? '', /^Nothing here puts SSL_CLIENT_CERT /);
  assert.equal(more.length, 0);
  assert.deepEqual(found(applyEdits(site(both), found(site(both))[0]?.fixes[0]?.edits ?? [])), []);
  const certificate = 'RequestHeader set X-Cert "%{SSL_CLIENT_CERT}e" env=SSL_CLIENT_CERT';
  assert.match(found(site(`SSLOptions +StdEnvVars\n${certificate}`))[0]?.message ?? '', /\+ExportCertData/);
  assert.match(found(site(`SSLOptions +ExportCertData\n${header}`))[0]?.message ?? '', /\+StdEnvVars/);
  for (const text of [
    site(header.replace('}e', '}s')),
    site(`SSLOptions StdEnvVars\n${header}`),
    site(`<Location /a>\nSSLOptions +stdenvvars\n</Location>\n${header}`),
    site(header, 'SSLOptions +StrictRequire +StdEnvVars\n'),
    site(`SSLOptions +ExportCertData\n${certificate}`),
    site(`SetEnvIf X-Other (.+) SSL_CLIENT_VERIFY=$1\n${header}`),
    site(`Include more.conf\n${header}`),
    site(`<Location />\nInclude more.conf\n</Location>\n${header}`),
    site('RequestHeader set X-Name "%{SSL_TLS_SNI}e"'),
    site(header).replace('SSLEngine on', 'GnuTLSEnable on'),
    site(header).replace('SSLEngine on', 'SSLEngine off'),
    site(`SSLOptions {{ options }}\n${header}`),
    site(`SSLOptions \${OPTIONS}\n${header}`),
    site(`{{ extra }}\n${header}`),
    site(`{% include "more" %}\n${header}`),
    site('RequestHeader set X-Share "100%%{SSL_PROTOCOL}e"'),
    // Not one of mod_ssl's, which knows no more of it.
    site('RequestHeader set X-Print "%{SSL_CLIENT_FINGERPRINT}e"'),
    site(`SecAction "id:1,nolog,setenv:SSL_CLIENT_VERIFY=x"\n${header}`),
  ])
    assert.deepEqual(found(text), [], text);
});

// A real Apache 2.4.71 put nothing in the place of each, whatever the client sent.
test('a name that mod_rewrite does not know is empty', () => {
  const cases = [
    ['RewriteCond %{HTTP_X_FORWARDED_PROTO} !https', 'RewriteCond %{HTTP:X-Forwarded-Proto} !https', 'every'],
    ['RewriteCond %{X-Forwarded-Proto} =http', 'RewriteCond %{HTTP:X-Forwarded-Proto} =http', 'no'],
    ['RewriteCond %{SSL_CLIENT_VERIFY} !^SUCCESS$', 'RewriteCond %{SSL:SSL_CLIENT_VERIFY} !^SUCCESS$', 'every'],
    ['RewriteCond %{HTTPS:Upgrade} websocket [NC]', 'RewriteCond %{HTTP:Upgrade} websocket [NC]', 'no'],
    ['RewriteCond %{http_x_forwarded_proto} !https', 'RewriteCond %{HTTP:X-Forwarded-Proto} !https', 'every'],
    // What stands beside it counts too: this held for everybody.
    ['RewriteCond %{HTTPS}s%{SSL_PROTOCOL} ^off', 'RewriteCond %{HTTPS}s%{SSL:SSL_PROTOCOL} ^off', undefined],
    ['RewriteCond "%{HTTP_X_FORWARDED_SSL}" ^(|off)$', 'RewriteCond "%{HTTP:X-Forwarded-Ssl}" ^(|off)$', undefined],
  ] as const;
  for (const [text, expected, holds] of cases) {
    const [finding, ...others] = found(text);
    assert.equal(others.length, 0, text);
    assert.equal(finding?.severity, 'warning', text);
    assert.equal(/holds for (\w+)/.exec(finding.message)?.[1], holds, text);
    const fix = finding.fixes[0];
    assert.equal(fix && applyEdits(text, fix.edits), expected);
    assert.equal(fix?.safe, false);
  }
  assert.equal(found('RewriteCond %{HTTP_UPGRADE} websocket')[0]?.severity, 'information');
  for (const text of [
    'RewriteCond %{HTTP_USER_AGENT}%{HTTP_HOST}%{HTTP_PROXY_CONNECTION}%{http_host} a',
    'RewriteCond %{HTTP:X-Forwarded-Proto}%{SSL:SSL_PROTOCOL}%{ENV:SSL_PROTOCOL}%{HTTPS} a',
    'RewriteRule ^ - [E=X:%{HTTP_AUTHORIZATION}]',
  ])
    assert.equal(found(text).length, 0, text);
});

test('HTTPS of the environment is empty where nothing but mod_ssl sets it, and a redirect by it has no end', () => {
  const rule = 'RewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R=301,L]\n';
  const told = (before: string, condition = 'RewriteCond %{ENV:HTTPS} !=on\n', file = '/etc/apache2/apache2.conf') => {
    const host = `ServerName a.example\nSSLEngine on\nSSLCertificateFile /a.crt\nSSLCertificateKeyFile /a.key\n`;
    const text = `Listen 443\n<VirtualHost *:443>\n${host}RewriteEngine on\n${before}${condition}${rule}</VirtualHost>\n`;
    const rules = ['variable-as-text', 'redirect-loop'];
    const { findings } = analyseText(text, { language: 'apache', file });
    return findings.flatMap(({ rule: id, severity }) => (rules.includes(id) ? [`${id} ${severity}`] : []));
  };
  assert.deepEqual(told(''), ['variable-as-text information', 'redirect-loop error']);
  for (const before of [
    'SetEnvIf X-Forwarded-Proto https HTTPS=on\n',
    'RewriteRule ^ - [E=HTTPS:on]\n',
    'SecRuleEngine On\n',
    'Include conf.d/site.conf\n',
    'RewriteCond %{HTTPS} off\n',
  ]) {
    assert.deepEqual(told(before), [], before);
  }
  assert.deepEqual(told('', 'RewriteCond %{ENV:HTTPS} off\n'), []);
  assert.deepEqual(told('', undefined, '/work/site.conf'), []);
  // In a virtual host of plain HTTP it holds for what it is meant for.
  const condition = 'RewriteCond %{ENV:HTTPS} !=on\n';
  const plain = `<VirtualHost *:80>\nServerName a.example\nRewriteEngine on\n${condition}${rule}</VirtualHost>\n`;
  const before = `RewriteEngine off\n</VirtualHost>\n${plain}<VirtualHost *:443>\nSSLEngine on\n`;
  assert.deepEqual(told(before, ''), []);
});
