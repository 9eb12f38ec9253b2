import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { analyseText } from '../../support/analyse.ts';
import { snippet } from './project.ts';

function found(text: string): readonly string[] {
  return apache.check(snippet(text)).map(({ rule }) => rule);
}

describe('values as httpd and OpenSSL judge them', () => {
  const bad: readonly string[] = [
    'SSLProtocol TLSv1.2,TLSv1.3',
    'SSLProtocol +SSLv2',
    'SSLCipherSuite TLSv1.2 HIGH',
    'SSLOpenSSLConfCmd Grops X25519',
    'SSLOpenSSLConfCmd MinProtocol TLS1.2',
    'SSLOpenSSLConfCmd Options NoSuch',
    'SSLHonorCipherOrder yes',
    'SSLHonorCipherOrder = on',
    'SSLVerifyClient maybe',
    'SSLSessionCache shm:/x',
    'SSLSessionCache shmcb:/x(100)',
    'Header allways set A b',
    'Header set A b c',
    ...['x*', '.*', '^(.*)$', '(;secure)?$', '^'].map((pattern) => `Header edit* A ${pattern} b`),
    'RequestHeader edit* A .* b',
    'RewriteRule ^/x /y [Q]',
    'RewriteRule ^/x',
    `RewriteRule ^/x \${m:$0} L`,
    `RewriteCond \${m:$1|none} =none NC\nRewriteRule ^ -`,
    'Redirect /x',
    'RedirectPermanent 301 /x',
    ...['BrowserMatch "" a', 'BrowserMatch a ""', 'SetEnvIf Host "" a', 'SetEnvIf "" a b'],
    'RedirectTemp /x y',
    'Alias /x ""',
    '<Proxy *>\nSSLCipherSuite TLSv1.3 TLS_AES_256_GCM_SHA384\n</Proxy>',
    'Listen 99999',
    'Listen x',
    'Options Indexes +MultiViews',
    'LogLevel loud',
    ...['Location', 'Directory', 'Files'].map((name) => `<${name} ~ "(">\n</${name}>`),
    '<Location /x>\nRequire ip 10.1/16\n</Location>',
    '<Location /x>\nRequire ip ::ffff:192.0.2.1\n</Location>',
    '<Location /x>\nDeny from 192.0.2.0/33\n</Location>',
    'ProxyPass',
    'ProxyPass / http://127.0.0.1:80x/',
    'ProxyPass /x http:',
    'ProxyPassMatch ^/x 99999',
    'ProxyPassMatch ^/(.*)$ $1',
    'ProxySet',
    'ProxyPass /a balancer://shops/\nProxySet balancer://shop growth=2',
    '<Proxy balancer://shop>\n</Proxy>\nProxySet balancer://shop growth=2',
    'ProxyPass /a http://192.0.2.1/\n<VirtualHost *:80>\nProxySet http://192.0.2.1/ retry=5\n</VirtualHost>',
    '<Location /x>\nDeny from 192.0.2.1 # why\n</Location>',
    'SSLCryptoDevice bultin',
    'ErrorLog syslog:local8',
    'ServerRoot httpd',
    'RewriteEngine on\nRewriteRule ^(?!a /x',
    'Redirect "/a\\" /b',
    'Header edit A b c env=x env=y',
    '<Proxy "*">\nProxySet timeout=5\n</Proxy>',
    '<ProxyMatch "^http">\nProxySet timeout=5\n</ProxyMatch>',
    '<Proxy "balancer://x">\nProxySet "lbmethod=bytraffic stickysession=ROUTEID"\n</Proxy>',
    'WSGIDaemonProcess shop threads=2\n<VirtualHost *:443>\nWSGIDaemonProcess shop threads=2\n</VirtualHost>',
    'BalancerMember',
    'BalancerMember balancer://x timeout=5',
    '<Proxy "balancer://x">\nBalancerMember timeout=5\n</Proxy>',
    '<Proxy "balancer://x">\n<Files y>\nBalancerMember http://192.0.2.1\n</Files>\n</Proxy>',
    '<Proxy "http://192.0.2.1">\n<Files y>\nProxySet timeout=5\n</Files>\n</Proxy>',
    '<Proxy "http://192.0.2.1">\n<Limit GET>\nProxySet timeout=5\n</Limit>\n</Proxy>',
    '<If "true">\nBalancerMember http://192.0.2.1\n</If>',
    '<If "true">\nBalancerMember balancer://x http://192.0.2.1\n</If>',
    '<Proxy "balancer://x">\n<If "true">\nBalancerMember http://192.0.2.1\n</If>\n</Proxy>',
    '<Proxy "balancer://x">\n<If "true">\nProxySet timeout=5\n</If>\n</Proxy>',
    '<Location /x>\nRequire all "granted"\n</Location>',
    '<Location /x>\nRequire method FETCH\n</Location>',
    'Options Indexes None',
    ...['FileETag MTime +all', 'IndexOptions Fancy', 'IndexOptions None XHTML', 'DeflateCompressionLevel 10'],
    ...['XBitHack yes', 'MaxRanges 0', 'FlushMaxThreshold 1k', 'BrotliFilterNote Inputs n', 'Port 80'],
    ...['SSLCARevocationCheck chain no_crl', 'AllowMethods FETCH', 'H2Padding -1', 'MDRetryDelay 0'],
    '<Directory /x>\nAllowOverride Options=NoSuch\n</Directory>',
    '<Location /x>\n<Limit GET TRACE>\nRequire all denied\n</Limit>\n</Location>',
    ...['Mutex no', 'LimitRequestFields " -5"', 'RegexDefaultOptions EXTENDED', '<IfDefine>\n</IfDefine>'],
    '<VirtualHost :80>\n</VirtualHost>',
    ...['CGIDScriptTimeout 5x', 'ListenTCPDeferAccept 0', 'RemoteIPProxyProtocolExceptions localhost'],
    ...['VirtualDocumentRoot /srv/%0.html', 'Action image/gif /cgi always', 'CGIVar REQUEST_URI own'],
  ];
  for (const text of bad) test(text, () => assert.deepEqual(found(text), ['invalid-value']));
  const good: readonly string[] = [
    ...[
      'LimitRequestBody +5',
      'LimitRequestLine -0',
      'VirtualDocumentRoot /srv/%-2.1+/%0/%%',
      'CGIVar REQUEST_URI current-uri',
    ],
    '<Location /x>\n<LimitExcept TRACE>\nRequire ip 192.0.2.1/+8\n</LimitExcept>\n</Location>',
    'WSGIDaemonProcess shop threads=2\nWSGIDaemonProcess Shop threads=2\nWSGIDaemonProcess blog',
    '<IfDefine A>\nWSGIDaemonProcess shop\n</IfDefine>\n<IfDefine !A>\nWSGIDaemonProcess shop\n</IfDefine>',
    'SSLProxyEngine on\nSSLProxyCipherSuite PROFILE=SYSTEM',
    'ProxyPass /a http://192.0.2.1/\nProxySet http://192.0.2.1/b retry=5',
    '<Proxy "http://*">\nProxySet timeout=5\n</Proxy>',
    '<ProxyMatch "http://.*">\nProxySet timeout=5\n</ProxyMatch>',
    'ProxyPass /a unix:/run/x|http://x/\nProxySet http://x/ retry=5',
    `ProxyPass /a balancer://\${NAME}/\nProxySet balancer://x growth=2`,
    ...['builtin', 'Builtin', 'pkcs11'].map((engine) => `SSLCryptoDevice ${engine}`),
    ...['.', '/usr/local/apache2', 'C:/Apache24'].map((root) => `ServerRoot ${root}`),
    'Header edit A b env=',
    '<LocationMatch "a\\">\n</LocationMatch>',
    'CacheDirLevels 99999999999',
    'ErrorLog syslog:local8\nErrorLog syslog:Local7:shop',
    'ErrorLog syslog:loc',
    ...['KeepAliveTimeout -0s', 'ProxyTimeout +5', 'ProxyTimeout 05'],
    'ErrorLog syslog::shop',
    'ErrorLog Syslog:local9',
    '<Location /x>\nDeny from env=a#b\n</Location>',
    'SSLProtocol all -SSLv2 -SSLv3',
    'SSLProtocol -all +tlsv1.2',
    'SSLCipherSuite SSL HIGH',
    'SSLOpenSSLConfCmd groups X25519',
    'SSLHonorCipherOrder on off',
    '<Proxy "balancer://x">\nBalancerMember http://192.0.2.1\nProxySet\n</Proxy>',
    '<ProxyMatch "http://192.0.2.1">\nProxySet timeout=5\n</ProxyMatch>',
    '<Proxy "http://192.0.2.1">\nProxySet timeout=7\n<Files y>\nProxySet http://192.0.2.1 timeout=5\n</Files>\n</Proxy>',
    '<Proxy "balancer://x">\nBalancerMember http://192.0.2.1\n<If "true">\nProxySet balancer://x timeout=5\n</If>\n</Proxy>',
    'SSLSessionCache none',
    ...['FileETag All -INode', 'IndexOptions FancyIndexing NameWidth=* Charset=UTF-8', 'IndexOptions None +XHTML'],
    ...['DeflateCompressionLevel 9', 'BrotliFilterNote n', 'AllowMethods reset', 'SubstituteMaxLineLength 10m'],
    ...['KeepAliveTimeout ms', 'H2MaxStreamErrors 8', 'ListenTCPDeferAccept 30', 'MDActivationDelay +5'],
    'MDRenewWindow 99999999999%',
    'SSLSessionCache shmcb:/x(512000)',
    'Header always set A "b c"',
    'Header unset A env=x',
    'Header edit A b c',
    ...['^(.+)$', '^$', 'x+', '; *secure'].map((pattern) => `Header edit* A "${pattern}" b`),
    'Header edit A .* b',
    'RewriteRule ^/x - [F,NC]',
    `RewriteRule ^/x \${m:$0|\${m:x}} [L]`,
    `RewriteRule ^/x \${FLAGS:-/y} L`,
    'Redirect 0301 /x /y',
    ...['RedirectPermanent 404 /x', '<Location /x>\nRedirectPermanent 301 x\n</Location>', 'SSLCipherSuite HIGH ""'],
    'RewriteCond %{REQUEST_FILENAME} !-f',
    'RewriteCond %{HTTP_HOST} ^(?!www\\.)(.+)$ [NC]',
    'Redirect gone /x',
    'Redirect permanent / https://a/',
    'Listen [::]:80',
    'Listen 443 https',
    'Options +Indexes -MultiViews',
    'LogLevel info ssl:trace3',
    '<MDomain a.example>\nMDMember manual\n</MDomain>',
    '<Location ~ "^/a(?>b)">\n</Location>',
    'Timeout 5s',
    'ProxyPass / http://user:pass@[::1]:80/',
    'ProxyPassMatch ^/x unix:/run/php.sock|fcgi:',
    'ProxyPassMatch ^/x/(.*)$ http://$1.example.com/',
    'ProxyPassMatch ^/y !',
    'ExpiresDefault "access plus 1 mi"',
    '<Location /x>\n<RequireAny>\nRequire all granted\nAuthType Basic\n</RequireAny>\n</Location>',
    '<Location /x>\nRequire ip 10.1 192.0.2. ::1 2001:db8::/32 192.0.2.0/255.255.255.0\n</Location>',
    '<Location /x>\nAllow from example.com .example.org 10 env=x all\n</Location>',
  ];
  for (const text of good) test(text, () => assert.deepEqual(found(text), []));
});

test('files in a condition are taken where no location is around both', () => {
  const files = '<If "true">\n<Files x>\nRequire all denied\n</Files>\n</If>';
  const within = (section: string) => found(`<${section} /x>\n${files}\n</${section}>`);
  assert.deepEqual(found(files), []);
  assert.deepEqual(within('Directory'), []);
  assert.deepEqual([...within('Location'), ...within('LocationMatch')], ['wrong-context', 'wrong-context']);
});

test('a provider of a module that is not loaded is told with its module', () => {
  const text =
    'LoadModule mpm_event_module modules/mod_mpm_event.so\nLoadModule authz_core_module modules/mod_authz_core.so\n<Location /x>\nRequire claim sub:1\n</Location>\n';
  const messages = apache.check(snippet(text, { complete: true })).map(({ message }) => message);
  assert.ok(
    messages.some((message) => /^Unknown Authz provider: claim; it comes with mod_auth_openidc, which/.test(message)),
    messages.join('\n'),
  );
});

// Each stops a real Apache 2.4.71.
test('what a module brings that is not loaded is told with how to load it', () => {
  const loads = ['mpm_event', 'authz_core', 'proxy', 'proxy_balancer', 'rewrite', 'macro', 'filter']
    .map((name) => `LoadModule ${name}_module modules/mod_${name}.so`)
    .join('\n');
  const told = (line: string) =>
    apache
      .check(snippet(`${loads}\n${line}\n`, { complete: true }))
      .filter(({ rule }) => rule === 'invalid-value')
      .map(({ message }) => message);
  for (const [line, module] of [
    ['<Proxy balancer://x>\nBalancerMember http://127.0.0.1:9 hcmethod=TCP\n</Proxy>', 'proxy_hcheck'],
    ['RewriteMap users dbd:SELECT', 'dbd'],
    ['Mutex default ssl-cache', 'ssl'],
    ['FilterProvider a DEFLATE true', 'deflate'],
    ['LogFormat "%{SSL_PROTOCOL}x" a', 'ssl'],
    ["<If \"ssl('SSL_PROTOCOL') == 'x'\">\n</If>", 'ssl'],
  ] as const) {
    const [message = '', ...others] = told(line);
    assert.deepEqual(others, []);
    assert.ok(
      message.includes(`mod_${module}, which is not loaded. Load ${module}_module (a2enmod ${module} on Debian)`),
      `${line}: ${message}`,
    );
  }
});

test('a macro that UndefMacro took away brings nothing, and is told so', () => {
  const loads = ['mpm_event', 'macro'].map((name) => `LoadModule ${name}_module modules/mod_${name}.so\n`).join('');
  const text = `${loads}Listen 80\n<Macro Site $a>\nNoSuchThing $a\n</Macro>\nUndefMacro site\nUse Site a\n`;
  assert.deepEqual(
    apache.check(snippet(text, { complete: true })).map(({ message }) => message),
    ["macro 'Site' is not defined any more, as UndefMacro takes it away."],
  );
});

test('a module of providers that is not loaded is told once, and by its directives where they come first', () => {
  const told = (lines: string) =>
    apache
      .check(
        snippet(
          `LoadModule mpm_event_module modules/mod_mpm_event.so\nLoadModule authz_core_module modules/mod_authz_core.so\nServerName a\n${lines}\n`,
          { complete: true },
        ),
      )
      .filter(({ rule }) => rule === 'unknown-directive' || rule === 'invalid-value')
      .map(({ rule, message }) => `${rule} ${/(?:with mod_|to (?:mod_)?)(\w+?)(?:_module)?,/.exec(message)?.[1]}`);
  const section = (lines: string) => `<Location /x>\n${lines}\n</Location>`;
  const users = section('Require user a\nRequire valid-user');
  assert.deepEqual(told(`${users}\n${users}\n${section('Require ip ::1')}`), [
    'invalid-value authz_user',
    'invalid-value authz_host',
  ]);
  const asked = section('AuthType Basic\nAuthBasicProvider socache\nAuthBasicProvider ldap\nAuthLDAPURL ldap://a/b');
  const loaded = ['authn_core', 'auth_basic'].map((name) => `LoadModule ${name}_module modules/mod_${name}.so`);
  assert.deepEqual(told([...loaded, asked, asked].join('\n')), [
    'invalid-value authn_socache',
    // Apache stops at the first of its lines, and one finding is enough.
    'invalid-value authnz_ldap',
  ]);
  assert.deepEqual(told([...loaded, asked.replace('AuthLDAPURL', 'Require ldap-user a\n$&')].join('\n')), [
    'invalid-value authn_socache',
    'invalid-value authnz_ldap',
  ]);
  const url = section('AuthLDAPURL ldap://a/b\nAuthType Basic\nAuthBasicProvider ldap');
  assert.deepEqual(told([...loaded, url, asked].join('\n')), [
    'unknown-directive authnz_ldap',
    'invalid-value authn_socache',
  ]);
  const svn = section('Dav svn\nSVNPath /srv/svn');
  assert.deepEqual(told(`LoadModule dav_module modules/mod_dav.so\n${svn}\n${svn}`), ['invalid-value dav_svn']);
  assert.deepEqual(told(`LoadModule dav_module modules/mod_dav.so\n<If "true">\n${svn}\n</If>\n${svn}`), [
    'invalid-value dav_svn',
  ]);
  const dav = section('Dav On');
  assert.deepEqual(told(`LoadModule dav_module modules/mod_dav.so\n${dav}\n${dav}`), ['invalid-value dav_fs']);
  const shib = section('ShibRequestSetting requireSession 1\nRequire shib-session\nRequire shib-attr a b');
  assert.deepEqual(told(shib), ['unknown-directive shib']);
  assert.deepEqual(told(shib.replace(/^Shib.*$/m, '<If "true">\n$&\n</If>')), [
    'unknown-directive shib',
    'invalid-value shib',
  ]);
  assert.deepEqual(told(section('SSLRequireSSL\nRequire ssl')), ['unknown-directive ssl']);
});

test('a provider that lost the space behind it is told where others may come from elsewhere, too', () => {
  const text =
    '<Location /x>\nRequire AllDenied\nRequire somethingelse\nRequire cas-attribute staff:yes\n</Location>\n';
  const found = apache.check(snippet(text, { complete: false })).filter(({ rule }) => rule === 'invalid-value');
  assert.deepEqual(
    found.map(({ message }) => message),
    ['Unknown Authz provider: AllDenied. Did you mean all denied?'],
  );
});

test('a provider that the configuration makes itself is none that is misspelt', () => {
  for (const maker of [
    '<AuthzProviderAlias ip NAME "10.0.0.1">\n</AuthzProviderAlias>',
    'LuaAuthzProvider NAME /a.lua f',
  ])
    for (const name of ['alldenied', 'ips']) {
      const text = `${maker.replace('NAME', name)}\n<Location /x>\nRequire ${name}\n</Location>\n`;
      const found = apache.check(snippet(text, { complete: true })).filter(({ rule }) => rule === 'invalid-value');
      assert.deepEqual(found, [], text);
    }
});

test('a space between a comparison and what it compares ends the pattern of a condition', () => {
  const found = (pattern: string) =>
    apache.check(snippet(`RewriteCond %{SERVER_NAME} ${pattern}\nRewriteRule ^ - [F]`)).map(({ message }) => message);
  for (const pattern of ['= a.example', '== a.example', '!= a.example [NC]']) {
    assert.match(String(found(pattern)), /a space ends the pattern .* Did you mean !?=a\.example\?/, pattern);
  }
  assert.match(String(found('= ""')), /Did you mean =""\?/);
  assert.match(String(found('= "a b"')), /Did you mean "=a b"\?/);
  // Apache takes both words behind it for flags.
  assert.doesNotMatch(String(found('= a b')), /Did you mean/);
  for (const pattern of ['=a.example', '= [NC]', '!']) assert.deepEqual(found(pattern), [], pattern);
});

test('an address of a virtual host that is no name of a host is ignored', () => {
  const fixes = (address: string) =>
    apache
      .check(snippet(`<VirtualHost ${address}>\nServerName a.example\n</VirtualHost>`))
      .map(({ severity, fixes }) => [severity, fixes?.[0]?.edits[0]?.newText]);
  assert.deepEqual(fixes('\\*:443'), [['warning', '*:443']]);
  assert.deepEqual(fixes('\\_default\\_:443'), [['warning', '_default_:443']]);
  assert.deepEqual(fixes('*.443'), [['warning', '*:443']]);
  assert.deepEqual(fixes('*.example.com:443'), [['warning', undefined]]);
  for (const address of ['*', '*:*', '_default_:*', 'a.example:80']) assert.deepEqual(fixes(address), [], address);
});

test('TLS 1.3 is refused by Apache before 2.4.36, and with OpenSSL before 1.1.1', () => {
  const said = (line: string, target: string) =>
    analyseText(`Listen 443\n<VirtualHost *:443>\nSSLEngine on\nSSLCertificateFile /a\n${line}\n</VirtualHost>\n`, {
      language: 'apache',
      target,
    })
      .findings.map(({ rule }) => rule)
      .filter((rule) => rule === 'invalid-value');
  for (const line of [
    'SSLProtocol -all +TLSv1.2 +TLSv1.3',
    'SSLProtocol all -TLSv1.3',
    'SSLCipherSuite TLSv1.3 TLS_AES_128_GCM_SHA256',
  ]) {
    assert.deepEqual(said(line, 'apache=2.4.36,openssl=1.1.1'), [], line);
    // As Ubuntu 18.04 has it.
    assert.deepEqual(said(line, 'apache=2.4.29,openssl=1.1.1'), [], line);
    for (const target of ['apache=2.4.34,openssl=1.1.1', 'apache=2.4.37,openssl=1.0.2'])
      assert.deepEqual(said(line, target), ['invalid-value'], `${line} ${target}`);
  }
  assert.deepEqual(said('SSLCipherSuite SSL ECDHE+AESGCM', 'apache=2.4.37,openssl=1.0.2'), []);
  assert.deepEqual(said('SSLCipherSuite SSL ECDHE+AESGCM', 'apache=2.4.34,openssl=1.1.1'), ['invalid-value']);
});
